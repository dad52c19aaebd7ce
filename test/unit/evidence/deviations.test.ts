import assert from "node:assert/strict";
import { closesDeviation, deviations, type Deviation } from "../../../src/evidence/deviations.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { defaultOperatingSystem, releases } from "../../../src/plan/operatingSystem.js";
import { replicated, sampleArguments } from "../../support/sample.js";

/** Each weaker choice by itself: the smallest step away from the default, where it is a number. */
const weaker: readonly [Partial<CacheArguments>, Deviation][] = [
  [
    { allowSharedTenancy: true },
    {
      argument: "allowSharedTenancy",
      chosen: "tenancy default",
      byDefault: "tenancy dedicated",
      consequence: "The node shares hardware with other AWS customers, against the article's first demand.",
      control: "dedicated-tenancy",
    },
  ],
  [
    { allowScripting: true },
    {
      argument: "allowScripting",
      chosen: "EVAL, EVALSHA, SCRIPT open",
      byDefault: "nothing open",
      consequence:
        "Any client may run Lua in the server (EVAL, EVALSHA; no functions). Whoever breaks into an application can use a flaw of the interpreter. A script that doesn't end stops all clients until the node's agent ends it, or ends Redis with all that it holds. The words of errors that scripts make up stay in Redis's statistics, where every client can read them, and may be counted as wrong passwords, until the agent has Redis count from zero.",
      control: "scripting",
    },
  ],
  [
    { operatorIdleLogoffMinutes: 16 },
    {
      argument: "operatorIdleLogoffMinutes",
      chosen: "16 minutes",
      byDefault: "15 minutes",
      consequence: "A session that its operator has left stays open for longer.",
      control: "automatic-logoff",
    },
  ],
  [
    { securityUpdateWindow: "Mon..Fri 03:30" },
    {
      argument: "securityUpdateWindow",
      chosen: "Mon..Fri 03:30 UTC",
      byDefault: "08:00 UTC",
      consequence: "A known hole stays open until the next day with a window.",
      control: "security-updates",
    },
  ],
  [
    { refreshIntervalSeconds: 301 },
    {
      argument: "refreshIntervalSeconds",
      chosen: "301 s",
      byDefault: "300 s",
      consequence: "A client that is taken off the list is locked out later.",
      control: "mutual-authentication",
    },
  ],
  [
    { certificates: { validityHours: 2161 } },
    {
      argument: "certificates",
      chosen: "2161 hours",
      byDefault: "2160 hours",
      consequence: "A certificate whose key was stolen stays valid for longer.",
      control: "certificate-life",
    },
  ],
  [
    { evictionPolicy: "noeviction" },
    {
      argument: "evictionPolicy",
      chosen: "noeviction",
      byDefault: "allkeys-lru",
      consequence:
        "Keys that stay are never evicted, with PHI in them, until they expire or are deleted. A client that fills the memory with them keeps all others from writing; the node's agent does not restart Redis for that.",
      control: "limits",
    },
  ],
  [
    { keyspaceEvents: "Ex" },
    {
      argument: "keyspaceEvents",
      chosen: "xE",
      byDefault: "none",
      consequence:
        "The names of keys, and what was done with them, are published to every client that subscribes, whichever client's keys they are. A name that identifies a patient is PHI. Any client may publish a false event.",
      control: "dangerous-commands",
    },
  ],
  [
    { maxMemoryPercent: 51 },
    {
      argument: "maxMemoryPercent",
      chosen: "51 %",
      byDefault: "50 %",
      consequence:
        "Redis holds more keys, with PHI in them, before it evicts any, and less memory is left to the tunnel. Where the tunnel's connections need more, it is restarted, which cuts them all.",
      control: "limits",
    },
  ],
  [
    { maxValueBytes: 33_554_433 },
    {
      argument: "maxValueBytes",
      chosen: "33554433 bytes",
      byDefault: "32 MiB",
      consequence:
        "One client may hold more of the memory that all clients' buffers have, with PHI in them, and keeps Redis from the others for longer with one command.",
      control: "limits",
    },
  ],
];

const asSound: readonly Partial<CacheArguments>[] = [
  {},
  { allowSharedTenancy: false, allowScripting: false },
  { operatorIdleLogoffMinutes: 15, refreshIntervalSeconds: 300, certificates: { validityHours: 2160 } },
  { operatorIdleLogoffMinutes: 14, refreshIntervalSeconds: 299, certificates: { validityHours: 2159 } },
  { securityUpdateWindow: "03:30" },
  { evictionPolicy: "allkeys-lfu" },
  { maxMemoryPercent: 50, maxValueBytes: 33_554_432 },
  { maxMemoryPercent: 49, maxValueBytes: 33_554_431 },
  { tunnel: "stunnel", imageHasPackages: true, instanceType: "t3.small", clients: ["a", "b"] },
];

const found = (change: Partial<CacheArguments>): Deviation[] =>
  deviations("sessions", { ...sampleArguments, ...change });

describe("deviations of replicas' zones", () => {
  const { subnets = [] } = replicated();
  const zones = (count: number, replicas: number): Deviation[] =>
    found({ replicas, subnets: subnets.slice(0, count) }).filter(({ argument }) => argument === "subnets");

  it("are two zones or one, where losing one leaves no majority", () => {
    assert.deepEqual(zones(2, 2), [
      {
        argument: "subnets",
        chosen: "2 of 3 Sentinels in us-east-1a",
        byDefault: "no Availability Zone with a majority of the Sentinels",
        consequence:
          "An Availability Zone holds a majority of the Sentinels. While it is away no other node takes over, and applications that look for the primary find none.",
        control: "failover",
      },
    ]);
    assert.deepEqual(
      [zones(1, 2), zones(2, 5), zones(1, 5)].map(([one]) => one?.chosen),
      ["3 of 3 Sentinels in us-east-1a", "3 of 5 Sentinels in us-east-1a", "5 of 5 Sentinels in us-east-1a"],
    );
  });

  it("are none with three zones, nor of a cache without replicas", () => {
    for (const replicas of [2, 3, 4, 5]) assert.deepEqual(zones(3, replicas), []);
    for (const count of [1, 2, 3]) assert.deepEqual(zones(count, 0), []);
  });

  it("are closed by other subnets, as there is no default", () => {
    assert.equal(closesDeviation("subnets"), "Give subnets in three Availability Zones.");
    assert.equal(closesDeviation("evictionPolicy"), "Leave evictionPolicy at its default.");
  });
});

describe("deviations", () => {
  for (const [change, deviation] of weaker) {
    it(`name what is weaker, and what follows: ${JSON.stringify(change)}`, () => {
      assert.deepEqual(found(change), [deviation]);
    });
  }

  it("are a release without the hybrid key exchange, where the default has it", () => {
    const { hasHybridKeyExchange, title } = releases[defaultOperatingSystem];
    const deviation = {
      argument: "operatingSystem",
      chosen: "Debian 12",
      byDefault: title,
      consequence:
        "Keys are exchanged by X25519 alone. What somebody records on the way today can be read by whoever has a quantum computer later.",
      control: "hybrid-key-exchange",
    };
    assert.deepEqual(found({ operatingSystem: "debian-12" }), hasHybridKeyExchange ? [deviation] : []);
    assert.deepEqual(found({ operatingSystem: "debian-13" }), []);
    assert.deepEqual(found({ operatingSystem: "debian-13", requireHybridKeyExchange: true }), []);
  });

  it("are all named, in the order of the arguments", () => {
    const all = Object.assign({}, ...weaker.map(([change]) => change)) as Partial<CacheArguments>;
    assert.deepEqual(
      found(all),
      weaker.map(([, deviation]) => deviation),
    );
  });

  for (const change of asSound) {
    it(`are none where a choice is as sound as the default: ${JSON.stringify(change)}`, () => {
      assert.deepEqual(found(change), []);
    });
  }
});
