import assert from "node:assert/strict";
import type { Host } from "../../../lab/hosts/index.js";
import { letClockFollow } from "../../../lab/scenario/clock.js";
import { handsOver, sentinelsReachEachOther, settled } from "../../../lab/replicas/nodes.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import { blame, type Blame } from "../../mutations/blame.js";
import { eachNodeMutations } from "../../mutations/eachNodeMutations.js";
import { layInRows } from "../../mutations/grid.js";
import { changedBy } from "../../mutations/hostChange.js";
import { controlsOf, type MutationThere } from "../../mutations/hostMutation.js";
import { changedReplica, replicaMutations } from "../../mutations/replicaMutations.js";
import { choicesFor } from "../../support/dimensions.js";
import { whileMutated } from "../cache/whileMutated.js";
import { findersOf, foundOn } from "./foundBy.js";
import { describeOnReplicas, replicasFixture, type ReplicasFixture } from "./openFixture.js";

const nodes = ["sessions-0", "sessions-1", "sessions-2"] as const;

/** Something that is done to one of the nodes. */
type NodeMutation = MutationThere & { readonly on: (typeof nodes)[number] };

/** With the tunnel that the seed chooses everything is tried; with the other what depends on the tunnel. */
const withAll = choicesFor([]).map(({ tunnel }) => tunnel);

describeOnReplicas(["tunnel"], "verify on the hosts of a cache with replicas", (choice) => {
  const { tunnel } = choice;
  let fixture: ReplicasFixture;
  let evidence: Evidence;
  before(async () => {
    fixture = await replicasFixture(choice);
    evidence = (await fixture.stack.outputs()).evidence?.value as Evidence;
    await handsOver(fixture, nodes.indexOf(changedReplica));
  });

  /** Once all nodes know each other again. */
  const look = async (): Promise<ReadonlyMap<string, string>> => {
    await settled(fixture);
    await sentinelsReachEachOther(fixture);
    await Promise.all(fixture.nodes.map(letClockFollow));
    return foundOn(fixture, evidence);
  };

  it("finds nothing on any node, nor on the app host", async () => {
    assert.deepEqual(await look(), new Map());
  });

  /** Does all of these, looks once, and tells what was found too little or too much. */
  const attempt = async (mutations: readonly NodeMutation[]): Promise<string | undefined> => {
    const hosts = Object.fromEntries(fixture.nodes.map((node) => [node.name, node])) as Record<
      NodeMutation["on"],
      Host
    >;
    const found = await whileMutated(hosts, mutations, look).catch(String);
    if (typeof found === "string") return found;
    const declared = mutations.flatMap(foundBy);
    const missed = declared.filter((one) => !found.has(one));
    const more = [...found].filter(([one]) => !declared.some((other) => one === other));
    if (missed.length + more.length === 0) return undefined;
    return `Not found: ${missed.join(", ")}; found besides: ${JSON.stringify(more, undefined, 2)}`;
  };

  const mutations: NodeMutation[] = [
    ...replicaMutations(tunnel).map((mutation): NodeMutation => ({ ...mutation, on: changedReplica })),
    ...nodes.flatMap((on) => eachNodeMutations(tunnel).map((mutation): NodeMutation => ({ ...mutation, on }))),
  ];
  const tried = mutations.filter(({ ofTunnel }) => ofTunnel ?? withAll.includes(tunnel));
  const batches = layInRows(tried, claims);
  const blamed = new Map<readonly NodeMutation[], Promise<Blame<NodeMutation, string>[]>>();
  /** Whom a batch's fault is of; each batch is tried once, when the first of its mutations comes. */
  const blameOf = (batch: readonly NodeMutation[]): Promise<Blame<NodeMutation, string>[]> => {
    const known = blamed.get(batch) ?? blame(batch, attempt);
    blamed.set(batch, known);
    return known;
  };

  for (const mutation of tried) {
    it(`${mutation.on}: ${mutation.what}: ${controlsOf(mutation).join(", ")} and nothing else`, async () => {
      for (const batch of batches.filter((one) => one.includes(mutation))) {
        for (const { things, fault } of await blameOf(batch))
          assert.ok(
            !things.includes(mutation),
            `${things.map(({ on, what }) => `${on}: ${what}`).join(" and ")}: ${fault}`,
          );
      }
    });
  }

  it("finds nothing any more once all of it is undone", async () => {
    assert.deepEqual(await look(), new Map());
  });
});

function foundBy({ on, breaks }: NodeMutation): string[] {
  return breaks.flatMap((check) => findersOf(check, on, nodes));
}

/** What no two mutations of one batch may have in common. */
function claims(mutation: NodeMutation): string[] {
  return [...foundBy(mutation), `${mutation.on}: ${changedBy(mutation.change)}`];
}
