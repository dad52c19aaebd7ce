import assert from "node:assert/strict";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import { actionsOn } from "../../../src/policy/takeovers.js";
import { resource } from "./stack.js";
import { judged, madeBy } from "./verdicts.js";

const rules = {
  "secretsmanager secret": ["cache-secret-readers", aws.secret],
  "kms key": ["cache-key-users", aws.kmsKey],
  "iam role": ["cache-role-alone", aws.role],
} as const;

describe("the actions that AWS lists for what is a cache's", () => {
  it("are each listed once, refused or let pass", () => {
    const all = actionsOn.flatMap(({ refused, passed }) => [refused, passed].flatMap((by) => Object.values(by).flat()));
    assert.equal(new Set(all).size, all.length);
    for (const action of all) assert.match(action, /^(secretsmanager|kms|iam|sts):[A-Z]\w+$/);
  });

  for (const { resource: kind, refused, passed } of actionsOn) {
    const [rule, type] = rules[kind as keyof typeof rules];
    const [arn, own] = ["arn:aws:x:us-east-1:1:y/own", "arn:aws:x:us-east-1:1:y/other"];
    const targets = [madeBy("HipaaRedisCache", type, { id: "own", arn })];
    const on = (Action: string, Resource: string): string => {
      const policy = JSON.stringify({ Statement: [{ Effect: "Allow", Action, Resource }] });
      return judged(rule, resource(aws.policy, { policy }), targets).split(":")[0] ?? "";
    };

    it(`are refused on a cache's ${kind} where somebody gets, changes or takes it away; on another they pass`, () => {
      for (const action of Object.values(refused).flat())
        assert.deepEqual([on(action, arn), on(action, own)], ["wrong", "compliant"], action);
    });

    it(`pass on a cache's ${kind} where they do nothing of that`, () => {
      for (const action of Object.values(passed).flat()) assert.equal(on(action, arn), "compliant", action);
    });
  }
});
