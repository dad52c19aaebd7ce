import { randomBytes } from "node:crypto";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { redisPort } from "../../../src/plan/ports.js";
import { until } from "../../until.js";
import type { Attack, ControlCase, AttackSuite } from "../attack.js";
import { noteFigure } from "../figures.js";
import { flood, type Flood, type Flooded } from "../flood.js";
import { startHonestTraffic, type HonestTraffic } from "../honestTraffic.js";
import { markJournal } from "../journal.js";
import type { Scene } from "../scene.js";
import { resp, talk } from "../talk.js";
import { withTheClientsCertificate } from "./certificates.js";

const moderate: ControlCase = {
  what: "a value of 1 MB",
  success: /\+OK\r\n\$1048576/,
  attempt: async (scene) => {
    const calls = [
      ["SET", "moderate", "x".repeat(1 << 20)],
      ["GET", "moderate"],
      ["DEL", "moderate"],
    ];
    return (await talk(scene, [calls.map(resp).join("")])).join("");
  },
};

const traffic = new WeakMap<Scene, HonestTraffic>();

/** Who wants to keep others from the cache. All the while the application works, on connections of its own. */
export const floods: AttackSuite = {
  title: "Floods, beside honest traffic",
  dependsOn: ["tunnel"],
  inTurn: true,
  open: async (scene) => {
    const honest = await startHonestTraffic(scene);
    traffic.set(scene, honest);
    return () => honest.stop();
  },
  attacks: [
    ofStranger("1,000 connections that never shake hands", "let go", { count: 1000, atOnce: 1000 }),
    ofStranger("300 handshakes of a byte every quarter of a second (slow-loris)", "endless", {
      count: 300,
      atOnce: 300,
      drip: `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03${"\x00".repeat(500)}`,
    }),
    ofStranger("3,000 connections with noise, 100 at a time", "let go", {
      count: 3000,
      atOnce: 100,
      head: "\x80".repeat(300),
    }),
    ofApplication("send a value of 512 MB", /invalid bulk length/, {
      head: "*3\r\n$3\r\nSET\r\n$4\r\nhuge\r\n$536870912\r\n",
    }),
    ofApplication("send arguments of 1 MB without end", /ended without an answer taken/, {
      head: "*1000000\r\n",
      body: `$1048576\r\n${"x".repeat(1 << 20)}\r\n`,
      times: 2000,
    }),
    ofApplication("send a command of 2,147,483,648 arguments", /invalid multibulk length/, {
      head: "*2147483648\r\n",
    }),
    ofApplication("send a line that has no end", /too big inline request/, {
      // The last byte is the one too many: behind it nothing waits to be read when Redis closes.
      head: "x".repeat((1 << 16) + 1),
    }),
    unreadAnswers(),
    guesses(),
  ],
};

type Shape = Omit<Flood, "to" | "user" | "passwordFile" | "stopFile" | "timeoutMs">;

/** Bounds what hangs; no attack is judged by it. */
const timeoutMs = 120_000;

/** How many honest operations run beside a flood that has no end of its own. */
const enoughOperations = 500;

/**
 * Nothing comes back, and nobody else notices. Whom the tunnel lets go is waited for to the last; slow-loris may go on for
 * as long as it sends, so it does until honest traffic has been beside it for long enough.
 */
function ofStranger(what: string, end: "let go" | "endless", shape: Shape): Attack {
  return {
    who: "a stranger",
    from: "the app subnet",
    what,
    refusal: /nothing came back; no honest operation failed/,
    slow: true,
    attempt: (scene) =>
      besideHonest(scene, what, async (honestOperations) => {
        const to = { host: scene.node.privateIp, port: redisPort };
        const enough = (): Promise<boolean> => until(() => honestOperations() >= enoughOperations, timeoutMs);
        const request = { ...shape, to, timeoutMs };
        const { opened, came, dropped } = await (end === "let go"
          ? flood(scene, "neighbour", request)
          : flood(scene, "neighbour", request, enough));
        if (end === "let go" && dropped > 0) return `${dropped} of ${opened} were never let go`;
        return came === 0 && opened > 0 ? "nothing came back" : `${opened} were opened, ${came} bytes came back`;
      }),
    controlCase: withTheClientsCertificate,
  };
}

/** The application itself, with its password: it hurts nobody but itself. */
function ofApplication(what: string, reason: RegExp, shape: Omit<Shape, "count" | "atOnce">): Attack {
  const whole = { ...shape, count: 1, atOnce: 1 };
  return {
    who: "the application",
    from: "the app host",
    what,
    slow: true,
    refusal: new RegExp(`${reason.source}; no honest operation failed`),
    attempt: (scene) => besideHonest(scene, what, async () => outcomeOf(await throughTunnel(scene, whole))),
    controlCase: moderate,
  };
}

/** A client that takes nothing does not see that it was cut: Redis tells it in the journal. */
function unreadAnswers(): Attack {
  const what = "ask for 2 GB in a pipeline and take none of it";
  const shape = {
    head: resp(["SET", "large", "x".repeat(1 << 20)]),
    body: resp(["GET", "large"]),
    times: 2000,
    count: 1,
    atOnce: 1,
    reads: false,
  };
  return {
    who: "the application",
    from: "the app host",
    what,
    slow: true,
    controlCase: moderate,
    refusal: /overcoming of output buffer limits; no honest operation failed/,
    attempt: (scene) =>
      besideHonest(scene, what, async () => {
        const told = await markJournal(scene.node);
        const cut = async (): Promise<string | undefined> =>
          /overcoming of output buffer limits/.exec(await told())?.[0];
        await throughTunnel(scene, shape, () => until(async () => (await cut()) !== undefined, timeoutMs));
        return (await cut()) ?? "Redis has cut nobody";
      }),
  };
}

function throughTunnel(scene: Scene, shape: Shape, enough?: () => Promise<unknown>): Promise<Flooded> {
  const to = { host: "127.0.0.1", port: redisPort };
  const request = { ...shape, to, user: "web", passwordFile: hostPaths.password, timeoutMs };
  return flood(scene, "web", request, enough);
}

function outcomeOf({ ended, last, came }: Flooded): string {
  if (ended === 0) return `it was not ended, and ${came} bytes came`;
  return /-ERR Protocol error: (.*)\r\n/.exec(last)?.[1] ?? "ended without an answer taken";
}

async function besideHonest(
  scene: Scene,
  what: string,
  run: (honestOperations: () => number) => Promise<string>,
): Promise<string> {
  const honest = traffic.get(scene);
  if (honest === undefined) throw new Error("The honest traffic was not started.");
  const from = Date.now();
  const came = await run(() => honest.between(from, Date.now()).count);
  const { count, failed, p99Milliseconds } = honest.between(from, Date.now());
  noteFigure(scene, `honest traffic's p99 beside: ${what}`, `${p99Milliseconds} ms`);
  if (count === 0) return `${came}; no honest operation ran`;
  return `${came}; ${failed === 0 ? "no honest operation failed" : `${failed} of ${count} honest operations failed`}`;
}

/**
 * Guesses of 64 characters, each another, on four connections as fast as they are answered. Newer servers leave out the answer to a
 * wrong password where another answer is on its way, and Valkey lets go of who has not signed in and has a kilobyte of answers waiting: each
 * waits for the answer before.
 */
function guesses(): Attack {
  const [connections, each] = [4, 2500];
  const what = "guess 10,000 passwords";
  const guess = (): string => resp(["AUTH", "web", randomBytes(32).toString("hex")]);
  const refusals = async (scene: Scene): Promise<number> => {
    const [stats = ""] = await talk(scene, ["INFO stats\r\nINFO errorstats\r\n"]);
    // The second is what Redis 7.0 has alone.
    return Number(
      (/acl_access_denied_auth:(\d+)/.exec(stats) ?? /errorstat_WRONGPASS:count=(\d+)/.exec(stats))?.[1] ?? 0,
    );
  };
  return {
    who: "the Unix user web",
    from: "the app host",
    what,
    slow: true,
    refusal: /10000 refused, by Redis's own count; no honest operation failed/,
    attempt: (scene) =>
      besideHonest(scene, what, async () => {
        const before = await refusals(scene);
        const turns = [...Array.from({ length: each }, guess), "QUIT\r\n"];
        const shape = { count: connections, atOnce: connections, timeoutMs, turns };
        const to = { host: "127.0.0.1", port: redisPort };
        const { milliseconds } = await flood(scene, "web", { ...shape, to });
        const rate = Math.round((connections * each * 1000) / milliseconds);
        noteFigure(scene, "password guesses a second", String(rate));
        return `${(await refusals(scene)) - before} refused, by Redis's own count`;
      }),
    controlCase: {
      what: "the right password",
      success: /\+PONG/,
      attempt: async (scene) => (await talk(scene, ["PING\r\n"])).join(""),
    },
  };
}
