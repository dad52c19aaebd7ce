import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { ResourceTransform } from "@pulumi/pulumi";
import type { EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { ensureEngine } from "../../lab/engine/ensureEngine.js";
import { destroy, up } from "../../lab/engine/operations.js";
import { policyPackFolder } from "../../lab/plugins/policyPackFolder.js";
import { openQuickstart } from "../../lab/scenario/quickstart.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import type { PolicyRun } from "../../src/policy/runRecord.js";
import { checkPolicyRun } from "../../src/verify/bundle/policyRun.js";
import { sampleArguments } from "../support/sample.js";
import { localStack, withStack } from "./support.js";

/** A network and a cache, and beside them a security group that `port` of the world reaches. */
function program(
  port: number,
  groupId: (own: SecurityGroup, cache: HipaaRedisCache) => SecurityGroup["id"],
  transforms: ResourceTransform[] = [],
): PulumiFn {
  return () => {
    const network = new HipaaNetwork("clinic", {
      cidrBlock: "10.0.0.0/16",
      availabilityZones: ["us-east-1a"],
    });
    const { vpcId, cacheSubnets: subnets } = network;
    const cache = new HipaaRedisCache("sessions", { ...sampleArguments, vpcId, subnets }, { transforms });
    const own = new SecurityGroup("own", { vpcId });
    new SecurityGroupIngressRule("open", {
      securityGroupId: groupId(own, cache),
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrIpv4: "0.0.0.0/0",
    });
    return Promise.resolve({});
  };
}

const widen: ResourceTransform = ({ name, props, opts }) =>
  name.startsWith("sessions-apps-to-redis") ? { props: { ...props, cidrIpv4: "10.0.0.0/8" }, opts } : undefined;

interface Told {
  /** `<rule> <resource>`, sorted. */
  readonly mandatory: string[];
  readonly advisory: string[];
  readonly failed: boolean;
}

describe("the policy pack, run by the real engine on LocalStack", () => {
  let policyPacks: string[];
  let records: string;
  before(async () => {
    const engine = await ensureEngine(() => undefined);
    policyPacks = [policyPackFolder(engine, join(repositoryRoot, "examples/policy-pack"))];
    records = mkdtempSync(join(tmpdir(), "policy-record-"));
    process.env.HIPAA_REDIS_POLICY_RECORD = join(records, "run.json");
  });
  after(() => {
    delete process.env.HIPAA_REDIS_POLICY_RECORD;
    rmSync(records, { recursive: true });
  });
  const record = (): PolicyRun => JSON.parse(readFileSync(join(records, "run.json"), "utf8")) as PolicyRun;

  const run = async (stack: Stack, operation: "preview" | "up", what?: PulumiFn): Promise<Told> => {
    const events: string[] = [];
    const onEvent = ({ policyEvent }: EngineEvent): void => {
      if (policyEvent === undefined) return;
      const { enforcementLevel, policyName, resourceUrn } = policyEvent;
      events.push(`${enforcementLevel} ${policyName} ${resourceUrn?.split("::").at(-1) ?? ""}`);
    };
    const program = what === undefined ? {} : { program: what };
    const options = { ...program, policyPacks, onEvent };
    const running = operation === "up" ? up(stack, options) : stack.preview(options);
    const failed = await running.then(
      () => false,
      (error: unknown) => {
        // Anything but the policies' own refusal is a fault of the test.
        if (!events.some((line) => line.startsWith("mandatory"))) throw error;
        return true;
      },
    );
    const at = (level: string): string[] =>
      events
        .filter((line) => line.startsWith(`${level} `))
        .map((line) => line.slice(level.length + 1))
        .sort();
    return { mandatory: at("mandatory"), advisory: at("advisory"), failed };
  };

  it("lets the quickstart pass, and tells in the preview what it cannot judge before the update", async () => {
    const folder = mkdtempSync(join(tmpdir(), "policy-pack-"));
    const { endpoint } = await localStack();
    const stackName = "policy-pack-test";
    const options = { stackName, endpoint, folder, plugins: "local" as const, progress: () => undefined };
    const { stack } = await openQuickstart(options);
    try {
      const preview = await run(stack, "preview");
      assert.deepEqual(preview.mandatory, []);
      assert.ok(preview.advisory.includes("not-known-yet clinic-flow-log"));
      assert.ok(preview.advisory.every((line) => line.startsWith("not-known-yet ")));
      assert.deepEqual(await run(stack, "up"), { mandatory: [], advisory: [], failed: false });
    } finally {
      await destroy(stack);
      await stack.workspace.removeStack(stackName);
      rmSync(folder, { recursive: true });
    }
  });

  it("refuses a rule that opens 6379 to the world, by that rule's name and no other; 443 passes", async () => {
    const own = (group: SecurityGroup): SecurityGroup["id"] => group.id;
    await withStack("policy", program(6379, own), async (stack) => {
      const { mandatory, failed } = await run(stack, "preview");
      assert.deepEqual({ mandatory, failed }, { mandatory: ["redis-port-not-public open"], failed: true });
      assert.deepEqual(
        record().violations.map(({ rule, urn }) => `${rule} ${urn.split("::").at(-1) ?? ""}`),
        ["redis-port-not-public open"],
      );
      // The rule is refused in an update as well, before it is made.
      assert.deepEqual((await run(stack, "up")).mandatory, ["redis-port-not-public open"]);
      const state = JSON.stringify(await stack.exportStack());
      assert.ok(!state.includes("SecurityGroupIngressRule::open"));

      const control = await run(stack, "preview", program(443, own));
      assert.deepEqual([control.mandatory, control.failed], [[], false]);
      const { outcome, stackJudged, switchedOff } = record();
      assert.deepEqual([outcome, stackJudged, switchedOff], ["no violations", true, []]);
      checkPolicyRun("--policy-record", "run.json", record(), "sessions");
      // The same on the cache's own group, whose id is known by now or is not.
      const onCache = program(443, (_, { securityGroupId }) => securityGroupId);
      const { mandatory: named } = await run(stack, "preview", onCache);
      assert.deepEqual(named, ["cache-security-group-closed open"]);
      // What a transform has widened is no longer what the cache gives.
      const widened = await run(stack, "preview", program(443, own, [widen]));
      assert.deepEqual(widened.mandatory, ["component-as-given sessions-apps-to-redis-10.0.16.0-20"]);
    });
  });
});
