import assert from "node:assert/strict";
import type { Host } from "../../../lab/hosts/index.js";
import { waitFor } from "../../../lab/until.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { sentinelPort } from "../../../src/plan/ports.js";
import { shell } from "../cache/onHost.js";
import { readSecret, secretArn } from "../rotation/onHosts.js";
import { loopbackAddress, nodeAt, placeOf, settled } from "../../../lab/replicas/nodes.js";
import type { ReplicasFixture } from "./openFixture.js";

/** Writes so many values to the primary, as the application does, and waits until all nodes have them; returns how many keys there are. */
export async function fill(fixture: ReplicasFixture, name: string, count: number, value = "x"): Promise<number> {
  const { primary } = await settled(fixture);
  const { password = "" } = await readSecret(fixture, await secretArn(fixture.app));
  const lines = Array.from({ length: count }, (_, number) => `SET ${name}:${number} ${value}`);
  const answers = await shell(
    nodeAt(fixture, primary),
    `${engineProgram(fixture.choice.engine).client} -s ${hostPaths.redisSocket} | sort | uniq -c`,
    `${[`AUTH web ${password}`, ...lines].join("\n")}\n`,
  );
  assert.equal(answers, `${count + 1} OK`);
  const { keys } = await placeOf(nodeAt(fixture, primary));
  assert.ok(keys >= count);
  await allHave(fixture, keys);
  return keys;
}

/** Waits until every node has so many keys. */
export async function allHave(fixture: ReplicasFixture, keys: number): Promise<void> {
  let found: number[] = [];
  await waitFor(
    `every node has ${keys} keys`,
    async () => {
      found = (await Promise.all(fixture.nodes.map(placeOf))).map((place) => place.keys);
      return found.every((one) => one === keys);
    },
    { shown: () => found.join(", ") },
  );
}

/** What a node's Redis or Sentinel answers to its peers. */
export async function asPeer(node: Host, address: string, port: number, lines: readonly string[]): Promise<string[]> {
  const user = port === sentinelPort ? "_peer" : "_sentinel";
  const ask = `${hostPaths.scriptsFolder}/ask-peer ${address} ${port} ${user}`;
  const [signedIn, ...answers] = (await shell(node, ask, `${lines.join("\n")}\n`)).split("\n");
  assert.equal(signedIn, "OK");
  return answers;
}

/** Has another node lead than this one, by a hand-over, if it does. */
export async function leadsElsewhere(fixture: ReplicasFixture, index: number): Promise<number> {
  const { primary, replicas } = await settled(fixture);
  if (primary !== index) return primary;
  const asked = replicas[0] ?? 0;
  // A Sentinel that has only just had a takeover, or sees no replica that is good enough yet, refuses.
  await waitFor("a Sentinel has another node take over", async () => {
    const answers = await asPeer(nodeAt(fixture, asked), loopbackAddress(asked), sentinelPort, [
      "SENTINEL FAILOVER main",
    ]);
    return /^(OK|INPROG)/.test(answers[0] ?? "");
  });
  await waitFor("another node leads", async () => (await placeOf(nodeAt(fixture, index))).role === "slave");
  return (await settled(fixture)).primary;
}
