import assert from "node:assert/strict";
import { assess, type AssessedControl } from "../../../src/evidence/assess.js";
import type { Control } from "../../../src/evidence/control.js";
import { controls } from "../../../src/evidence/controls/index.js";
import { rules } from "../../../src/policy/rules.js";
import { awsMutations } from "../../mutations/awsMutations.js";
import { controlOf } from "../../mutations/checkName.js";
import { controlsOf, type HostMutation } from "../../mutations/hostMutation.js";
import { hostMutations } from "../../mutations/hostMutations.js";
import { replicaMutations } from "../../mutations/replicaMutations.js";
import { statements } from "../../mutations/statements/index.js";
import type { Claim, Finders } from "../../mutations/statements/statement.js";
import { replicated, sampleEvidence, sharded } from "../../support/sample.js";
import { changingValues } from "../evidence/controlText.js";
import { mutations as programMutations } from "../policy/mutations.js";
import { answers } from "../verify/answers/index.js";
import { clusterAnswers } from "../verify/answers/cluster.js";
import { replicationAnswers } from "../verify/answers/replication.js";

const assessed = new Map<string, readonly AssessedControl[]>();

/** What a control says of a cache with these arguments. */
function said(id: string, { of = {} }: Claim): AssessedControl {
  const key = JSON.stringify(of);
  const known = assessed.get(key) ?? assess(sampleEvidence(of)).controls;
  assessed.set(key, known);
  const control = known.find((one) => one.id === id);
  assert.ok(control, id);
  return control;
}

function statementsOf({ demand, how }: AssessedControl): readonly string[] {
  return [demand, ...how];
}

function wordsOf(control: AssessedControl): readonly string[] {
  return [...statementsOf(control), control.risk.remains, control.risk.mitigation];
}

function stands(words: string, texts: readonly string[]): boolean {
  return texts.some((text) => text.includes(words));
}

/** Claims of a node are the same for each, and are claimed of the first. */
function isOfOneNode(part: string): boolean {
  return /^((Instance i-\w+ \(|Subnet |Node |The user data of |The role of )?sessions-\d\b)/.test(part);
}

/** The sample's cache, or one that has the control. */
function anyOf(id: string): Claim {
  const { onlyWith }: Control = controls.find((one) => one.id === id) ?? assert.fail(id);
  return { claim: "", ...(onlyWith === undefined ? {} : { of: replicated() }) };
}

/** The parts of a text that can each be claimed: no more than a sentence, or a half of one. */
function partsOf(text: string): string[] {
  return text.split(/(?<=[.;]) /);
}

/** The control itself, and those that its words name as the place where more is looked at. */
function seeing(control: AssessedControl): ReadonlySet<string> {
  const text = wordsOf(control).join("\n");
  return new Set(controls.map(({ id }) => id).filter((id) => id === control.id || isNamed(id, text)));
}

/** In brackets: (`operator-audit`), or one of several there. */
function isNamed(id: string, text: string): boolean {
  return new RegExp(`\\(([a-z\`-]+, )*\`?${id}\`?(, [a-z\`-]+)*\\)`).test(text);
}

/** The controls whose checks find a mutation; none where there is no such mutation. */
type Find = (name: string) => readonly string[];

function onHost(on: HostMutation["on"]): Find {
  return (name) =>
    hostMutations("haproxy")
      .filter((one) => one.on === on && one.what === name)
      .flatMap(controlsOf);
}

function onReplica(name: string): string[] {
  return replicaMutations("haproxy")
    .filter(({ what }) => what === name)
    .flatMap(controlsOf);
}

const controlOfRule = new Map(rules.map(({ name, control }) => [name, control]));

const finds: Readonly<Record<"node" | "replica" | "appHost" | "aws" | "program", Find>> = {
  node: onHost("node"),
  replica: onReplica,
  appHost: onHost("appHost"),
  aws: (name) => awsMutations.filter(({ what }) => what === name).map(({ breaks }) => controlOf(breaks)),
  program: (name) =>
    programMutations.filter(({ rule }) => rule === name).map(({ rule }) => controlOfRule.get(rule) ?? rule),
};

/** What of these is not there, or breaks nothing that the control, or one that it names, looks at. */
function missing(control: AssessedControl, finders: Finders): string[] {
  const seen = seeing(control);
  const byName = (["node", "replica", "appHost", "aws", "program"] as const).flatMap((kind) =>
    (finders[kind] ?? []).filter((name) => !finds[kind](name).some((id) => seen.has(id))),
  );
  const byAnswer = (finders.answers ?? [])
    .filter(([shows, answer]) => ![...seen].some((id) => isRefused(id, shows, answer)))
    .map(([shows, answer]) => `${shows}: ${answer}`);
  const attested = (finders.attested ?? []).filter(
    (shows) => !control.checks.some((check) => check.by === "person" && check.shows === shows),
  );
  return [...byName, ...byAnswer, ...attested];
}

function isRefused(id: string, shows: string, answer: string): boolean {
  return [answers, replicationAnswers, clusterAnswers]
    .flatMap((all) => all[id] ?? [])
    .some(([name, , ...not]) => name === shows && not.includes(answer));
}

function count(finders: Finders = {}): number {
  return Object.values(finders).flat().length;
}

/** In the words of the table, which has no value that another version changes. */
const values = changingValues(assess(sampleEvidence()));

describe("what controls claim", () => {
  it("is in the table for every control, and for nothing else", () => {
    assert.deepEqual(Object.keys(statements).sort(), controls.map(({ id }) => id).sort());
  });

  for (const [id, claims] of Object.entries(statements)) {
    it(`stands in the control's words: ${id}`, () => {
      for (const one of claims) assert.ok(stands(one.claim, statementsOf(said(id, one))), one.claim);
    });

    it(`is all that it says: ${id}`, () => {
      const control = said(id, anyOf(id));
      const text = (part: string): string => values.reduce((all, [name, value]) => all.replaceAll(value, name), part);
      const open = statementsOf(control)
        .flatMap(partsOf)
        .filter((part) => !claims.some(({ claim }) => part.includes(claim) || claim.includes(part)));
      assert.deepEqual(open.map(text), []);
    });

    for (const [what, of] of Object.entries({ replicas: replicated(), shards: sharded() }))
      it(`is all that it says of a cache with ${what}, beside what it says of one node and of each: ${id}`, () => {
        const alone = statementsOf(said(id, anyOf(id))).flatMap(partsOf);
        const open = statementsOf(said(id, { claim: "", of }))
          .flatMap(partsOf)
          .filter((part) => !alone.includes(part) && !isOfOneNode(part))
          .filter((part) => !claims.some(({ claim }) => part.includes(claim) || claim.includes(part)));
        assert.deepEqual(open, []);
      });

    it(`is found when it is not so, or is said to be seen by no check: ${id}`, () => {
      for (const one of claims) {
        const control = said(id, one);
        const { claim, found = {}, swapped = {}, unseen, noState } = one;
        assert.deepEqual(missing(control, found), [], claim);
        assert.deepEqual(missing(control, swapped), [], claim);
        if (unseen !== undefined) assert.ok(stands(unseen, wordsOf(control)), unseen);
        assert.ok(count(found) + count(swapped) > 0 || unseen !== undefined || noState !== undefined, claim);
      }
    });
  }

  for (const [id, claims] of Object.entries(statements))
    if (said(id, anyOf(id)).checks.some(({ by }) => by === "aws"))
      it(`has something in it that is put in the place of another of its kind: ${id}`, () => {
        assert.ok(claims.some(({ swapped }) => count(swapped) > 0));
      });
});
