import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { awsTypes as aws } from "../../../src/policy/awsTypes.js";
import { hipaaRedisPolicies } from "../../../src/policy/index.js";
import { rules } from "../../../src/policy/rules.js";
import type { PolicyRun } from "../../../src/policy/runRecord.js";
import { checkPolicyRun } from "../../../src/verify/bundle/policyRun.js";

type Both = Partial<ResourceValidationPolicy & StackValidationPolicy> & { name: string };

describe("the policy pack's record of its run", () => {
  let folder: string;
  let path: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "policy-run-"));
    path = join(folder, "run.json");
  });
  afterEach(() => {
    rmSync(path, { force: true });
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const packOf = (variable: string | undefined): readonly Both[] => {
    const { HIPAA_REDIS_POLICY_RECORD: before } = process.env;
    if (variable === undefined) delete process.env.HIPAA_REDIS_POLICY_RECORD;
    else process.env.HIPAA_REDIS_POLICY_RECORD = variable;
    try {
      return hipaaRedisPolicies();
    } finally {
      if (before === undefined) delete process.env.HIPAA_REDIS_POLICY_RECORD;
      else process.env.HIPAA_REDIS_POLICY_RECORD = before;
    }
  };

  interface Resource {
    readonly type: string;
    readonly name: string;
    readonly props: Record<string, unknown>;
  }

  /** A run of the engine's: each resource to each policy, and at the end the whole stack, but for what is switched off. */
  const run = (
    resources: readonly Resource[],
    switchedOff: readonly string[] = [],
    toTheEnd = true,
    pack = packOf(path),
  ): void => {
    const policies = pack.filter(({ name }) => !switchedOff.includes(name));
    const all = resources.map((one) => ({ ...one, urn: `urn:${one.name}`, propertyDependencies: {} }));
    for (const resource of all)
      for (const { validateResource } of policies)
        if (typeof validateResource === "function")
          void validateResource(resource as unknown as ResourceValidationArgs, () => undefined);
    if (!toTheEnd) return;
    const stack = { resources: all as unknown as PolicyResource[] };
    for (const { validateStack } of policies)
      void validateStack?.(stack as Parameters<NonNullable<typeof validateStack>>[0], () => undefined);
  };
  const record = (): PolicyRun => JSON.parse(readFileSync(path, "utf8")) as PolicyRun;

  const key = (enableKeyRotation: unknown): Resource => ({
    type: aws.kmsKey,
    name: "key",
    props: { enableKeyRotation, description: "not in the record" },
  });
  const cache: Resource = { type: "pulumi-hipaa-redis:index:HipaaRedisCache", name: "sessions", props: {} };

  it("has every rule, how often it was asked, and every resource, without its properties", () => {
    run([key(true), cache]);
    const { rules: judged, resources, outcome, violations, undecided, switchedOff, stackJudged, date } = record();
    assert.deepEqual(
      judged.map(({ name, enforcementLevel }) => `${name} ${enforcementLevel}`),
      [...rules.map(({ name }) => `${name} mandatory`), "not-known-yet advisory"],
    );
    assert.deepEqual(
      new Set(judged.map(({ scope, asked }) => `${scope} ${asked}`)),
      new Set(["resource 2", "stack 1", "both 3"]),
    );
    assert.deepEqual(resources, [
      { type: aws.kmsKey, name: "key", urn: "urn:key" },
      { type: cache.type, name: "sessions", urn: "urn:sessions" },
    ]);
    assert.deepEqual([outcome, violations, undecided, switchedOff, stackJudged], ["no violations", [], [], [], true]);
    assert.ok(!Number.isNaN(Date.parse(date)));
    assert.ok(!readFileSync(path, "utf8").includes("not in the record"));
    assert.deepEqual(readdirSync(folder), ["run.json"]);
  });

  it("has each violation, and what could not be judged yet, once", () => {
    const later = {
      get enableKeyRotation(): never {
        throw new Error("unknown");
      },
    };
    run([key(false), { ...key(true), name: "later", props: later }]);
    const { outcome, violations, undecided } = record();
    assert.equal(outcome, "violations");
    assert.deepEqual(
      violations.map(({ rule, urn }) => [rule, urn]),
      [["kms-key-rotation-enabled", "urn:key"]],
    );
    assert.match(violations[0]?.message ?? "", /enableKeyRotation/);
    assert.deepEqual(
      undecided.map(({ rule, urn }) => [rule, urn]),
      [["not-known-yet", "urn:later"]],
    );
  });

  it("has what was switched off, of both kinds of rules", () => {
    const off = ["kms-key-rotation-enabled", "vpc-flow-logs-enabled"];
    run([key(false)], off);
    assert.deepEqual([[...record().switchedOff].sort(), record().violations], [off, []]);
  });

  it("has a violation that ended the run, and takes no rule of stacks for switched off that it did not come to", () => {
    run([key(false)], [], false);
    const { stackJudged, switchedOff, violations } = record();
    assert.equal(stackJudged, false);
    assert.equal(violations.length, 1);
    const ofStacks = rules.flatMap((rule) => ("judgeInStack" in rule ? [rule.name] : []));
    assert.deepEqual(
      switchedOff.filter((name) => ofStacks.includes(name)),
      [],
    );
  });

  it("is one that a bundle of that cache takes", () => {
    run([key(true), cache]);
    checkPolicyRun("--policy-record", path, record(), "sessions");
    assert.throws(
      () => {
        checkPolicyRun("--policy-record", path, record(), "billing");
      },
      { message: /saw no cache billing/ },
    );
  });

  it("is written only where it was asked for, to an absolute path, and its absence is an error", () => {
    run([key(false)], [], true, packOf(undefined));
    run([key(false)], [], true, packOf(""));
    assert.ok(!existsSync(path));
    assert.throws(() => packOf("run.json"), {
      message: /^HIPAA_REDIS_POLICY_RECORD: got "run\.json"\. Give an absolute path/,
    });
    assert.throws(
      () => {
        run([key(false)], [], true, packOf("/nowhere/run.json"));
      },
      { code: "ENOENT" },
    );
  });
});
