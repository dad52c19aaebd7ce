// What both hosts know of the queue.
import type { DefaultJobOptions } from "bullmq";

export const queueName = "reminders";

/** A job has the id of a record that is elsewhere, and nothing that is in the record. */
export interface Reminder {
  readonly visitId: string;
}

/** With `noeviction`, a job stays until it is removed: what is done, and what has failed for good, goes at once. */
export const jobOptions: DefaultJobOptions = {
  removeOnComplete: true,
  removeOnFail: true,
  attempts: 5,
  backoff: { type: "exponential", delay: 1000 },
};

/** The stream of events keeps what jobs return and why they failed, by default of the last 10,000. */
export const streams = { events: { maxLen: 100 } };
