// On any of the hosts, as the Unix user `web`: node rounds.js VISIT_ID [VISIT_ID ...]
import { connect, patient } from "pulumi-hipaa-redis/ioredis";

async function rounds(visitIds: readonly string[]): Promise<void> {
  // With `patient` a command waits while a replica takes over; without it, it fails.
  const redis = connect({ ...patient });
  try {
    // What is in braces alone decides in which shard a key is: all keys of a visit are in one, so a transaction can have them.
    // Random ids only: they are in names of keys.
    await Promise.all(
      visitIds.map((id) =>
        redis.multi().set(`visit:{${id}}:seen`, "1", "EX", 3600).rpush(`visit:{${id}}:steps`, "seen").exec(),
      ),
    );
    // Visits are in any shard. A read each, and not one MGET of all: connect() sends those of one turn together, node by node.
    const seen = await Promise.all(visitIds.map((id) => redis.get(`visit:{${id}}:seen`)));
    console.log(`${seen.filter((value) => value === "1").length} of ${visitIds.length} visits are marked as seen`);
  } finally {
    redis.disconnect();
  }
}

const visitIds = process.argv.slice(2);
if (visitIds.length === 0) throw new Error("Give the ids of the visits.");
void rounds(visitIds);
