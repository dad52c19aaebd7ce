import { once } from "node:events";
import { inspect } from "node:util";
import type * as ioredis from "ioredis";
import type { Redis, RedisOptions } from "ioredis";
import { error, hangUp, list, ok, queued, ready, type Answers } from "./repeatingServer.js";

/** One way by which ioredis lets out what an application has sent or Redis has stored. */
export interface LeakPath {
  readonly what: string;
  readonly answers: Answers;
  readonly options?: RedisOptions;
  /** The major version of ioredis that lets nothing out this way. */
  readonly keptBy?: 6;
  /** Takes it, and hands over what an application would get. The secrets are a key, a value and a stored value. */
  readonly take: (redis: Redis, secrets: Secrets, hand: Hand) => Promise<unknown>;
}

export interface Secrets {
  readonly key: string;
  readonly value: string;
  readonly stored: string;
  readonly password: string;
}

type Hand = (...handed: unknown[]) => void;

/** Values that are stored, and those of the password, come out of the server alone. */
export const stored = "stored-Jane-Roe";
export const password = "password-of-a-test";

/** Has ioredis read the answers of a command as an application may: it fails with a message that repeats the answer. */
export function readAsJson(command: string, { Command }: typeof ioredis): void {
  Command.setReplyTransformer(command, (reply: unknown) => JSON.parse(String(reply)) as unknown);
}

const settled = async (promise: unknown, hand: Hand): Promise<void> => {
  try {
    hand(await promise);
  } catch (reason) {
    hand(reason);
  }
};

/** Not `once()`, which an error ends. */
const event = (redis: Redis, name: string): Promise<void> =>
  new Promise((resolve) => {
    redis.once(name, () => {
      resolve();
    });
  });

const withoutPassword: Answers = (words) =>
  ["auth", "hello"].includes(words[0] ?? "") ? error("WRONGPASS", words) : (ready(words) ?? ok);

const refusing =
  (code: string): Answers =>
  (words) =>
    ready(words) ?? error(code, words);

const inTransaction =
  (answer: (words: readonly string[]) => string, exec: string): Answers =>
  (words) => {
    const name = words[0]?.toLowerCase();
    if (name === "multi") return ok;
    if (name === "exec") return exec;
    return ready(words) ?? answer(words);
  };

/** As `console.dir` prints it, which asks no object how it wants to be shown; what a copy of it shows; and as JSON. */
function shown(object: object): unknown[] {
  const plainly = { customInspect: false, depth: 12, maxArrayLength: null, maxStringLength: null };
  return [inspect(object, plainly), inspect(object), { ...object }, jsonOf(object), jsonOf({ ...object })];
}

function jsonOf(object: object): string {
  try {
    return JSON.stringify(object);
  } catch {
    return "leads back to itself";
  }
}

/** GETDEL's answers are read as JSON: {@link readAsJson}. */
export const leakPaths: readonly LeakPath[] = [
  {
    what: "a command that fails",
    answers: refusing("WRONGTYPE"),
    take: (redis, { key, value }, hand) => settled(redis.hset(key, "note", value), hand),
  },
  {
    what: "a command that fails by call()",
    answers: refusing("ERR unknown command"),
    take: (redis, { key, value }, hand) => settled(redis.call("FCALL", "name", 1, key, value), hand),
  },
  {
    what: "a name of a command that is none",
    answers: refusing("ERR unknown command"),
    take: (redis, { value }, hand) => settled(redis.call(value), hand),
  },
  {
    what: "a callback",
    answers: refusing("OOM"),
    take: (redis, { key, value }, hand) =>
      new Promise((resolve) => {
        void redis.set(key, value, (reason) => {
          hand(reason);
          resolve(undefined);
        });
      }),
  },
  {
    what: "the results of a pipeline",
    answers: refusing("WRONGTYPE"),
    take: (redis, { key, value }, hand) => settled(redis.pipeline().get(key).sadd(key, value).exec(), hand),
  },
  {
    what: "commands that ioredis pipelines by itself",
    answers: refusing("WRONGTYPE"),
    options: { enableAutoPipelining: true },
    take: (redis, { key, value }, hand) =>
      Promise.all([settled(redis.get(key), hand), settled(redis.sadd(key, value), hand)]),
  },
  {
    what: "the results of a transaction",
    answers: inTransaction(() => queued, list(ok, error("WRONGTYPE", [stored]))),
    take: (redis, { key, value }, hand) => settled(redis.multi().set(key, value).get(key).exec(), hand),
  },
  {
    what: "a transaction that is refused, with the errors before it",
    answers: inTransaction(
      (words) => error("ERR", words),
      "-EXECABORT Transaction discarded because of previous errors.\r\n",
    ),
    take: (redis, { key, value }, hand) => settled(redis.multi().set(key, value).exec(), hand),
  },
  {
    what: "a transaction without a pipeline",
    answers: inTransaction(() => queued, list(error("ERR", [stored]))),
    take: async (redis, { key, value }, hand) => {
      await redis.multi({ pipeline: false });
      await redis.set(key, value);
      await settled(redis.exec(), hand);
    },
  },
  {
    what: "a script that fails",
    answers: refusing("ERR user_script:1:"),
    take: (redis, { key, value }, hand) => {
      redis.defineCommand("mine", { numberOfKeys: 1, lua: "return 1" });
      return settled((redis as unknown as { mine: (...args: string[]) => unknown }).mine(key, value), hand);
    },
  },
  {
    what: "a script that Redis has not, and that fails",
    answers: (words) =>
      ready(words) ?? (words[0] === "evalsha" ? "-NOSCRIPT No matching script.\r\n" : error("ERR", words)),
    take: async (redis, { key, value }, hand) => {
      redis.defineCommand("mine", { numberOfKeys: 1, lua: "return 1" });
      const { mine } = redis as unknown as { mine: (...args: string[]) => unknown };
      for (let time = 0; time < 2; time += 1) await settled(mine.call(redis, key, value), hand);
    },
  },
  {
    what: "an error in a script's answer",
    answers: (words) => ready(words) ?? list("$1\r\n1\r\n", list(error("ERR", [stored]))),
    take: (redis, { key }, hand) => settled(redis.eval("return 1", 1, key), hand),
  },
  {
    what: "a connection that ends in the middle of a pipeline",
    answers: (words, index) => ready(words) ?? (words[0] === "get" && index > 0 ? ok : hangUp),
    take: (redis, { key, value }, hand) =>
      settled(redis.pipeline().get(key).set(key, value).set(key, value).exec(), hand),
  },
  {
    what: "an answer that is no answer",
    answers: (words) => ready(words) ?? `${stored}\r\n`,
    keptBy: 6,
    take: (redis, { key }, hand) => settled(redis.get(key), hand),
  },
  {
    what: "an answer that nobody has asked for",
    answers: (words) => ready(words) ?? `${ok}+${stored}\r\n`,
    take: async (redis, { key }, hand) => {
      const told = event(redis, "error");
      await settled(redis.get(key), hand);
      await told;
    },
  },
  {
    what: "a password that is refused, with a listener",
    answers: withoutPassword,
    take: async (redis, { key }, hand) => {
      const failed = event(redis, "close");
      await settled(redis.get(key), hand);
      await failed;
    },
  },
  {
    what: "a password that is refused, without a listener",
    answers: withoutPassword,
    take: async (redis, { key }, hand) => {
      redis.removeAllListeners("error");
      const failed = event(redis, "close");
      await settled(redis.get(key), hand);
      await failed;
    },
  },
  {
    what: "a Redis that takes no more clients",
    answers: (words, index) => (index === 0 ? "-ERR max number of clients reached\r\n" : (ready(words) ?? hangUp)),
    take: (redis, { key }, hand) => settled(redis.get(key), hand),
  },
  {
    what: "a ready check that is refused",
    answers: (words) => (words[0] === "info" ? error("NOPERM", [stored]) : (ready(words) ?? ok)),
    take: (redis, { key }, hand) => settled(redis.get(key), hand),
  },
  {
    what: "a ready check that fails",
    answers: (words) => (words[0] === "info" ? error("LOADING", [stored]) : (ready(words) ?? ok)),
    take: (redis, { key }, hand) => settled(redis.get(key), hand),
  },
  {
    what: "reconnectOnError",
    answers: refusing("READONLY"),
    take: async (redis, { key, value }, hand) => {
      redis.options.reconnectOnError = (reason) => {
        hand(reason);
        return false;
      };
      await settled(redis.set(key, value), () => undefined);
    },
  },
  {
    what: "a redirection",
    answers: (words) => ready(words) ?? `-MOVED 866 127.0.1.2:6379 ${stored}\r\n`,
    take: (redis, { key, value }, hand) => settled(redis.set(key, value), hand),
  },
  {
    what: "a stream of keys that breaks off",
    answers: refusing("ERR"),
    take: async (redis, { key }, hand) => {
      const stream = redis.scanStream({ match: key });
      stream.resume();
      const [reason] = (await once(stream, "error")) as [unknown];
      hand(reason);
    },
  },
  {
    what: "a duplicate of the client",
    answers: refusing("WRONGTYPE"),
    take: async (redis, { key, value }, hand) => {
      const copy = redis.duplicate();
      copy.on("error", hand);
      await settled(copy.set(key, value), hand);
      copy.disconnect();
    },
  },
  {
    what: "an answer that the application's own transformer can't read",
    answers: (words) => ready(words) ?? `$${stored.length}\r\n${stored}\r\n`,
    take: (redis, { key }, hand) => settled(redis.getdel(key), hand),
  },
  {
    what: "the same in a transaction",
    answers: inTransaction(() => queued, list(`$${stored.length}\r\n${stored}\r\n`)),
    take: (redis, { key }, hand) => settled(redis.multi().getdel(key).exec(), hand),
  },
  {
    what: "what the client consists of, printed to the bottom, copied and made JSON",
    answers: (words) => ready(words) ?? ok,
    take: async (redis, { key, value }, hand) => {
      const waiting = redis.set(key, value);
      hand(...shown(redis), redis.options, redis.condition);
      await waiting;
      hand(...shown(redis), redis.options, redis.condition);
      const copy = redis.duplicate();
      await settled(copy.set(key, value), () => undefined);
      hand(...shown(copy));
      copy.disconnect();
    },
  },
  {
    what: "a pipeline that is printed, copied or made JSON",
    answers: (words) => ready(words) ?? `$${stored.length}\r\n${stored}\r\n`,
    take: async (redis, { key, value }, hand) => {
      for (const pipeline of [redis.pipeline().set(key, value).get(key), redis.pipeline([["set", key, value]])]) {
        hand(...shown(pipeline));
        await settled(pipeline.exec(), () => undefined);
        hand(...shown(pipeline));
      }
    },
  },
  {
    what: "a transaction that is printed, copied or made JSON",
    answers: inTransaction(() => queued, list(ok)),
    take: async (redis, { key, value }, hand) => {
      for (const pipeline of [redis.multi().set(key, value), redis.multi([["set", key, value]])]) {
        hand(...shown(pipeline));
        await settled(pipeline.exec(), () => undefined);
        hand(...shown(pipeline));
      }
    },
  },
  {
    what: "a client that ioredis has pipelines for by itself",
    answers: (words) => ready(words) ?? ok,
    options: { enableAutoPipelining: true },
    take: async (redis, { key, value }, hand) => {
      const waiting = [redis.set(key, value), redis.set(key, value)];
      hand(...shown(redis));
      await Promise.all(waiting);
    },
  },
  {
    what: "the client itself",
    answers: (words) => ready(words) ?? ok,
    take: async (redis, { key, value }, hand) => {
      const waiting = redis.set(key, value);
      hand(redis);
      await waiting;
      hand(redis);
    },
  },
];
