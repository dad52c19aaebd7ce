import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { Redis } from "ioredis";
import { eavesdrop, secretsIn, type Heard } from "../../support/eavesdrop.js";
import { runsOf } from "../../support/dimensions.js";
import { ioredisMajors } from "../../support/ioredisMajors.js";
import { error, hangUp, list, ok, queued, ready, RepeatingServer, type Answer } from "./repeatingServer.js";

/** It is in every argument and every answer, whatever else is. */
const secret = "phi7713";

const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom("\r\n    at ", "' \" {", "-ERR "));
const secretText = fc.tuple(text, text).map(([before, after]) => `${before}${secret}${after}`);
const argument = fc.oneof(
  secretText,
  secretText.map((value) => Buffer.from(value)),
  fc.array(secretText, { minLength: 1, maxLength: 3 }),
);
const name = fc.oneof(
  fc.constantFrom("get", "SET", "hset", "xadd", "config", "fcall", "eval", "auth", "rename", "select", "blpop"),
  secretText,
);
const calls = fc.array(fc.record({ name, args: fc.array(argument, { maxLength: 4 }) }), {
  minLength: 1,
  maxLength: 5,
});
const code = fc.constantFrom("ERR", "WRONGTYPE", "OOM", "NOPERM", "MOVED", "ASK 1", "EXECABORT", "NOSCRIPT", secret);
/** How the server fails: what it says repeats all that it was sent. */
const failure = fc.oneof(
  code.map(
    (word) =>
      (words: readonly string[]): Answer =>
        error(word, words),
  ),
  code.map(
    (word) =>
      (words: readonly string[]): Answer =>
        list(ok, list(error(word, words))),
  ),
  fc.constantFrom(
    (words: readonly string[]): Answer => `${words.join(" ").replace(/[\r\n]/g, " ")}\r\n`,
    (): Answer => hangUp,
    (words: readonly string[]): Answer => `${ok}${error("ERR", words)}`,
  ),
);
const manner = fc.constantFrom("each", "callback", "pipeline", "transaction", "handshake");

interface Case {
  readonly calls: readonly {
    readonly name: string;
    readonly args: readonly (string | Buffer | string[])[];
  }[];
  readonly failure: (words: readonly string[]) => Answer;
  readonly manner: string;
  readonly autoPipelining: boolean;
}

const anyCase = fc.record<Case>({ calls, failure, manner, autoPipelining: fc.boolean() });

for (const { version, plain, connect, debug } of ioredisMajors()) {
  describe(`whatever an application sends by connect() with ioredis ${version}, and whatever comes back`, () => {
    let folder: string;
    let server: RepeatingServer;
    let connectionFile: string;
    before(async () => {
      folder = mkdtempSync(join(tmpdir(), "any-command-"));
      server = await RepeatingServer.start();
      const passwordFile = join(folder, "password");
      connectionFile = join(folder, "connection.json");
      writeFileSync(passwordFile, secret);
      const where = { host: "127.0.0.1", port: server.port, username: "web", passwordFile };
      writeFileSync(connectionFile, JSON.stringify({ schemaVersion: 1, ...where }));
    });
    after(async () => {
      await server.stop();
      rmSync(folder, { recursive: true });
    });

    const live = ({ calls: all, failure: fail, manner: how, ...rest }: Case, open: (own: object) => Redis) =>
      eavesdrop(debug, async (handed) => {
        server.answers = (words) => {
          const word = words[0]?.toLowerCase() ?? "";
          if (how === "handshake") return word === "info" ? fail(words) : (ready(words) ?? fail(words));
          if (word === "multi") return ok;
          return ready(words) ?? (how === "transaction" && word !== "exec" ? queued : fail(words));
        };
        const redis = open({ retryStrategy: null, enableAutoPipelining: rest.autoPipelining });
        redis.on("error", (reason) => handed.push(reason));
        const end = new Promise<void>((resolve) => {
          redis.once("end", () => {
            resolve();
          });
        });
        handed.push(await send(redis, all, how));
        redis.disconnect();
        await end;
      });
    const discreet = (own: object): Redis => connect({ connectionFile, ...own });

    it("no value, key or password comes out", async () => {
      let [errors, runs] = [0, 0];
      await fc.assert(
        fc.asyncProperty(anyCase, async (one) => {
          const { handed, printed, debugged } = await live(one, discreet);
          errors += JSON.stringify(handed).includes('"failed"') ? 1 : 0;
          runs += 1;
          assert.deepEqual(secretsIn([handed.map(withoutAnswers), printed, debugged], [secret]), []);
        }),
        { numRuns: runsOf(60) },
      );
      // The property would hold of a client that never fails.
      assert.ok(errors > runs / 2, `${errors} of ${runs} ended in an error`);
    });

    it("and from ioredis itself it does: the control case", async () => {
      const where = { host: "127.0.0.1", port: server.port, username: "web", password: secret };
      const one: Case = {
        calls: [{ name: "set", args: [secret] }],
        failure: (words) => error("OOM", words),
        manner: "each",
        autoPipelining: false,
      };
      const heard: Heard = await live(one, (own) => new plain.Redis({ ...where, ...own }));
      assert.deepEqual(secretsIn(heard.handed, [secret]), [secret]);
      assert.deepEqual(secretsIn(heard.debugged, [secret]), [secret]);
    });
  });
}

interface Ended {
  readonly failed?: unknown;
  readonly answered?: unknown;
}

/** Sends all, and returns how each ended. */
async function send(redis: Redis, calls: Case["calls"], manner: string): Promise<Ended[]> {
  const ends = async (promise: unknown): Promise<Ended> => {
    try {
      return { answered: await promise };
    } catch (failed) {
      return { failed };
    }
  };
  if (manner === "pipeline" || manner === "transaction") {
    const batch = manner === "pipeline" ? redis.pipeline() : redis.multi();
    for (const { name: command, args } of calls) batch.call(command, ...args.flat());
    const ended = await ends(batch.exec());
    const results = (ended.answered ?? []) as [unknown, unknown][];
    return [ended.failed === undefined ? {} : ended, ...results.map(([failed]) => (failed ? { failed } : {}))];
  }
  return Promise.all(
    calls.map(({ name: command, args }) =>
      manner === "callback"
        ? new Promise<Ended>((resolve) => {
            redis
              .call(command, ...args.flat(), (failed: unknown) => {
                resolve({ failed });
              })
              // The callback has it.
              .catch(() => undefined);
          })
        : ends(redis.call(command, ...args.flat())),
    ),
  );
}

/** An answer is what the application has asked for; the errors in it are looked at. */
function withoutAnswers(handed: unknown): unknown {
  return Array.isArray(handed) ? handed.map((each: Ended) => each.failed ?? errorsIn(each.answered)) : handed;
}

function errorsIn(answer: unknown): unknown[] {
  if (answer instanceof Error) return [answer];
  return Array.isArray(answer) ? answer.flatMap(errorsIn) : [];
}
