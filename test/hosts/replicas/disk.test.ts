import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../../lab/hosts/index.js";
import { waitFor } from "../../../lab/until.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { unitNames } from "../../../src/host/units.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { redisPort, sentinelPort } from "../../../src/plan/ports.js";
import { journal, shell } from "../cache/onHost.js";
import { readSecret, secretArn } from "../rotation/onHosts.js";
import { loopbackAddress, nodeAt, placeOf, settled } from "../../../lab/replicas/nodes.js";
import { describeOnReplicas, replicasFixture, type ReplicasFixture } from "./openFixture.js";
import { allHave, asPeer, fill } from "./values.js";
import { found, ofRedisStart, watchDisk } from "./watchDisk.js";

/** Some megabytes. */
const values = { count: 2000, bytes: 4096 };

describeOnReplicas([], "a whole copy of a cache with replicas", (choice) => {
  let fixture: ReplicasFixture;
  let primary: Host;
  let replica: Host;
  let replicaAddress: string;
  let primaryAddress: string;
  let keys: number;
  const word = `canary${randomBytes(12).toString("hex")}`;
  const planted = `canary${randomBytes(12).toString("hex")}`;

  before(async () => {
    fixture = await replicasFixture(choice);
    const places = await settled(fixture);
    const [index = 0] = places.replicas;
    [primary, replica] = [nodeAt(fixture, places.primary), nodeAt(fixture, index)];
    [primaryAddress, replicaAddress] = [loopbackAddress(places.primary), loopbackAddress(index)];
    keys = await fill(fixture, "disk", values.count, word.repeat(Math.ceil(values.bytes / word.length)));
  });

  const wholeCopies = async (): Promise<number> =>
    Number(
      await shell(
        primary,
        `echo INFO | ${hostPaths.scriptsFolder}/ask-redis | sed -n 's/^sync_full:\\([0-9]*\\).*/\\1/p'`,
      ),
    );
  const isCopiedWhole = async (how: () => Promise<unknown>): Promise<void> => {
    const before = await wholeCopies();
    await how();
    await waitFor("the replica has a whole copy", async () => {
      const place = await placeOf(replica);
      return place.role === "slave" && place.link === "up" && (await wholeCopies()) > before;
    });
    await allHave(fixture, keys);
  };

  it("is made in memory: no file is written on any disk, nor in Redis's folder, whether the replica is empty or holds values", async () => {
    const watches = await Promise.all([primary, replica].map(watchDisk));
    await isCopiedWhole(() => shell(replica, `systemctl kill --signal=KILL ${unitNames.redis}`));
    // Its own history begins, which the primary does not know.
    await isCopiedWhole(async () => {
      assert.equal((await placeOf(replica)).keys, keys);
      const lines = ["REPLICAOF NO ONE", `REPLICAOF ${primaryAddress} ${redisPort}`];
      assert.deepEqual(await asPeer(replica, replicaAddress, redisPort, lines), ["OK", "OK"]);
    });
    assert.deepEqual(await asPeer(replica, replicaAddress, sentinelPort, ["SENTINEL SET main quorum 2"]), ["OK"]);
    for (const host of [primary, replica]) await shell(host, `echo ${planted} >/var/tmp/planted`);
    const [atPrimary = [], atReplica = []] = await Promise.all(watches.map((one) => one.end()));
    assert.deepEqual(atPrimary, ["/var/tmp/planted"]);
    assert.deepEqual(atReplica, [...ofRedisStart, "/var/tmp/planted"].sort());
  });

  it("leaves no value on any host's disk, in memory files or in a journal, while what was put there is found", async () => {
    const password = (await readSecret(fixture, await secretArn(replica))).peerPassword ?? "";
    for (const host of [...fixture.nodes, fixture.app]) {
      const isPlanted = host === primary || host === replica;
      assert.deepEqual(await found(host.rootFolder, [word, planted, password]), isPlanted ? [planted] : []);
      assert.deepEqual(await found(join(host.liveRootFolder, "run"), [word]), []);
      assert.ok(!(await journal(host)).includes(word));
      assert.ok(!readFileSync(host.consoleFile, "latin1").includes(word));
    }
  });

  it("has its password in memory alone: in the file that Sentinel writes, which is Redis's own", async () => {
    for (const node of fixture.nodes) {
      const { peerPassword = "" } = await readSecret(fixture, await secretArn(node));
      // An agent that looks just then has the whole secret beside them.
      const files = await shell(node, `grep -rlF "$(cat)" /run/hipaa-redis | grep -v /staging`, peerPassword);
      assert.deepEqual(
        files
          .split("\n")
          .map((file) => file.replace(/versions\/[^/]+/, "version"))
          .sort(),
        ["sentinel/sentinel.conf", "start/role.conf", "version/peer-password"].map(
          (file) => `/run/hipaa-redis/${file}`,
        ),
      );
      const file = `${hostPaths.sentinelFolder}/sentinel.conf`;
      assert.equal(
        await shell(node, `stat --format='%U %a' ${file}; stat --file-system --format=%T ${file}`),
        `${engineProgram(choice.engine).account} 600\ntmpfs`,
      );
    }
  });
});
