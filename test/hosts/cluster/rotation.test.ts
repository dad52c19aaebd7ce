import assert from "node:assert/strict";
import { asNode, settled } from "../../../lab/cluster/nodes.js";
import { amiss, nothingAmiss, whileWriting, told } from "../../../lab/replicas/writes.js";
import type { Change } from "../../../lab/replicas/program.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { unitNames } from "../../../src/host/units.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { describeOver } from "../../support/dimensions.js";
import { configOf, shell } from "../cache/onHost.js";
import { readSecret, refresh, secretArn } from "../rotation/onHosts.js";
import { publicKey } from "../rotation/stolenSecrets.js";
import { clusterFixture, type ReplicasFixture } from "./openFixture.js";

// What hosts do with each kind of change, and what depends on the tunnel, is tried with one node (test/hosts/rotation).
describeOver([], "a cluster whose trust changes under load", (choice) => {
  let fixture: ReplicasFixture;
  before(async () => {
    fixture = await clusterFixture(choice);
    await settled(fixture);
  });

  const passwordOfPeers = async (): Promise<string> => {
    const [node] = fixture.nodes;
    assert.ok(node);
    return (await readSecret(fixture, await secretArn(node))).peerPassword ?? "";
  };
  const publicKeys = (): Promise<string[]> =>
    Promise.all(
      [...fixture.nodes, fixture.app].map(async (host) => publicKey(await readSecret(fixture, await secretArn(host)))),
    );

  it("changes every key, the authority and all passwords, and retires what went before: nothing is lost, and nothing fails", async () => {
    const [former, formerKeys] = [await passwordOfPeers(), await publicKeys()];
    const { outcome } = await whileWriting(fixture, "plain", async (writes) => {
      const taken = async (change: Change): Promise<void> => {
        await fixture.change(change);
        for (const host of [...fixture.nodes, fixture.app]) await refresh(host);
        await writes.goOn();
        assert.deepEqual([writes.figures().failed, writes.figures().errors], [0, {}]);
      };
      await taken({ rotation: { authority: 2, passwords: 2 } });
      await taken({ rotation: { retiredAuthority: 1, retiredPasswords: 1 } });
    });
    console.error(`      ${told(outcome)}`);
    assert.deepEqual(amiss(outcome), nothingAmiss);
    assert.equal(new Set([...formerKeys, ...(await publicKeys())]).size, 2 * formerKeys.length);

    const current = await passwordOfPeers();
    assert.notEqual(current, former);
    for (const node of fixture.nodes) {
      assert.equal(await configOf(node, "masterauth"), current);
      for (const user of ["_node", "_replica"]) {
        const lines = [former, current].map((password) => `AUTH ${user} ${password}\n`).join("");
        const ask = `. ${hostPaths.replicationEnvironment}; ${engineProgram(choice.engine).client} -h "$HIPAA_REDIS_SELF"`;
        assert.match(await shell(node, ask, lines), /^WRONGPASS [^\n]*\n+OK$/);
      }
    }
  });

  it("has its links made anew with what is new: of tunnels, of the bus, and of replicas", async () => {
    for (const node of fixture.nodes) {
      await shell(node, `systemctl restart ${unitNames.tunnel}`);
      await settled(fixture);
    }
    const sent = await Promise.all(fixture.nodes.map((node) => asNode(node, ["CLUSTER INFO"])));
    for (const one of sent) assert.match(one, /^cluster_state:ok/m);
  });
});
