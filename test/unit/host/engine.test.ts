import assert from "node:assert/strict";
import { parse } from "yaml";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { assess } from "../../../src/evidence/assess.js";
import type { CloudConfig } from "../../../src/host/cloudConfig.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { imageCloudConfig } from "../../../src/host/imageCloudConfig.js";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import {
  archivedScripts,
  archivedText,
  archiveMark,
  scriptArchive,
  scriptArchiveSum,
} from "../../../src/host/scriptArchive.js";
import { defaultEngineVersion, engineProgram, engines, engineVersion, type Engine } from "../../../src/plan/engine.js";
import { defaultOperatingSystem, operatingSystems } from "../../../src/plan/operatingSystem.js";
import { replicated, sampleConnection, sampleEvidence, samplePlan, sharded } from "../../support/sample.js";
import { ScriptHost } from "../../support/scriptHost.js";

const shapes: readonly (readonly [string, Partial<CacheArguments>])[] = [
  ["one node", {}],
  ["a node with replicas", replicated()],
  ["a node of shards", sharded()],
];

function userData(engine: Engine, shape: Partial<CacheArguments>): string {
  const plan = samplePlan({ ...shape, engine, operatingSystem: "debian-13" });
  const [node] = plan.nodes;
  assert.ok(node);
  const { region, secretArn } = sampleConnection;
  return nodeUserData(plan, node, { region, secretArn });
}

/** Redis's programs, package, unit and account; the names of this library's own units and folders are others. */
const ofRedis =
  /(?<![\w-])redis-(server|cli|tools)(?!\w)|redis:redis|(User|Group|SupplementaryGroups)=redis\b|(?<=d \S+ 0[0-7]{3} )redis\b/;

describe("the engine of a cache", () => {
  it("is Redis, in each release of Debian's, or Valkey in the last", () => {
    assert.deepEqual(engines, ["redis", "valkey"]);
    assert.deepEqual(engineProgram("redis").versions, { "debian-12": "Redis 7.0", "debian-13": "Redis 8.0" });
    assert.deepEqual(engineProgram("valkey").versions, { "debian-13": "Valkey 8.1" });
    assert.equal(defaultEngineVersion, engineVersion({ engine: "redis", operatingSystem: defaultOperatingSystem }));
    assert.throws(
      () => engineVersion({ engine: "valkey", operatingSystem: "debian-12" }),
      /debian-12 has no package of valkey/,
    );
    for (const operatingSystem of operatingSystems) assert.ok(engineVersion({ engine: "redis", operatingSystem }));
  });

  for (const [what, shape] of shapes) {
    it(`has ${what} run Valkey, and nothing of Redis's`, () => {
      const text = userData("valkey", shape);
      const found = text.split("\n").filter((line) => ofRedis.test(line));
      assert.deepEqual(found, []);
      const { packages = [], bootcmd = [], write_files: files = [] } = parse(text) as CloudConfig;
      assert.ok(packages.includes("valkey-server"));
      assert.deepEqual(bootcmd[0]?.slice(0, 3), ["systemctl", "mask", "valkey-server.service"]);
      const unit = files.find(({ path }) => path.endsWith("/hipaa-redis-server.service"))?.content ?? "";
      for (const line of ["User=valkey", "Group=valkey", `ExecStart=/usr/bin/valkey-server ${hostPaths.redisConfig}`])
        assert.ok(unit.split("\n").includes(line), line);
      // The control case: Redis's are found where Redis runs.
      assert.match(userData("redis", shape), ofRedis);
    });

    it(`changes the user data of ${what}, so that the node is replaced`, () => {
      assert.notEqual(userData("valkey", shape), userData("redis", shape));
    });

    it(`is the one that verify asks on ${what}`, () => {
      const evidence = sampleEvidence({ ...shape, engine: "valkey", operatingSystem: "debian-13" });
      const commands = assess(evidence).controls.flatMap(({ checks }) =>
        checks.flatMap((check) => (check.by === "host" ? [check.command] : [])),
      );
      assert.deepEqual(
        commands.filter((command) => ofRedis.test(command)),
        [],
      );
      assert.ok(commands.some((command) => command.includes("valkey-cli")));
    });
  }

  it("is in the scripts that come with the secret, which is the same for each: the host writes its names into them", () => {
    for (const engine of engines) {
      const { server, client } = engineProgram(engine);
      const host = new ScriptHost({ engine, operatingSystem: "debian-13", server: [server], client: [client] });
      try {
        host.install("unpack-scripts");
        host.write(hostPaths.scriptArchive, `${scriptArchive()}\n`);
        assert.equal(host.run("unpack-scripts", [scriptArchiveSum()]).status, 0);
        const text = archivedScripts
          .map((name) => `${archiveMark}${name}\n${host.read(`${hostPaths.scriptsFolder}/${name}`)}`)
          .join("");
        assert.equal(text, archivedText(engine));
        assert.equal(ofRedis.test(text), engine === "redis");
      } finally {
        host.remove();
      }
    }
  });

  it("is in an image that is made for it", () => {
    const { packages = [], bootcmd = [] } = parse(imageCloudConfig({ engine: "valkey" })) as CloudConfig;
    assert.ok(packages.includes("valkey-server") && !packages.includes("redis-server"));
    for (const command of bootcmd.filter((one) => one[1] === "mask"))
      assert.ok(!command.includes("redis-server.service"));
    assert.throws(() => imageCloudConfig({ engine: "keydb" as Engine }), /engine: got "keydb"/);
  });

  it("is refused in an image of a release that has no package of it, as in a cache, and in no other", () => {
    const refusal =
      /^InvalidArgumentsError: imageCloudConfig: 1 argument problem[^]*engine: got "valkey"\. Debian 12 has no package of Valkey: set operatingSystem to "debian-13", or leave engine out\.$/;
    assert.throws(
      () => imageCloudConfig({ engine: "valkey", operatingSystem: "debian-12" }),
      (error) => refusal.test(String(error)),
    );
    for (const served of [
      { engine: "valkey", operatingSystem: "debian-13" },
      { operatingSystem: "debian-12" },
    ] as const)
      assert.doesNotThrow(() => imageCloudConfig(served));
  });
});
