import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { Host } from "../../../lab/hosts/index.js";
import { waitFor } from "../../../lab/until.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { unitNames } from "../../../src/host/units.js";
import { redisPort, sentinelPort } from "../../../src/plan/ports.js";
import { describeOver } from "../../support/dimensions.js";
import { hostCommandMs, journal, shell } from "../cache/onHost.js";
import { readSecret, secretArn } from "../rotation/onHosts.js";
import { loopbackAddress, nodeAt, placeOf, settled } from "../../../lab/replicas/nodes.js";
import { replicasFixture, type ReplicasFixture } from "./openFixture.js";
import { allHave, asPeer, fill } from "./values.js";

/** Some megabytes. */
const values = { count: 2000, bytes: 4096 };

/** What the host's own journal and the clock write whatever Redis does, and what root puts there when Redis starts. */
const others = [/^\/var\/log\/(journal|cloud-init|wtmp)/, /^\/var\/lib\/(chrony|systemd)\//];
const ofRedisStart = ["memory.conf", "redis.sock"].map((name) => `${hostPaths.redisFolder}/${name}`);

describeOver([], "a whole copy of a cache with replicas", ({ tunnel: engine }) => {
  let fixture: ReplicasFixture;
  let primary: Host;
  let replica: Host;
  let replicaAddress: string;
  let primaryAddress: string;
  let keys: number;
  const word = `canary${randomBytes(12).toString("hex")}`;
  const planted = `canary${randomBytes(12).toString("hex")}`;

  before(async () => {
    fixture = await replicasFixture(engine);
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
    const watches = await Promise.all([primary, replica].map(watch));
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
    const ours = (told: readonly string[]): string[] => told.filter((path) => !others.some((one) => one.test(path)));
    assert.deepEqual(ours(atPrimary), ["/var/tmp/planted"]);
    assert.deepEqual(ours(atReplica), [...ofRedisStart, "/var/tmp/planted"].sort());
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
        "redis 600\ntmpfs",
      );
    }
  });
});

interface Watch {
  /** The files that were made, written to or moved, each once. */
  end(): Promise<string[]>;
}

/** Watches the whole disk of a host, and Redis's folder, in which nothing but memory is. */
async function watch(host: Host): Promise<Watch> {
  const [script, began, ends] = ["/run/watchFiles.py", "/run/watch.began", "/run/watch.ends"];
  await shell(
    host,
    `rm -f ${began} ${ends}; cat >${script}`,
    readFileSync(join(import.meta.dirname, "watchFiles.py"), "utf8"),
  );
  const watching = host.exec(["python3", script, began, ends, "/", hostPaths.redisFolder], {
    timeoutMs: hostCommandMs,
  });
  await waitFor("the watch begins", async () => (await host.exec(["test", "-e", began])).exitCode === 0);
  return {
    end: async () => {
      await shell(host, `touch ${ends}`);
      const { exitCode, stdout, stderr } = await watching;
      assert.equal(exitCode, 0, stderr);
      return stdout
        .trim()
        .split("\n")
        .filter((line) => line !== "");
    },
  };
}

/** Which of these words stand in files of a folder, from outside of the host. */
async function found(folder: string, words: readonly string[]): Promise<string[]> {
  const options = ["--recursive", "--text", "--fixed-strings", "--only-matching", "--no-filename"];
  const { stdout } = await execa("grep", [...options, "--no-messages", "--devices=skip", "--file=-", folder], {
    input: words.join("\n"),
    reject: false,
  });
  return [...new Set(stdout.split("\n"))].filter((line) => line !== "");
}
