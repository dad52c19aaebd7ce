// On any of the hosts, as the Unix user `web`: node visits.js VISIT_ID ROOM
import { connect, patient } from "pulumi-hipaa-redis/ioredis";

async function move(visitId: string, room: string): Promise<void> {
  // The primary, whichever node that is. With `patient` a command waits while another node takes over; without it, it fails.
  const redis = connect({ ...patient });
  // A replica, for what may be a moment old. It takes no writes.
  const replica = connect({ role: "slave" });
  try {
    // Random ids only: they are in names of keys. A cache forgets, so whoever reads this has to be able to do without it.
    await redis.set(`visit:${visitId}:room`, room, "EX", 3600);
    console.log(`the primary has room ${(await redis.get(`visit:${visitId}:room`)) ?? "unknown"}`);
    console.log(`a replica has room ${(await replica.get(`visit:${visitId}:room`)) ?? "unknown"}`);
  } finally {
    redis.disconnect();
    replica.disconnect();
  }
}

const [visitId, room] = process.argv.slice(2);
if (visitId === undefined || room === undefined) throw new Error("Give the visit's id, and its room.");
void move(visitId, room);
