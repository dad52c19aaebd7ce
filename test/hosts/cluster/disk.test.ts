import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { leaderOf, nodeAt, placeOf, settled, shardOf, stateOf } from "../../../lab/cluster/nodes.js";
import type { Host } from "../../../lab/hosts/index.js";
import { waitFor } from "../../../lab/until.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { unitNames } from "../../../src/host/units.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { describeOver } from "../../support/dimensions.js";
import { journal, shell } from "../cache/onHost.js";
import { found, ofRedisStart, watchDisk } from "../replicas/watchDisk.js";
import { readSecret, secretArn } from "../rotation/onHosts.js";
import { clusterFixture, type ReplicasFixture } from "./openFixture.js";

/** Some megabytes. */
const values = { count: 2000, bytes: 4096 };

/** Its slot is 5061, of the first shard. */
const tag = "{bar}";

describeOver([], "a whole copy of a shard", (choice) => {
  let fixture: ReplicasFixture;
  let primary: Host;
  let replica: Host;
  const word = `canary${randomBytes(12).toString("hex")}`;
  const planted = `canary${randomBytes(12).toString("hex")}`;

  before(async () => {
    fixture = await clusterFixture(choice);
    const leader = leaderOf(await settled(fixture), 0);
    primary = nodeAt(fixture, leader);
    const other = fixture.nodes.find((node) => shardOf(placeOf(node)) === 0 && node !== primary);
    assert.ok(other);
    replica = other;
    const { password = "" } = await readSecret(fixture, await secretArn(fixture.app));
    const value = word.repeat(Math.ceil(values.bytes / word.length));
    const lines = Array.from({ length: values.count }, (_, number) => `SET ${tag}:${number} ${value}`);
    const answers = await shell(
      primary,
      `${engineProgram(choice.engine).client} -s ${hostPaths.redisSocket} | sort | uniq -c`,
      `${[`AUTH web ${password}`, ...lines].join("\n")}\n`,
    );
    assert.equal(answers, `${values.count + 1} OK`);
  });

  it("is made in memory: no file is written on any disk, and none in Redis's folder but what the cluster is", async () => {
    const watches = await Promise.all([primary, replica].map(watchDisk));
    await shell(replica, `systemctl kill --signal=KILL ${unitNames.redis}`);
    const { keys } = await stateOf(primary);
    assert.ok(keys >= values.count);
    await waitFor("the replica has a whole copy", async () => {
      const { leads, isLinked, keys: copied } = await stateOf(replica);
      return !leads && isLinked && copied === keys;
    });
    for (const host of [primary, replica]) await shell(host, `echo ${planted} >/var/tmp/planted`);
    const isOfCluster = (path: string): boolean => path.startsWith(hostPaths.clusterNodes);
    const [atPrimary, atReplica] = await Promise.all(
      watches.map(async (one) => (await one.end()).filter((path) => !isOfCluster(path))),
    );
    assert.deepEqual(atPrimary, ["/var/tmp/planted"]);
    assert.deepEqual(atReplica, [...ofRedisStart, "/var/tmp/planted"].sort());
    const where = await shell(replica, `stat --file-system --format=%T ${hostPaths.redisFolder}`);
    assert.equal(where, "tmpfs");
    await settled(fixture);
  });

  it("leaves no value on any host's disk, in memory files or in a journal, while what was put there is found", async () => {
    for (const host of [...fixture.nodes, fixture.app]) {
      const isPlanted = host === primary || host === replica;
      assert.deepEqual(await found(host.rootFolder, [word, planted]), isPlanted ? [planted] : []);
      assert.deepEqual(await found(join(host.liveRootFolder, "run"), [word]), []);
      assert.ok(!(await journal(host)).includes(word));
      assert.ok(!readFileSync(host.consoleFile, "latin1").includes(word));
    }
  });
});
