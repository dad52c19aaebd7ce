import assert from "node:assert/strict";
import { parse } from "yaml";
import { serverPrograms, type ServerPrograms } from "../../../lab/servers/serverPrograms.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import type { CloudConfig } from "../../../src/host/cloudConfig.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import { versionSettings } from "../../../src/host/redisConf.js";
import { redisUsersConf, sentinelUsersConf } from "../../../src/host/redisUsers.js";
import type { CachePlan } from "../../../src/plan/cachePlan.js";
import { lockedCommands } from "../../../src/plan/commands.js";
import { engineVersions, type EngineVersion } from "../../../src/plan/engine.js";
import { lockedIn, openByVersion, openIn, parametersLeft, undecided } from "../../support/classified.js";
import { replicated, sampleConnection, samplePlan, sharded } from "../../support/sample.js";
import { BareServer } from "./bareServer.js";

const passwordsSha256 = ["0".repeat(64)];
const anybody = "user default reset on nopass ~* &* +@all";

/** So that two runs on one machine don't meet. */
const loopbackCidrBlock = `127.${90 + (process.pid % 20)}.${process.pid % 250}.0/24`;
const shapes: Readonly<Record<string, Partial<CacheArguments>>> = {
  "one node": {},
  "one node with scripting": { allowScripting: true },
  "a node with replicas": { ...replicated(), loopbackCidrBlock },
  "a node of shards": { ...sharded(), loopbackCidrBlock },
};

/** A configuration that a node of this plan has, as its user data lays it down. */
function laidDown(plan: CachePlan<string>, path: string): string {
  const [node] = plan.nodes;
  assert.ok(node);
  const { region, secretArn } = sampleConnection;
  const { write_files: files = [] } = parse(nodeUserData(plan, node, { region, secretArn })) as CloudConfig;
  return files.find((file) => file.path === path)?.content ?? assert.fail(path);
}

/** The node's own redis.conf and users, but for where its files are, and for who asks. */
function redisConfOf(plan: CachePlan<string>): string {
  const peers = plan.cluster ?? plan.replication;
  const users = redisUsersConf(
    [{ name: "web", passwordsSha256 }],
    plan.lockedCommands,
    peers === undefined ? undefined : { passwordsSha256, areCluster: plan.cluster !== undefined },
  );
  const places = /^(include|unixsocket|unixsocketperm|dir|supervised|cluster-config-file) .*\n/gm;
  const conf = laidDown(plan, hostPaths.redisConfig);
  return conf.replaceAll(places, "") + users.replace(/^user default .*$/m, anybody);
}

function sentinelConfOf(plan: CachePlan<string>): string {
  const conf = laidDown(plan, hostPaths.sentinelConfig).replaceAll(/^(dir|supervised) .*\n/gm, "");
  const users = sentinelUsersConf({ passwordsSha256 }).replace(/^user default .*$/m, anybody);
  return conf.replace("@primary@", plan.replication?.members[0]?.loopbackAddress ?? "") + users;
}

/** A command or subcommand, and the least number of words that a call of it has. */
interface Known {
  readonly name: string;
  readonly words: number;
  /** Whether it has subcommands, without which nobody can call it. */
  readonly hasParts: boolean;
}

async function commandsOf(server: BareServer): Promise<Known[]> {
  type Told = readonly [name: string, arity: number, ...rest: unknown[]];
  const known = ([name, arity, ...rest]: Told): Known[] => [
    {
      name: name.replace("|", " ").toUpperCase(),
      words: Math.abs(arity),
      hasParts: ((rest[7] ?? []) as Told[]).length > 0,
    },
    // The tenth element has the subcommands (Redis documentation, COMMAND).
    ...((rest[7] ?? []) as Told[]).flatMap(known),
  ];
  return ((await server.ask("COMMAND")) as Told[]).flatMap(known);
}

async function parametersOf(server: BareServer): Promise<Map<string, string>> {
  const told = (await server.ask("CONFIG", "GET", "*")) as string[];
  return new Map(told.flatMap((name, index) => (index % 2 === 0 ? [[name, told[index + 1] ?? ""]] : [])));
}

/** What a node's configurations of this version set, in any shape. */
function parametersSet(programs: ServerPrograms): Set<string> {
  const confs = Object.values(shapes).map((shape) =>
    laidDown(samplePlan({ ...shape, ...served(programs) }), hostPaths.redisConfig),
  );
  return new Set(confs.flatMap((conf) => conf.split("\n").map((line) => line.split(" ")[0] ?? "")));
}

function served({ engine, operatingSystem }: ServerPrograms): Pick<CacheArguments, "engine" | "operatingSystem"> {
  return { engine, operatingSystem };
}

const left = new Set(Object.values(parametersLeft).flat());

function unseen(set: ReadonlySet<string>, names: Iterable<string>): string[] {
  return [...names].filter((name) => set.has(name) === left.has(name));
}

/** What all versions have told, for what is in no version. */
const told = { commands: new Set<string>(), parameters: new Set<string>() };

for (const version of engineVersions) {
  describe(`${version}, as Debian packages it,`, () => {
    let programs: ServerPrograms;
    let server: BareServer;
    before(async () => {
      programs = await serverPrograms(version);
      server = await BareServer.start(programs);
    });
    after(() => server.end());

    it("is that version", async () => {
      const info = String(await server.ask("INFO", "server"));
      const number = /^(redis|valkey)_version:(\d+\.\d+)\./gm;
      const [, , told] = [...info.matchAll(number)].at(-1) ?? [];
      assert.equal(`${version.split(" ")[0] ?? ""} ${told ?? ""}`, version);
    });

    it("has no command and no subcommand that nobody has classified as locked or open", async () => {
      const names = (await commandsOf(server)).map(({ name }) => name);
      for (const name of names) told.commands.add(name);
      assert.ok(names.length > 350);
      assert.deepEqual(undecided(version, names), []);
      // Control case: an invented one is found, and an invented part of an open one.
      assert.deepEqual(undecided(version, [...names, "GETALL", "CLIENT DUMP"]), ["GETALL", "CLIENT DUMP"]);
      // Nothing is listed that it doesn't have: it would not start.
      assert.deepEqual(
        [...openIn(version), ...lockedIn(version)].filter((name) => !names.includes(name)),
        [],
      );
    });

    it("lets a client have each open command by its ACL alone, and none of the locked ones", async () => {
      const commands = lockedCommands({ allowScripting: false, version });
      const [, rights = ""] =
        /^user web reset on \S+ (.*)$/m.exec(redisUsersConf([{ name: "web", passwordsSha256 }], commands)) ?? [];
      await server.ask("ACL", "SETUSER", "web", "reset", ...rights.split(" "));
      const open = new Set(openIn(version));
      for (const { name, words } of (await commandsOf(server)).filter(({ hasParts }) => !hasParts)) {
        const call = name.split(" ");
        const rest = Array<string>(Math.max(0, words - call.length)).fill("1");
        const answer = await server.ask("ACL", "DRYRUN", "web", ...call, ...rest);
        assert.equal(answer === "OK", open.has(name), `${name}: ${String(answer)}`);
      }
    });

    it("has no parameter that a node neither sets nor knowingly leaves as it is", async () => {
      const parameters = await parametersOf(server);
      for (const name of parameters.keys()) told.parameters.add(name);
      const set = parametersSet(programs);
      assert.deepEqual(unseen(set, parameters.keys()), []);
      assert.deepEqual(unseen(set, [...parameters.keys(), "keep-phi-in-log"]), ["keep-phi-in-log"]);
    });

    for (const [shape, change] of Object.entries(shapes)) {
      it(`starts with the configuration and the users of ${shape}, and runs with what it sets`, async () => {
        const plan = samplePlan({ ...change, ...served(programs) });
        const node = await BareServer.start(programs, redisConfOf(plan));
        try {
          const parameters = await parametersOf(node);
          for (const [name, value] of versionSettings(version)) assert.equal(parameters.get(name), String(value), name);
          assert.equal(parameters.get("acllog-max-len"), "0");
        } finally {
          await node.end();
        }
      });
    }

    it("starts with the configuration and the users of a Sentinel", async () => {
      const plan = samplePlan({ ...shapes["a node with replicas"], ...served(programs) });
      const sentinel = await BareServer.start(programs, sentinelConfOf(plan), ["--sentinel"]);
      try {
        assert.deepEqual(await sentinel.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "main"), [
          plan.replication?.members[0]?.loopbackAddress,
          "6379",
        ]);
      } finally {
        await sentinel.end();
      }
    });

    it("control case: does not start with another version's configuration, nor with its users", async () => {
      const other: EngineVersion = version === "Valkey 8.1" ? "Redis 8.0" : "Valkey 8.1";
      const [name, value] =
        version === "Valkey 8.1" ? ["vset-of-another", "yes"] : ["commandlog-reply-larger-than", "-1"];
      await assert.rejects(BareServer.start(programs, `${name} ${value}\n`), /Bad directive|Unresolved Configuration/);
      const users = redisUsersConf(
        [{ name: "web", passwordsSha256 }],
        lockedCommands({ allowScripting: true, version: other }),
      );
      await assert.rejects(BareServer.start(programs, users), /ACL|Unknown command/i);
    });
  });
}

describe("what is classified", () => {
  it("is there in some version, and once", () => {
    const open = Object.values(openByVersion).flat();
    assert.deepEqual(
      open.filter((name) => !told.commands.has(name)),
      [],
    );
    assert.equal(new Set(open).size, open.length);
    const parameters = Object.values(parametersLeft).flat();
    assert.deepEqual(
      parameters.filter((name) => !told.parameters.has(name)),
      [],
    );
    assert.equal(new Set(parameters).size, parameters.length);
  });
});

describe("vector sets, in Redis 8.0,", () => {
  it("are locked as one small vector takes a thousand times its size, and more with a larger one", async () => {
    const server = await BareServer.start(await serverPrograms("Redis 8.0"));
    try {
      const used = async (): Promise<number> =>
        Number(/used_memory:(\d+)/.exec(String(await server.ask("INFO", "memory")))?.[1]);
      const before = await used();
      const dimensions = 4096;
      const vector = Buffer.alloc(4 * dimensions, 1);
      await server.ask("VADD", "vectors", "REDUCE", String(dimensions), "FP32", vector, "one");
      assert.ok((await used()) - before > 1000 * vector.length);
    } finally {
      await server.end();
    }
  });
});
