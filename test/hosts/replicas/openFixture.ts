import { openReplicas, type OpenReplicas, type ReplicasFixture } from "../../../lab/replicas/openReplicas.js";
import { withReplicas } from "../../../lab/replicas/program.js";
import { nameOf, type Choice, type Dimension } from "../../../lab/scenario/dimensions.js";
import { choicesFor, describeOver, isExhaustive } from "../../support/dimensions.js";
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

/** Declares tests on the booted caches with replicas, over the dimensions that they depend on. */
export function describeOnReplicas(
  dependsOn: readonly Dimension[],
  title: string,
  tests: (choice: Choice) => void,
): void {
  describeOver(dependsOn, title, tests, replicasChoices(dependsOn));
}

/** Of the second tunnel a cache of the older release, which goes to the newer one when all else has been tried on it (versions.test.ts). */
export function replicasChoices(dependsOn: readonly Dimension[]): Choice[] {
  return choicesFor(dependsOn).map((choice, index) =>
    isExhaustive || index === 0 ? choice : { ...choice, operatingSystem: "debian-12", engine: "redis" },
  );
}

async function open(): Promise<OpenReplicas> {
  const localStack = await localStackOfRun(say);
  cleanUps.push(() => localStack.stop());
  const openings = replicasChoices(["tunnel"]).map((choice) => ({ choice, shape: withReplicas }));
  const replicas = await openReplicas(openings, { endpoint: localStack.endpoint, progress: say });
  cleanUps.push(() => replicas.close());
  return replicas;
}

function say(line: string): void {
  console.error(`      ${line}`);
}
