import type { Command } from "ioredis";

/** The first refusal of each transaction since it was last sent, by its pipeline. */
const tries = new WeakMap<object, { refusal?: Error }>();

/**
 * Has a transaction that Redis sends elsewhere be one that ioredis sends again as a whole: all of its commands say the same then. While its
 * slot moves, each may be told something else of it. Redis carries out nothing of a transaction of which it has refused a command, or EXEC.
 */
export function refuseAlike(command: Command, pipeline: object, isRefusal: (error: Error) => boolean): void {
  const { reject } = command;
  const name = command.name.toLowerCase();
  // Of one that is sent for the first time, ioredis has queued its MULTI before.
  if (name === "multi" || !tries.has(pipeline)) tries.set(pipeline, {});
  // ioredis takes a success outside of the transaction for something that was carried out: this goes with the transaction, and does nothing alone.
  if (name === "asking") command.inTransaction = true;
  const its = tries.get(pipeline);
  if (its === undefined) return;
  command.reject = (error) => {
    reject.call(command, isRefusal(error) ? (its.refusal ??= error) : error);
  };
}
