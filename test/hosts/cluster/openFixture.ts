import { openReplicas, type OpenReplicas, type ReplicasFixture } from "../../../lab/replicas/openReplicas.js";
import { withShards } from "../../../lab/replicas/program.js";
import { nameOf, type Choice } from "../../../lab/scenario/dimensions.js";
import { localStackOfRun } from "../../support/localStack.js";
import { undoAll } from "../../support/undoAll.js";
import { stopTimer, stopTimers } from "../rotation/onHosts.js";

export type { ReplicasFixture } from "../../../lab/replicas/openReplicas.js";

const cleanUps: (() => unknown)[] = [];
const opened = new Map<string, Promise<OpenReplicas>>();

/**
 * The fixture of a choice, made by the first who asks, and taken away when all tests are done. Its hosts look for a new secret when a test
 * has them look.
 */
export async function clusterFixture(choice: Choice): Promise<ReplicasFixture> {
  const opening = opened.get(nameOf(choice)) ?? open(choice);
  opened.set(nameOf(choice), opening);
  const [fixture] = (await opening).fixtures;
  if (fixture === undefined) throw new Error(`There is no fixture of ${nameOf(choice)}.`);
  return fixture;
}

after("take the hosts of clusters away", async function () {
  this.timeout(120_000);
  await Promise.allSettled(opened.values());
  await undoAll(cleanUps, "Not everything could be taken away");
});

async function open(choice: Choice): Promise<OpenReplicas> {
  const localStack = await localStackOfRun(say);
  cleanUps.push(() => localStack.stop());
  const hosts = await openReplicas([{ choice, shape: withShards }], {
    endpoint: localStack.endpoint,
    progress: say,
    booted: stopTimer,
  });
  cleanUps.push(() => hosts.close());
  for (const { nodes, app } of hosts.fixtures) await stopTimers([...nodes, app]);
  return hosts;
}

function say(line: string): void {
  console.error(`      ${line}`);
}
