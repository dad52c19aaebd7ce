import { openReplicas, type OpenReplicas, type ReplicasFixture } from "../../../lab/replicas/openReplicas.js";
import { withReplicas } from "../../../lab/replicas/program.js";
import { nameOf, type Choice } from "../../../lab/scenario/dimensions.js";
import { choicesFor } from "../../support/dimensions.js";
import { localStackOfRun } from "../../support/localStack.js";
import { undoAll } from "../../support/undoAll.js";

export type { ReplicasFixture } from "../../../lab/replicas/openReplicas.js";

const cleanUps: (() => unknown)[] = [];
let opened: Promise<OpenReplicas> | undefined;

/** The fixture of a choice; with every tunnel one is made by the first who asks, and taken away when all tests are done. */
export async function replicasFixture(choice: Choice): Promise<ReplicasFixture> {
  opened ??= open();
  const found = (await opened).fixtures.find((fixture) => nameOf(fixture.choice) === nameOf(choice));
  if (found === undefined) throw new Error(`There is no fixture of ${nameOf(choice)}.`);
  return found;
}

after("take the hosts of replicas away", async function () {
  this.timeout(120_000);
  await opened?.catch(() => undefined);
  await undoAll(cleanUps, "Not everything could be taken away");
});

async function open(): Promise<OpenReplicas> {
  const localStack = await localStackOfRun(say);
  cleanUps.push(() => localStack.stop());
  const openings = choicesFor(["tunnel"]).map((choice) => ({ choice, shape: withReplicas }));
  const replicas = await openReplicas(openings, { endpoint: localStack.endpoint, progress: say });
  cleanUps.push(() => replicas.close());
  return replicas;
}

function say(line: string): void {
  console.error(`      ${line}`);
}
