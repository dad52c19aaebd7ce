// On the host `worker`, as the Unix user `worker`: does one job after the other until it gets SIGTERM.
import { Worker, type Job } from "bullmq";
import { connect } from "pulumi-hipaa-redis/ioredis";
import { queueName, type Reminder } from "./reminders";

// BullMQ makes a second connection like this one, on which it waits for jobs.
const connection = connect({ blocking: true });
const worker = new Worker<Reminder>(queueName, remind, { connection });

worker.on("ready", () => {
  console.log("ready");
});
// Errors of connect() have no value in them. Both connections come back by themselves.
worker.on("error", ({ message }) => {
  console.error(message);
});
worker.on("failed", (job) => {
  console.error(`job ${job?.id ?? ""} failed`);
});
process.once("SIGTERM", () => void stop());

/** It may be done twice, when a connection is lost in the midst of it. What it returns and throws is kept in the cache: nothing of PHI. */
function remind({ data }: Job<Reminder>): Promise<void> {
  console.log(`reminded of visit ${data.visitId}`);
  return Promise.resolve();
}

/** What is being done is finished first. */
async function stop(): Promise<void> {
  await worker.close();
  connection.disconnect();
}
