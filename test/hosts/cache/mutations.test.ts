import assert from "node:assert/strict";
import { assess } from "../../../src/evidence/assess.js";
import { letClockFollow } from "../../../lab/scenario/clock.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import { journalService } from "../../../src/host/journals.js";
import { unitNames } from "../../../src/host/units.js";
import { hostKinds } from "../../../src/plan/hostKinds.js";
import { targetChecks } from "../../../src/verify/verification.js";
import { batchesOf } from "../../mutations/batches.js";
import { blame, type Blame } from "../../mutations/blame.js";
import { checkName, type CheckName } from "../../mutations/checkName.js";
import { restart, told } from "../../mutations/hostChange.js";
import { appHost, claims, controlsOf, node, type HostMutation } from "../../mutations/hostMutation.js";
import { hostMutations, notBroken } from "../../mutations/hostMutations.js";
import { choicesFor, isExhaustive } from "../../support/dimensions.js";
import { brokenChecks, evidenceOf, look, type Look } from "./brokenChecks.js";
import { describeOnHosts, type TestScene } from "./scene.js";
import { whileMutated } from "./whileMutated.js";

/** Evidence that is not of these hosts. */
const plannedOtherwise: readonly (readonly [
  string,
  readonly [CheckName, ...CheckName[]],
  (evidence: Evidence) => Evidence,
])[] = [
  [
    "another interval than the deployed one",
    [node.check("configuration-drift", "the user data is the one that was planned for sessions-0")],
    (evidence) => ({ ...evidence, arguments: { ...evidence.arguments, refreshIntervalSeconds: 600 } }),
  ],
  [
    "another instance",
    [
      node.check("mutual-authentication", "the node's certificate has its name"),
      node.check("documentation", "this is a node that the report speaks of"),
    ],
    ({ deployed, ...evidence }) => ({
      ...evidence,
      deployed: {
        ...deployed,
        nodes: deployed.nodes.map((node) => ({ ...node, instanceId: "i-0123456789abcdef0" })),
      },
    }),
  ],
];

/** They are tried alone: what mends them starts the tunnel anew, with whatever others have made of its files by then. */
const endJournals = (["node", "appHost"] as const).map((on): HostMutation => {
  const { check } = { node, appHost }[on];
  return {
    on,
    what: "end the journal that the tunnel writes to",
    breaks: [check("connection-log", "the tunnel that runs writes to its journal")],
    change: told(unitNames.tunnel, `systemctl stop ${journalService("tunnel")}`, restart("tunnel")),
  };
});

/** With the tunnel that the seed chooses everything is tried; with others what depends on the tunnel. */
const withAll = choicesFor([]).map(({ tunnel }) => tunnel);

describeOnHosts(["tunnel"], "verify on hosts that somebody has changed", (scene, tunnel, { operatingSystem }) => {
  let here: TestScene;
  let evidence: Evidence;
  /** The hosts as they were before anything was done to them. */
  let untouched: Look;
  /** The checks that a mutation has broken. */
  const broken = new Set<CheckName>();
  before(async () => {
    here = await scene();
    evidence = await evidenceOf(here);
    await letClockFollow(here.node);
    untouched = await look(here, evidence);
    assert.deepEqual(brokenChecks(untouched, evidence), new Map());
  });

  /** Does all of these, looks once, and tells what was found too little or too much. */
  const attempt = async (mutations: readonly HostMutation[]): Promise<string | undefined> => {
    const { node, appHost } = here;
    await letClockFollow(node);
    const looked = await whileMutated({ node, appHost }, mutations, () => look(here, evidence)).catch(String);
    if (typeof looked === "string") return looked;
    const found = brokenChecks(looked, evidence);
    for (const check of found.keys()) broken.add(check);
    const declared = mutations.flatMap(({ breaks }) => breaks);
    if (sameMembers([...found.keys()], declared)) return undefined;
    return `Not ${declared.join(", ")} alone, but: ${JSON.stringify([...found], undefined, 2)}`;
  };

  const mutations = hostMutations(tunnel, operatingSystem);
  const tried = mutations.filter(({ ofTunnel }) => ofTunnel ?? withAll.includes(tunnel));
  const batches = batchesOf(tried, claims, isExhaustive);
  const blamed = new Map<readonly HostMutation[], Promise<Blame<HostMutation, string>[]>>();
  /** Whom a batch's fault is of; each batch is tried once, when the first of its mutations comes. */
  const blameOf = (batch: readonly HostMutation[]): Promise<Blame<HostMutation, string>[]> => {
    const known = blamed.get(batch) ?? blame(batch, attempt);
    blamed.set(batch, known);
    return known;
  };

  for (const mutation of tried) {
    const { on, what } = mutation;
    const title = `${mutations.indexOf(mutation) + 1}. ${on}: ${what}`;
    it(`${title}: ${controlsOf(mutation).join(", ")} and nothing else`, async () => {
      for (const batch of batches.filter((one) => one.includes(mutation))) {
        for (const { things, fault } of await blameOf(batch))
          assert.ok(!things.includes(mutation), `${things.map((one) => one.what).join(" and ")}: ${fault}`);
      }
    });
  }

  it("node and appHost: end the journal that the tunnel writes to: connection-log and nothing else", async () => {
    assert.equal(await attempt(endJournals), undefined);
  });

  if (withAll.includes(tunnel)) {
    for (const [what, breaks, change] of plannedOtherwise) {
      it(`evidence of ${what}: ${controlsOf({ breaks }).join(", ")} and nothing else`, () => {
        const other = change(evidence);
        // The same is asked, and other answers are expected.
        for (const target of hostKinds)
          assert.deepEqual(targetChecks(other, target).commands, targetChecks(evidence, target).commands);
        assert.deepEqual([...brokenChecks(untouched, other).keys()], breaks);
        for (const check of breaks) broken.add(check);
      });
    }
  }

  it("finds nothing any more once all of it is undone", async () => {
    await letClockFollow(here.node);
    assert.deepEqual(brokenChecks(await look(here, evidence), evidence), new Map());
  });

  if (withAll.includes(tunnel)) {
    it("has no check that no mutation has broken, but for those that can't be", () => {
      const never = assess(evidence).controls.flatMap(({ id, checks }) =>
        checks.flatMap((check) => {
          const targets = check.by === "host" ? check.hosts : [];
          return targets.some((target) => !broken.has(checkName(target, id, check.shows))) ? [check.shows] : [];
        }),
      );
      assert.deepEqual([...new Set(never)].sort(), Object.keys(notBroken).sort());
    });
  }
});

function sameMembers(some: readonly CheckName[], others: readonly CheckName[]): boolean {
  return new Set([...some, ...others]).size === some.length && some.length === new Set(others).size;
}
