import assert from "node:assert/strict";
import { Instance } from "@pulumi/aws/ec2/instance.js";
import { output, type Output } from "@pulumi/pulumi";
import type { Connection } from "../../src/arguments/connection.js";
import { InvalidArgumentsError } from "../../src/arguments/problems.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { replicatedConnection, sampleConnection } from "../support/sample.js";
import { laterRefusals } from "./laterRefusals.js";
import { register, type Registered } from "./mocks.js";
import { ledgerShape } from "./programs.js";
import { outputsSpecified, specification } from "./specification.js";

const hosts = { appSecurityGroupIds: { hosts: "sg-0a" } };

/** A cache with a group for each client, and the app host of one of them. */
function program(clientSecurityGroups: boolean): Promise<readonly Registered[]> {
  return register(() => {
    const args = { ...ledgerShape, ...hosts, vpcId: "vpc-0a", clientSecurityGroups };
    const { connections } = new HipaaRedisCache("ledger", args);
    const client = new HipaaRedisClient("api", { connection: connections.api, appUser: "api" });
    new Instance("host", { ami: "ami-0b", vpcSecurityGroupIds: client.securityGroupIds });
  });
}

/** A client of a cache in another stack. */
function elsewhere(change: object, args: { vpcId?: string | Output<string> } = {}): Promise<readonly Registered[]> {
  return register(() => {
    const connection = output({ ...sampleConnection, ...change }) as Output<Connection>;
    new HipaaRedisClient("api", { connection, appUser: "api", ...args });
  });
}

const groupIdsOf = (all: readonly Registered[]): unknown =>
  (outputsSpecified(all, "api") as { readonly securityGroupIds: unknown }).securityGroupIds;
const waitsOf = (all: readonly Registered[]): readonly string[] =>
  [...(all.find(({ name }) => name === "host")?.inputsWaitFor.vpcSecurityGroupIds ?? [])].sort();

describe("the groups of clients, against mocks", () => {
  let resources: readonly Registered[];
  before(async () => {
    resources = await program(true);
  });

  it("are made empty in the cache's VPC, one for each client, and let in by the cache's own, beside the caller's", () => {
    const ofCache = specification(
      resources,
      ({ parentType, type, name }) =>
        parentType.endsWith(":HipaaRedisCache") && /SecurityGroup|IngressRule/.test(type) && name.includes("-"),
    );
    const groups = Object.entries(ofCache).filter(([label]) => label.startsWith("SecurityGroup "));
    assert.deepEqual(
      groups,
      ["api", "worker"].map((client) => [
        `SecurityGroup ledger-client-${client}`,
        {
          vpcId: "vpc-0a",
          description: `App hosts of client ${client} of the HIPAA Redis cache ledger`,
          tags: { Name: `ledger-client-${client}` },
        },
      ]),
    );
    const peers = Object.entries(ofCache)
      .filter(([label]) => label.includes("apps-to-redis"))
      .map(([label, inputs]) => [label.split(" ")[1], (inputs as Record<string, unknown>).referencedSecurityGroupId]);
    assert.deepEqual(peers, [
      ["ledger-apps-to-redis-hosts", "sg-0a"],
      ["ledger-apps-to-redis-api", "<SecurityGroup ledger-client-api id>"],
      ["ledger-apps-to-redis-worker", "<SecurityGroup ledger-client-worker id>"],
    ]);
  });

  it("are in the connections and in the evidence", () => {
    const { connections, evidence } = outputsSpecified(resources, "ledger") as {
      connections: Record<string, Record<string, unknown>>;
      evidence: { deployed: { clients: unknown } };
    };
    const groups = ["api", "worker"].map((name) => `<SecurityGroup ledger-client-${name} id>`);
    assert.deepEqual(
      ["api", "worker"].map((name) => connections[name]?.clientSecurityGroupId),
      groups,
    );
    assert.deepEqual(
      evidence.deployed.clients,
      ["api", "worker"].map((name, index) => ({
        name,
        secretArn: `<Secret ledger-client-${name} arn>`,
        securityGroupId: groups[index],
      })),
    );
  });

  it("are for the app host, which waits for nothing else of the cache: its policies take no part of it for a member", async () => {
    assert.deepEqual(groupIdsOf(resources), ["<SecurityGroup api id>", "<SecurityGroup ledger-client-api id>"]);
    const rules = ["cache", "sentinel"].map((to) => `SecurityGroupEgressRule api-app-to-${to}`);
    const own = ["SecurityGroup api", ...rules];
    const https = "SecurityGroupEgressRule api-app-to-https-0.0.0.0-0";
    assert.deepEqual(waitsOf(resources), [...own, https, "SecurityGroup ledger-client-api"].sort());
    const without = await program(false);
    assert.deepEqual(groupIdsOf(without), ["<SecurityGroup api id>"]);
    assert.deepEqual(waitsOf(without), [...own, https].sort());
  });

  it("are taken from the connection of another stack", async () => {
    assert.deepEqual(groupIdsOf(await elsewhere({})), ["<SecurityGroup api id>"]);
    assert.deepEqual(groupIdsOf(await elsewhere({ clientSecurityGroupId: "sg-0d" })), [
      "<SecurityGroup api id>",
      "sg-0d",
    ]);
  });
});

describe("a client in another VPC, against mocks", () => {
  const group = (all: readonly Registered[]): [unknown, unknown] => {
    const made = specification(
      all,
      ({ type, name }) => type.includes("SecurityGroup") && /^api(-app-to-cache)?$/.test(name),
    );
    const [{ vpcId }, rule] = Object.values(made) as [{ vpcId: unknown }, Record<string, unknown>];
    return [vpcId, rule.cidrIpv4 ?? rule.referencedSecurityGroupId];
  };

  it("has its group there, which lets out to the node's address", async () => {
    assert.deepEqual(group(await elsewhere({}, { vpcId: "vpc-0e" })), ["vpc-0e", "10.0.0.100/32"]);
    assert.deepEqual(group(await elsewhere({})), ["vpc-1", "sg-1"]);
  });

  it("is refused where another stack's output of that VPC turns out to be nothing", async () => {
    const nothing = output(undefined) as unknown as Output<string>;
    const [refused] = await laterRefusals(() => elsewhere({}, { vpcId: nothing }));
    assert.match(String(refused), /vpcId: got an output of nothing, .* Give an id such as "vpc-0123456789abcdef0"\./);
  });

  it("hears there how large a packet may be on the way, and in the cache's own VPC lets nothing in", async () => {
    const letsIn = (all: readonly Registered[]): unknown[] =>
      all
        .filter(({ type }) => type === "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        .map(({ name, inputs: { ipProtocol, fromPort, toPort } }) => [name, ipProtocol, fromPort, toPort]);
    assert.deepEqual(letsIn(await elsewhere({}, { vpcId: "vpc-0e" })), [
      ["api-routers-to-app-0.0.0.0-0", "icmp", 3, 4],
    ]);
    assert.deepEqual(letsIn(await elsewhere({})), []);
  });

  it("is refused where the cache lets in hosts by a group of its own VPC, at once or when both are known", async () => {
    const connection = { ...sampleConnection, clientSecurityGroupId: "sg-0d" };
    const refusal = (error: unknown): boolean => {
      assert.ok(error instanceof InvalidArgumentsError);
      assert.deepEqual(
        error.problems.map(({ path }) => path),
        ["vpcId"],
      );
      return true;
    };
    await register(() => {
      const args = { connection, appUser: "api", vpcId: "vpc-0e" };
      assert.throws(() => new HipaaRedisClient("api", args), refusal);
      assert.doesNotThrow(() => new HipaaRedisClient("api", { ...args, vpcId: "vpc-1" }));
    });
    const [later] = await laterRefusals(() => elsewhere({ clientSecurityGroupId: "sg-0d" }, { vpcId: "vpc-0e" }));
    assert.ok(refusal(later));
  });

  it("is refused where the cache turns out to have replicas: rules are made before it is known how many", async () => {
    const { nodes } = replicatedConnection();
    const refused = await laterRefusals(() => elsewhere({ nodes }, { vpcId: "vpc-0e" }));
    assert.match(String(refused[0]), /vpcId: got "vpc-0e"\. sessions has replicas, .*: leave vpcId out\./);
    const own = await elsewhere({ nodes });
    const rules = own.filter(({ type }) => type.endsWith(":SecurityGroupEgressRule"));
    assert.deepEqual(
      new Map(
        rules.map(({ name, inputs }) => [name, [inputs.toPort, inputs.referencedSecurityGroupId ?? inputs.cidrIpv4]]),
      ),
      new Map([
        ["api-app-to-cache", [6379, "sg-1"]],
        ["api-app-to-sentinel", [26_379, "sg-1"]],
        ["api-app-to-https-0.0.0.0-0", [443, "0.0.0.0/0"]],
      ]),
    );
  });
});
