import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EC2Client, DescribeSecurityGroupRulesCommand, DescribeNetworkAclsCommand } from "@aws-sdk/client-ec2";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import type { OutputMap, Stack } from "@pulumi/pulumi/automation/index.js";
import { clientOptions } from "../../lab/clientOptions.js";
import { destroy, refresh, up } from "../../lab/engine/operations.js";
import { inventory } from "../../lab/localstack/inventory.js";
import type { HipaaRedisCacheArgs } from "../../src/args.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { sampleArguments } from "../support/sample.js";
import { changes, exportedState, localStack, region, sharedStack } from "./support.js";

type Change = Partial<Omit<HipaaRedisCacheArgs, "clients">> & { clients?: string[] };

/**
 * The sample cache in a network of its own, with one client's host set up; `change` makes a variant of it. Where security
 * groups are named, of two that are then made beside it, it lets in these.
 */
function program(change: Change = {}, admitted: readonly string[] = []) {
  return () => {
    const network = new HipaaNetwork("clinic", {
      cidrBlock: "10.0.0.0/16",
      availabilityZones: ["us-east-1a"],
      deleteFlowLogs: true,
    });
    const names = admitted.length > 0 ? ["web", "jobs"] : [];
    const groups = names.map((name) => [name, new SecurityGroup(name, { vpcId: network.vpcId }).id] as const);
    const letIn = groups.filter(([name]) => admitted.includes(name));
    const cache = new HipaaRedisCache<string>("sessions", {
      ...sampleArguments,
      vpcId: network.vpcId,
      subnets: network.cacheSubnets,
      ...(letIn.length > 0 && { appSecurityGroupIds: Object.fromEntries(letIn) }),
      ...change,
    });
    const web = new HipaaRedisClient("web", { connection: output(cache, "web"), appUser: "web" });
    return Promise.resolve({
      connection: output(cache, "web"),
      nodes: cache.nodes,
      vpcId: network.vpcId,
      userData: web.userData,
      groups: Object.fromEntries(groups),
      securityGroupId: cache.securityGroupId,
    });
  };
}

function output(cache: HipaaRedisCache, client: string): (typeof cache.connections)[string] {
  const connection = cache.connections[client];
  assert.ok(connection, client);
  return connection;
}

describe("a cache, by the real engine on LocalStack", () => {
  const stack = sharedStack("cache", program());
  let before: string[];
  let outputs: OutputMap;

  it("refuses bad arguments before it makes anything", async () => {
    const { endpoint } = await localStack();
    before = await inventory(endpoint);
    await assert.rejects(up(stack(), { program: refusedProgram }), (error: Error) => {
      assert.match(error.message, /appCidrBlocks\[0\]: got "0\.0\.0\.0\/0"/);
      assert.match(error.message, /clients\[0\]: got "Web"/);
      return true;
    });
    assert.deepEqual(await inventory(endpoint), before);
  });

  it("comes up as previewed, and stays as it is", async () => {
    const preview = await stack().preview();
    // Nothing is made inside `apply`: what is known before is all there is.
    assert.deepEqual(await up(stack()), preview.changeSummary);
    outputs = await stack().outputs();
    await matchesCommittedChildren(stack());
    assert.deepEqual(changes(await up(stack())), {});
    assert.deepEqual(changes(await refresh(stack())), {});
  });

  it("gives a connection that is plain, complete and without a secret", () => {
    assert.equal(outputs.connection?.secret, false);
    assert.equal(outputs.userData?.secret, false);
    const { nodes, ...record } = outputs.connection.value as Record<string, unknown>;
    assert.deepEqual(nodes, [
      {
        name: "sessions-0",
        address: "10.0.0.100",
        port: 6379,
        serverName: "sessions-0.node.sessions.hipaa-redis.internal",
      },
    ]);
    assert.deepEqual(Object.keys(record).sort(), [
      "cache",
      "client",
      "kmsKeyArn",
      "region",
      "schemaVersion",
      "secretArn",
      "securityGroupId",
      "vpcId",
    ]);
  });

  it("keeps the password and the private keys out of the exported state, where secrets are encrypted", async () => {
    const state = await exportedState(stack());
    assert.match(state, /"ciphertext"/);
    assert.doesNotMatch(state, /PRIVATE KEY/);
    const decrypted = JSON.stringify(await stack().exportStack());
    assert.match(decrypted, /PRIVATE KEY/);
    // A decrypted secret stands in the state as JSON in JSON.
    const password = /"plaintext":"\\"([A-Za-z0-9]{64})\\""/.exec(decrypted)?.[1];
    assert.ok(password);
    assert.ok(!state.includes(password));
  });

  it("changes in place", async () => {
    const second = await up(stack(), { program: program({ clients: ["web", "worker"] }) });
    const { create, replace, delete: deleted } = changes(second);
    // A key, a request, a certificate, a password and the next one, a secret and its version for the newcomer; the node's
    // own secret changes.
    assert.deepEqual({ create, replace, deleted }, { create: 7, replace: 1, deleted: undefined });
    assert.deepEqual((await stack().outputs()).nodes, outputs.nodes);

    const wider = program({ appCidrBlocks: ["10.0.16.0/20", "10.0.32.0/20"] });
    const third = changes(await up(stack(), { program: wider }));
    assert.ok((third.create ?? 0) > 0);
    await rulesMatchTheFlows(String(outputs.vpcId?.value), (await localStack()).endpoint);
  });

  it("takes one security group's rule away and leaves the other's alone, wherever it stands in the program", async () => {
    await up(stack(), { program: program({}, ["web", "jobs"]) });
    const ids = (await stack().outputs()).groups?.value as Record<string, string>;
    assert.deepEqual(await admittedGroups(await groupOfCache(stack())), [ids.jobs, ids.web].sort());
    const fewer = changes(await up(stack(), { program: program({}, ["jobs"]) }));
    assert.deepEqual([fewer.update, fewer.replace, fewer.delete], [undefined, undefined, 1]);
    assert.deepEqual(await admittedGroups(await groupOfCache(stack())), [ids.jobs]);
  });

  it("goes without a trace", async () => {
    await destroy(stack());
    assert.deepEqual(await inventory((await localStack()).endpoint), before);
  });
});

function refusedProgram(): Promise<Record<string, unknown>> {
  const appCidrBlocks = ["0.0.0.0/0"];
  new HipaaRedisCache("sessions", {
    ...sampleArguments,
    vpcId: "vpc-1",
    appCidrBlocks,
    clients: ["Web", "web"],
  });
  return Promise.resolve({});
}

/** The engine knows parents by URN, so this is the truth of which the mocks' list is a quick copy. */
async function matchesCommittedChildren(stack: Stack): Promise<void> {
  const exported = await stack.exportStack();
  const { resources } = exported.deployment as {
    resources: { type: string; urn: string; parent?: string }[];
  };
  const typeOf = (urn: string): string => urn.split("::").at(-2)?.split("$").at(-1) ?? "";
  const children = resources
    .filter(({ parent }) => typeOf(parent ?? "").startsWith("pulumi-hipaa-redis:index:"))
    .map(({ type, urn, parent }) => `${typeOf(parent ?? "")} > ${type} ${urn.split("::").at(-1) ?? ""}`);
  const committed = readFileSync(join(import.meta.dirname, "../component/children.txt"), "utf8")
    .trim()
    .split("\n");
  // The committed list is of two zones; this program has one.
  const expected = committed.filter((line) => !line.startsWith("stack") && !/clinic-(\w+-)?1(-out)?$/.test(line));
  assert.deepEqual(children.sort(), expected.sort());
}

async function groupOfCache(stack: Stack): Promise<string> {
  return String((await stack.outputs()).securityGroupId?.value);
}

/** The security groups that the live group lets in. */
async function admittedGroups(id: string): Promise<string[]> {
  const ec2 = new EC2Client(clientOptions({ endpoint: (await localStack()).endpoint, region }));
  const Filters = [{ Name: "group-id", Values: [id] }];
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  return SecurityGroupRules.flatMap(({ ReferencedGroupInfo }) => ReferencedGroupInfo?.GroupId ?? []).sort();
}

/** What AWS reports is what the flows say: one rule a peer, and network ACLs that let nothing else in. */
async function rulesMatchTheFlows(vpcId: string, endpoint: string): Promise<void> {
  const ec2 = new EC2Client(clientOptions({ endpoint, region }));
  const filters = [{ Name: "vpc-id", Values: [vpcId] }];
  const acls = (await ec2.send(new DescribeNetworkAclsCommand({ Filters: filters }))).NetworkAcls ?? [];
  const own = acls.find((acl) => acl.IsDefault !== true);
  const letIn = own?.Entries?.filter((entry) => entry.Egress === false && entry.RuleAction === "allow").map(
    ({ CidrBlock, PortRange }) => `${CidrBlock ?? ""} ${PortRange?.From ?? ""}-${PortRange?.To ?? ""}`,
  );
  assert.deepEqual(letIn?.sort(), [
    "0.0.0.0/0 32768-60999",
    "10.0.0.0/28 22-22",
    "10.0.16.0/20 6379-6379",
    "10.0.32.0/20 6379-6379",
  ]);
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
  const ingress = SecurityGroupRules.filter((rule) => rule.IsEgress === false && rule.CidrIpv4 !== undefined);
  assert.deepEqual(ingress.map((rule) => `${rule.CidrIpv4 ?? ""} ${rule.FromPort ?? ""}`).sort(), [
    "10.0.0.0/28 22",
    "10.0.16.0/20 6379",
    "10.0.32.0/20 6379",
  ]);
}
