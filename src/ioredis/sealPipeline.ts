import { inspect } from "node:util";
import type { Command, RedisOptions } from "ioredis";
import { safeError } from "./safeError";
import { describeCommand, sealCommand } from "./sealCommand";

/** A pipeline of ioredis, or a transaction, with what it keeps; both majors have it. */
interface Pipeline {
  readonly isPipeline: true;
  readonly length: number;
  sendCommand: (command: Command) => unknown;
  addBatch: (commands: readonly unknown[]) => unknown;
}

/** What of it leads to commands and to their answers. */
const inner = ["redis", "options", "_queue", "_result", "promise"];

/** Has a pipeline seal each command when it is queued, and show nothing of them when it is printed or made JSON. */
export function sealPipeline(pipeline: Pipeline, options: RedisOptions): void {
  const { sendCommand } = pipeline;
  const hidden = {
    sendCommand: (command: Command): unknown => {
      if (!sealCommand(command, options)) command.promise = withSafeFailure(command);
      return sendCommand.call(pipeline, command);
    },
    toJSON: () => ({ commands: pipeline.length }),
    [inspect.custom]: () => `pipeline of ${pipeline.length} ${pipeline.length === 1 ? "command" : "commands"}`,
  };
  for (const name of Reflect.ownKeys(hidden)) {
    Object.defineProperty(pipeline, name, { value: hidden[name as keyof typeof hidden], enumerable: false });
  }
  for (const name of inner) {
    if (name in pipeline) Object.defineProperty(pipeline, name, { enumerable: false });
  }
}

/** Whether it is one: `multi({ pipeline: false })` makes none. */
export function isPipeline(made: unknown): made is Pipeline {
  return typeof made === "object" && made !== null && "isPipeline" in made;
}

/** Its arguments can't be written, which its promise has said already: ioredis would throw something else beside. */
export async function withSafeFailure(command: Command): Promise<unknown> {
  try {
    return (await command.promise) as unknown;
  } catch (error) {
    throw safeError(error, describeCommand(command));
  }
}
