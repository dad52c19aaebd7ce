// On the host `web`, as the Unix user `web`: node add.js VISIT_ID [DELAY_MS]
import { Queue } from "bullmq";
import { connect } from "pulumi-hipaa-redis/ioredis";
import { jobOptions, queueName, streams, type Reminder } from "./reminders";

async function add(visitId: string, delay = 0): Promise<void> {
  const connection = connect();
  const queue = new Queue<Reminder>(queueName, { connection, defaultJobOptions: jobOptions, streams });
  queue.on("error", ({ message }) => {
    console.error(message);
  });
  try {
    // A command that fails may have been carried out. With an id of its own the job can be added again, and is there once. The id of a
    // visit is a random one: it is in names of keys.
    await queue.add("remind", { visitId }, { jobId: `visit-${visitId}`, delay });
  } finally {
    await queue.close();
    connection.disconnect();
  }
}

const [visitId, delay] = process.argv.slice(2);
if (visitId === undefined) throw new Error("Give the visit's id.");
void add(visitId, Number(delay ?? 0));
