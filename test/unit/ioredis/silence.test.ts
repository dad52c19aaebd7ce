import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { install, type Clock } from "@sinonjs/fake-timers";
import fc from "fast-check";
import { connect } from "../../../src/ioredis/index.js";
import { FakeCache } from "./fakeCache.js";

/** What `connect()` promises. */
const longestCommandMs = 500;
const longestReturnMs = 300;

const stepMs = 20;
/** How long the application goes on after a silence, for what would fail late. */
const afterwardsMs = 1000;

interface CommandEnd {
  readonly startedMs: number;
  readonly endedMs: number;
  /** Empty when it was answered. */
  readonly error: string;
}

interface Silence {
  readonly ended: readonly CommandEnd[];
  /** When it began and was over, on the clock that the commands' times are of. */
  readonly beganMs: number;
  readonly overMs: number;
  readonly connections: number;
}

describe("connect(), when what is behind it goes silent, by a clock of the test's own", () => {
  let folder: string;
  let connectionFile: string;
  let clock: Clock;
  const { random } = Math;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "connect-silence-"));
    const passwordFile = join(folder, "password");
    connectionFile = join(folder, "connection.json");
    writeFileSync(passwordFile, "password-of-a-test");
    const record = { schemaVersion: 1, host: "127.0.0.1", port: 6379, username: "web", passwordFile };
    writeFileSync(connectionFile, JSON.stringify(record));
  });
  beforeEach(() => {
    // What passes between application and cache passes at once: turns of the event loop are real.
    clock = install({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
  });
  afterEach(() => {
    clock.uninstall();
    Math.random = random;
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** All that can happen without time happens. */
  const settle = async (): Promise<void> => {
    for (let turns = 0; turns < 4; turns += 1) await turn();
  };

  /** A command in each step of the clock; `spread` is what `Math.random` gives. */
  const live = async (silenceMs: number, spread: number): Promise<Silence> => {
    Math.random = () => spread;
    const cache = new FakeCache();
    const redis = connect({ connectionFile, Connector: cache.connector() });
    redis.on("error", () => undefined);
    await settle();
    const ended: CommandEnd[] = [];
    const pass = async (milliseconds: number): Promise<void> => {
      for (let passed = 0; passed < milliseconds; passed += stepMs) {
        const startedMs = Date.now();
        const end = (error: string): void => {
          ended.push({ startedMs, endedMs: Date.now(), error });
        };
        redis.echo("there").then(
          (value) => {
            end(value === "there" ? "" : `answered ${value}`);
          },
          (error: unknown) => {
            end((error as Error).message);
          },
        );
        await settle();
        clock.tick(stepMs);
        await settle();
      }
    };
    await pass(100);
    cache.silent = true;
    const beganMs = Date.now();
    await pass(silenceMs);
    cache.silent = false;
    const overMs = Date.now();
    await pass(afterwardsMs);
    redis.disconnect();
    await settle();
    assert.equal(ended.length, (100 + Math.ceil(silenceMs / stepMs) * stepMs + afterwardsMs) / stepMs);
    return { ended, beganMs, overMs, connections: cache.connections.length };
  };

  const silences = fc.integer({ min: 1, max: 9000 });
  const spreads = fc.constantFrom(0, 0.5, 1 - Number.EPSILON);

  it("no command waits for longer than half a second, and it is back within 300 ms, whatever the silence's length", async () => {
    await fc.assert(
      fc.asyncProperty(silences, spreads, async (silenceMs, spread) => {
        const { ended, beganMs, overMs } = await live(silenceMs, spread);
        const none = (found: readonly CommandEnd[]): void => {
          assert.deepEqual(found, []);
        };
        none(ended.filter(({ startedMs, endedMs }) => endedMs - startedMs >= longestCommandMs));
        none(ended.filter(({ startedMs, error }) => error !== "" && startedMs > overMs + longestReturnMs));
        const back = ended.find(({ endedMs, error }) => error === "" && endedMs > overMs);
        assert.ok(back !== undefined && back.endedMs <= overMs + longestReturnMs, JSON.stringify(back));
        none(
          ended.filter(
            ({ error }) => !/^$|^Command timed out$|^Reached the max retries|is not sent again\.$/.test(error),
          ),
        );
        // What is sent so early in a silence that it can't outlast it fails: it was one.
        const within = ({ startedMs }: CommandEnd): boolean =>
          startedMs >= beganMs && startedMs < overMs - longestCommandMs;
        none(ended.filter((end) => within(end) && end.error === ""));
      }),
      { numRuns: 15 },
    );
  });

  it("keeps the connection in a silence that is shorter than its timeout, and gives up one that is longer", async () => {
    const connections = async (silenceMs: number): Promise<number> => (await live(silenceMs, 0.5)).connections;
    assert.equal(await connections(1900), 1);
    assert.equal(await connections(2100), 2);
  });

  it("answers every command where there is no silence: the control case", async () => {
    const { ended } = await live(0, 0.5);
    assert.deepEqual(
      ended.filter(({ error }) => error !== ""),
      [],
    );
  });
});
