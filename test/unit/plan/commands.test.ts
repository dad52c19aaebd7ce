import assert from "node:assert/strict";
import {
  aclRules,
  lockedCommands,
  openCommands,
  openPartsOfCluster,
  openScripting,
  scriptingCommands,
  shardCommands,
} from "../../../src/plan/commands.js";

const article = "HIPAA, PHI, and Caching (2016), Redis Configuration (Server)";
const redisSecurity = "Redis documentation, Security, Disallowing specific commands";
const dangerous = "Redis documentation, ACL, Command categories: @admin and @dangerous";

const rename = ["CONFIG", "ACL"];
/** By the source that asks for it. */
const disabledFor: Readonly<Record<string, string>> = {
  [article]: "SAVE BGSAVE BGREWRITEAOF DEBUG SHUTDOWN FLUSHDB FLUSHALL",
  [redisSecurity]: "SWAPDB MODULE REPLICAOF SLAVEOF SYNC PSYNC MIGRATE MONITOR SLOWLOG",
  "CVE-2026-66373": "RESTORE RESTORE-ASKING",
  [dangerous]: "REPLCONF FAILOVER CLUSTER LASTSAVE ROLE LATENCY PFDEBUG PFSELFTEST KEYS SORT SORT_RO",
  "Redis documentation, LOLWUT": "LOLWUT",
};
const subcommands = ["KILL", "LIST", "NO-EVICT", "PAUSE", "UNPAUSE", "UNBLOCK"].map((name) => `CLIENT ${name}`);
const tracking = "CLIENT TRACKING";
/** Of Redis 8.0, which caches get that name neither engine nor operating system. */
const vectorSet = "VADD";
const queues = "EVAL EVALSHA SCRIPT".split(" ");
const otherScripting = "EVAL_RO EVALSHA_RO FUNCTION FCALL FCALL_RO".split(" ");
const partsOfScript = ["SCRIPT FLUSH", "SCRIPT DEBUG"];
const scripting = [...otherScripting, ...queues];

const locked = lockedCommands({ allowScripting: true });
const named = (treatment: string, reference?: string): string[] =>
  locked
    .filter((one) => one.treatment === treatment && (reference ?? one.reference) === one.reference)
    .map(({ name }) => name);

describe("the commands that no client may use", () => {
  it("are renamed where the node itself needs them", () => {
    assert.deepEqual(named("renamed"), rename);
    assert.deepEqual(named("renamed", article), ["CONFIG"]);
    assert.deepEqual(named("renamed", redisSecurity), ["ACL"]);
  });

  for (const [reference, names] of Object.entries(disabledFor)) {
    it(`are disabled as ${reference} has them`, () => {
      assert.deepEqual(named("disabled", reference), names.split(" "));
    });
  }

  it("are denied where they are a part of one that is needed", () => {
    assert.deepEqual(named("denied", dangerous), subcommands);
    assert.deepEqual(
      named("denied", "Redis documentation, Client-side caching in Redis: limiting the amount of memory used by Redis"),
      [tracking],
    );
    assert.deepEqual(named("denied", "Redis documentation, VADD"), [vectorSet]);
  });

  it("are these and no others", () => {
    const count = Object.values(disabledFor).flatMap((names) => names.split(" ")).length;
    assert.equal(
      locked.length,
      rename.length +
        count +
        subcommands.length +
        [tracking, vectorSet].length +
        otherScripting.length +
        partsOfScript.length,
    );
    assert.equal(new Set(locked.map(({ name }) => name)).size, locked.length);
  });

  it("have a reason each, that speaks of what they do to PHI, the server or others", () => {
    const reasons = new Map(locked.map(({ name, reason }) => [name, reason]));
    for (const [name, reason] of reasons) assert.match(reason, /^[A-Z].{15,}[^.]$/, name);
    for (const name of ["SAVE", "BGSAVE", "BGREWRITEAOF"]) {
      assert.equal(reasons.get(name), "Writes PHI to disk");
    }
    assert.equal(reasons.get("REPLICAOF"), reasons.get("SLAVEOF"));
    assert.equal(reasons.get("SYNC"), reasons.get("PSYNC"));
  });

  it("are scripting as well; what queues need of it is open when it is asked for, and nothing else", () => {
    const reason = "Runs code in the server's Lua interpreter";
    const reference = "CVE-2025-49844";
    const byDefault = lockedCommands({ allowScripting: false });
    assert.deepEqual(
      byDefault.filter((one) => one.reference === reference),
      scripting.map((name) => ({ name, treatment: "disabled", reason, reference })),
    );
    assert.deepEqual(named("disabled", reference), otherScripting);
    assert.deepEqual(named("denied", "Redis documentation, SCRIPT"), partsOfScript);
    const names = (commands: typeof locked): string[] => commands.map(({ name }) => name);
    assert.deepEqual(
      names(byDefault).filter((name) => !names(locked).includes(name)),
      queues,
    );
    assert.deepEqual(
      names(locked).filter((name) => !names(byDefault).includes(name)),
      partsOfScript,
    );
    assert.deepEqual([openScripting(locked), openScripting(byDefault)], [queues, []]);
    assert.deepEqual([...scriptingCommands].sort(), [...scripting].sort());
  });
});

describe("the locked commands as rules of an ACL", () => {
  it("take away what is administrative or dangerous, give back what is needed, and name all that is locked", () => {
    const rules = aclRules(lockedCommands({ allowScripting: false })).split(" ");
    const disabled = Object.values(disabledFor).flatMap((names) => names.toLowerCase().split(" "));
    const parts = [...subcommands, tracking, vectorSet].map((name) => name.toLowerCase().replace(" ", "|"));
    assert.deepEqual(rules.slice(0, 4), "+@all -@admin -@dangerous +info".split(" "));
    assert.deepEqual(
      rules.slice(4).sort(),
      ["config", "acl", ...disabled, ...parts, ...scripting.map((name) => name.toLowerCase())]
        .map((name) => `-${name}`)
        .sort(),
    );
  });

  it("are these to the letter for a list of three", () => {
    const three = locked.filter(({ name }) => ["CONFIG", "SAVE", "CLIENT KILL"].includes(name));
    assert.equal(aclRules(three), "+@all -@admin -@dangerous +info -config -save -client|kill");
  });

  it("leave open only the commands that have a reason beside them", () => {
    assert.deepEqual(openCommands, [
      {
        name: "INFO",
        reason: "Clients such as ioredis ask whether the server is ready; it has counters, no data",
      },
    ]);
  });
});

describe("the locked commands of shards", () => {
  const alone = lockedCommands({ allowScripting: false });
  const ofShards = lockedCommands({ allowScripting: false, hasShards: true });

  it("are the same, of which those that nodes say to each other are denied by ACL, with replicas and without", () => {
    const treated = (commands: typeof alone): [string, string][] =>
      commands.map(({ name, treatment }) => [name, treatment]);
    assert.deepEqual(shardCommands, ["PSYNC", "MIGRATE", "RESTORE-ASKING", "REPLCONF", "CLUSTER"]);
    assert.deepEqual(
      treated(ofShards),
      treated(alone).map(([name, treatment]) => [name, shardCommands.includes(name) ? "denied" : treatment]),
    );
    assert.deepEqual(lockedCommands({ allowScripting: false, hasShards: true, hasReplicas: true }), ofShards);
    const reasons = ofShards.filter(({ name }) => name === "CLUSTER").map(({ reason }) => reason);
    assert.deepEqual(reasons, ["Changes who holds which keys"]);
  });

  it("are all of CLUSTER, as rules of an ACL, but for what clients ask it", () => {
    const rules = aclRules(ofShards).split(" ");
    const open = openPartsOfCluster.map((name) => `+${name.toLowerCase().replace(" ", "|")}`);
    assert.equal(
      open.join(" "),
      "+cluster|info +cluster|keyslot +cluster|myid +cluster|nodes +cluster|shards +cluster|slots",
    );
    // An ACL's later rules undo earlier ones.
    assert.deepEqual(rules.slice(-open.length), open);
    assert.ok(rules.indexOf("-cluster") > 0 && rules.indexOf("-cluster") < rules.length - open.length);
    assert.deepEqual(rules.slice(0, -open.length), aclRules(alone).split(" "));
  });
});
