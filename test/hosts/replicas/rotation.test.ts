import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "../../../lab/hosts/index.js";
import type { Connection } from "../../../src/arguments/connection.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { unitNames } from "../../../src/host/units.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { redisPort, sentinelPort } from "../../../src/plan/ports.js";
import { configOf, shell } from "../cache/onHost.js";
import { readSecret, refresh, secretArn, type SecretFields } from "../rotation/onHosts.js";
import { publicKey } from "../rotation/stolenSecrets.js";
import { answersTo, asRootOf, receptionOf, writeStolen, type Reception, type Stolen } from "./callers.js";
import { loopbackAddress, nodeAt, settled } from "../../../lab/replicas/nodes.js";
import { describeOnReplicas, replicasFixture, type ReplicasFixture } from "./openFixture.js";
import { client, type Change } from "../../../lab/replicas/program.js";
import { asPeer } from "./values.js";
import { amiss, nothingAmiss, startWrites, told, type Writes } from "../../../lab/replicas/writes.js";

const clientPorts = [redisPort, sentinelPort];

// What depends on the tunnel is tried with one node (test/hosts/rotation).
describeOnReplicas([], "a cache with replicas, under two applications that write and read all the time", (choice) => {
  let fixture: ReplicasFixture;
  let folder: string;
  let writes: Writes[] = [];
  let guest: Stolen;
  let guestPassword: string;
  /** Of every generation so far. */
  const publicKeys = new Set<string>();
  const peerPasswords: string[] = [];

  before(async () => {
    fixture = await replicasFixture(choice);
    await settled(fixture);
    folder = mkdtempSync(join(tmpdir(), "replicas-rotation-"));
    writes = [await startWrites(fixture, "patient"), await startWrites(fixture, "plain")];
    await remember();
  });
  after(async () => {
    await Promise.allSettled(writes.map((one) => one.stop()));
    rmSync(folder, { recursive: true });
  });

  const secretOf = async (host: Host): Promise<SecretFields> => readSecret(fixture, await secretArn(host));
  /** Notes which keys the hosts have, and which password the nodes share; tells how many of the keys are new. */
  const remember = async (): Promise<number> => {
    const before = publicKeys.size;
    for (const host of [...fixture.nodes, fixture.app]) publicKeys.add(publicKey(await secretOf(host)));
    const { peerPassword = "" } = await secretOf(nodeAt(fixture, 0));
    if (peerPasswords.at(-1) !== peerPassword) peerPasswords.push(peerPassword);
    return publicKeys.size - before;
  };
  const nothingFailed = (): void => {
    for (const one of writes) {
      const { failed, errors, ended } = one.figures();
      assert.deepEqual([failed, errors, ended], [0, {}, 0]);
    }
  };
  /** Hosts look one after the other; no operation fails after each. */
  const taken = async (change: Change, order: "the nodes first" | "the application first"): Promise<void> => {
    assert.ok(Object.keys(await fixture.change(change)).length > 0);
    const hosts = [...fixture.nodes, fixture.app];
    for (const host of order === "the nodes first" ? hosts : [...hosts].reverse()) {
      await refresh(host);
      for (const one of writes) await one.goOn();
      nothingFailed();
    }
  };
  /** Where the guest's certificate gets, on each node, from the application's host. */
  const receptionsOfGuest = (): Promise<Reception[]> =>
    Promise.all(
      fixture.nodes.flatMap(({ privateIp: address }) =>
        clientPorts.map((port) => receptionOf(asRootOf(fixture.app), { address, port }, guest)),
      ),
    );
  /** Whether Redis and Sentinel of a node know the guest, who calls with the certificate of one who is admitted. */
  const signsIn = async (): Promise<string[]> => {
    const web = writeStolen(folder, "web", await secretOf(fixture.app));
    const service = (port: number) => ({ address: nodeAt(fixture, 1).privateIp, port });
    const lines = [`AUTH guest ${guestPassword}`];
    const answers = await Promise.all(
      clientPorts.map((port) => answersTo(asRootOf(fixture.app), service(port), web, lines)),
    );
    return answers.map((answer) => answer.split(" ")[0]?.trim() ?? "");
  };

  it("admits a second client, and renews every certificate with its key", async () => {
    await taken(
      { certificates: { validityHours: 2161, authorityValidityHours: 8761 }, clients: [client, "guest"] },
      "the nodes first",
    );
    const { connections } = await fixture.stack.outputs();
    const record = (connections?.value as Record<string, Connection>).guest;
    const secret = await readSecret(fixture, record?.secretArn ?? "");
    guestPassword = secret.password ?? "";
    guest = writeStolen(folder, "guest", secret);
    assert.deepEqual(new Set(await receptionsOfGuest()), new Set(["is answered"]));
    assert.deepEqual(await signsIn(), ["+OK", "+OK"]);
  });

  it("locks it out of Redis and Sentinel of each node when it is taken off the list", async () => {
    await taken({ clients: [client] }, "the nodes first");
    assert.deepEqual(new Set(await receptionsOfGuest()), new Set(["is not on its list"]));
    assert.deepEqual(await signsIn(), ["-WRONGPASS", "-WRONGPASS"]);
  });

  it("changes every key; the authority, the nodes first; then again, with the passwords, the application first; and retires what went before", async () => {
    await taken({ rotation: { keys: 2 } }, "the nodes first");
    assert.equal(await remember(), 4);
    await taken({ rotation: { authority: 2 } }, "the nodes first");
    assert.equal(await remember(), 4);
    await taken({ rotation: { authority: 3, passwords: 2 } }, "the application first");
    assert.equal(await remember(), 4);
    await taken({ rotation: { retiredAuthority: 2, retiredPasswords: 1 } }, "the nodes first");
    await remember();
    assert.equal(peerPasswords.length, 2);
  });

  it("has not failed a single operation, and lost no value", async () => {
    for (const one of writes) {
      const outcome = await one.stop();
      console.error(`      ${told(outcome)}`);
      assert.deepEqual(amiss(outcome), nothingAmiss);
    }
  });

  it("has Redis and Sentinel of every node use the nodes' new password, and take no other", async () => {
    const [retired = "", current = ""] = peerPasswords;
    for (const [index, node] of fixture.nodes.entries()) {
      assert.equal(await configOf(node, "masterauth"), current);
      const conf = await shell(node, `cat ${hostPaths.sentinelFolder}/sentinel.conf`);
      assert.match(conf, new RegExp(`^sentinel auth-pass main "?${current}"?$`, "m"));
      assert.match(conf, new RegExp(`^sentinel sentinel-pass "?${current}"?$`, "m"));
      assert.ok(!conf.includes(retired));
      for (const [port, user] of [
        [redisPort, "_sentinel"],
        [redisPort, "_replica"],
        [sentinelPort, "_peer"],
      ] as const) {
        const lines = [retired, current].map((password) => `AUTH ${user} ${password}\n`).join("");
        const answers = await shell(
          node,
          `${engineProgram(choice.engine).client} -h ${loopbackAddress(index)} -p ${port}`,
          lines,
        );
        assert.match(answers, /^WRONGPASS [^\n]*\n+OK$/);
      }
    }
  });

  it("has its links made anew with what is new: of tunnels, Sentinels and replicas that are restarted", async () => {
    for (const node of fixture.nodes) {
      await shell(node, `systemctl restart ${unitNames.tunnel} ${unitNames.sentinel}`);
      await settled(fixture);
    }
    const { replicas } = await settled(fixture);
    for (const index of replicas) await shell(nodeAt(fixture, index), `systemctl restart ${unitNames.redis}`);
    await settled(fixture);
    for (const [index, node] of fixture.nodes.entries()) {
      const told = await asPeer(node, loopbackAddress(index), sentinelPort, ["SENTINEL CKQUORUM main"]);
      assert.match(told.join("\n"), /^OK 3 usable Sentinels/);
    }
  });
});
