import { inspect } from "node:util";
import type { Command } from "ioredis";
import { safeError } from "./safeError";
import { describeCommand } from "./sealCommand";

/** A pipeline of ioredis, or a transaction, with what it keeps; both majors have it. */
interface Pipeline {
  readonly isPipeline: true;
  readonly length: number;
  sendCommand: (command: Command) => unknown;
  addBatch: (commands: readonly unknown[]) => unknown;
}

/** What becomes of each command of a client's pipelines when it is queued, and after that. */
export interface Queueing<Client> {
  /** Returns false for one that can't be sent. */
  readonly seal: (client: Client, command: Command) => boolean;
  readonly queued?: (client: Client, command: Command, pipeline: object) => void;
}

type Make = (this: unknown, ...given: unknown[]) => unknown;

/** Has a client's pipelines and transactions, those that ioredis makes by itself too, seal what is queued in them. */
export function sealPipelines<Client extends object>(
  discreet: Client,
  plain: object,
  queueing: Queueing<Client>,
): void {
  for (const name of ["pipeline", "multi"] as const) {
    const make = (plain as Record<typeof name, Make>)[name];
    const value = function (this: Client, ...given: unknown[]): unknown {
      const [commands, ...rest] = given;
      const made = make.apply(this, Array.isArray(commands) ? rest : given);
      if (!isPipeline(made)) return made;
      sealPipeline(made, this, queueing);
      // After that, so that these are sealed as well.
      return Array.isArray(commands) ? made.addBatch(commands) : made;
    };
    Object.defineProperty(discreet, name, { value });
  }
}

/** What of it leads to commands and to their answers. */
const inner = ["redis", "options", "_queue", "_result", "promise"];

/** Has a pipeline seal each command when it is queued, and show nothing of them when it is printed or made JSON. */
function sealPipeline<Client>(pipeline: Pipeline, client: Client, { seal, queued }: Queueing<Client>): void {
  const { sendCommand } = pipeline;
  const hidden = {
    sendCommand: (command: Command): unknown => {
      if (!seal(client, command)) command.promise = withSafeFailure(command);
      const sent = sendCommand.call(pipeline, command);
      queued?.(client, command, pipeline);
      return sent;
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
function isPipeline(made: unknown): made is Pipeline {
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
