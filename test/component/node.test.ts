import assert from "node:assert/strict";
import { nodeUserData } from "../../src/host/nodeUserData.js";
import { nodeImage } from "../../src/node/image.js";
import { planCache } from "../../src/plan/cachePlan.js";
import { architectureOf } from "../../src/plan/image.js";
import type { Evidence } from "../../src/evidence/evidence.js";
import type { CacheArguments } from "../../src/arguments/cacheArguments.js";
import { sampleArguments } from "../support/sample.js";
import { hostRole } from "./hostRole.js";
import { record, type Call, type Recorded } from "./mocks.js";
import { outputsOf } from "./outputs.js";
import { ledgerShape, tagged, theOtherProgram, theQuickstart } from "./programs.js";
import { specification } from "./specification.js";

/** A host's user data, whose ARN of the secret is AWS's to give. */
function userData(cache: string, shape: CacheArguments): string {
  const plan = planCache(cache, shape);
  const [node] = plan.nodes;
  assert.ok(node);
  const secretArn = outputsOf("aws:secretsmanager/secret:Secret", node.certificate.name).arn ?? "";
  return nodeUserData(plan, node, { region: "us-east-1", secretArn });
}

/** The rules of a cache's network ACL for these networks of its flows, in both directions. */
function aclRules(cache: string, networks: readonly string[]): string[] {
  return ["egress", "ingress"].flatMap((way) => networks.map((one) => `NetworkAclRule ${cache}-${way}-${one}`));
}

/** What no cache varies. */
const always = {
  monitoring: true,
  userDataReplaceOnChange: true,
  metadataOptions: {
    httpEndpoint: "enabled",
    httpTokens: "required",
    httpPutResponseHopLimit: 1,
    instanceMetadataTags: "disabled",
  },
};

const instance = {
  "Instance sessions-0": {
    ...always,
    ami: "ami-0123456789deb12a0",
    instanceType: "m6i.large",
    tenancy: "dedicated",
    primaryNetworkInterface: { networkInterfaceId: "<NetworkInterface sessions-0 id>" },
    iamInstanceProfile: "<InstanceProfile sessions-0 name>",
    rootBlockDevice: {
      encrypted: true,
      kmsKeyId: "<Key sessions arn>",
      volumeType: "gp3",
      deleteOnTermination: true,
    },
    tags: tagged("sessions-0"),
    volumeTags: tagged("sessions-0"),
    options: {
      deleteBeforeReplace: true,
      waitsFor: [
        "NetworkAcl sessions",
        ...aclRules("sessions", ["apps-to-redis-0", "bastions-to-ssh-0", "node-to-https-0"]),
        "RolePolicy sessions-0",
        "Route sessions-0-out",
        "RouteTableAssociation sessions-0",
        "SecretVersion sessions-0-server",
        "SecurityGroupEgressRule sessions-node-to-https-0.0.0.0-0",
        "SecurityGroupIngressRule sessions-apps-to-redis-10.0.16.0-20",
        "SecurityGroupIngressRule sessions-bastions-to-ssh-10.0.0.0-28",
      ],
    },
  },
};

const otherInstance = {
  "Instance ledger-0": {
    ...always,
    ami: "ami-0a0a0a0a",
    instanceType: "m7g.large",
    tenancy: "default",
    primaryNetworkInterface: { networkInterfaceId: "<NetworkInterface ledger-0 id>" },
    iamInstanceProfile: "<InstanceProfile ledger-0 name>",
    rootBlockDevice: {
      encrypted: true,
      kmsKeyId: "<Key ledger arn>",
      volumeType: "gp3",
      deleteOnTermination: true,
    },
    tags: { Name: "ledger-0" },
    volumeTags: { Name: "ledger-0" },
    options: {
      deleteBeforeReplace: true,
      waitsFor: [
        "NetworkAcl ledger",
        ...aclRules("ledger", [
          "apps-to-redis-0",
          "apps-to-redis-1",
          "bastions-to-ssh-0",
          "node-to-https-0",
          "node-to-own-dns-tcp-0",
          "node-to-own-dns-udp-0",
          "node-to-own-time-0",
          "routers-to-node-0",
        ]),
        "RolePolicy ledger-0",
        "Route ledger-1-out",
        "RouteTableAssociation ledger-0",
        "RouteTableAssociation ledger-1",
        "SecretVersion ledger-0-server",
        "SecurityGroupEgressRule ledger-node-to-https-10.0.48.0-20",
        "SecurityGroupEgressRule ledger-node-to-own-dns-tcp-172.16.0.10-32",
        "SecurityGroupEgressRule ledger-node-to-own-dns-udp-172.16.0.10-32",
        "SecurityGroupEgressRule ledger-node-to-own-time-10.1.0.10-32",
        "SecurityGroupIngressRule ledger-apps-to-redis-jobs",
        "SecurityGroupIngressRule ledger-apps-to-redis-web",
        "SecurityGroupIngressRule ledger-bastions-to-ssh-bastions",
        "SecurityGroupIngressRule ledger-routers-to-node-0.0.0.0-0",
      ],
    },
  },
};

const networkInterface = {
  "NetworkInterface sessions-0": {
    subnetId: "<Subnet sessions-0 id>",
    privateIps: ["10.0.0.100"],
    securityGroups: ["<SecurityGroup sessions id>"],
    description: "HIPAA Redis cache node sessions-0",
    tags: tagged("sessions-0"),
    options: { deleteBeforeReplace: true },
  },
};

/** The question for Debian's newest image, whose owner is Debian's own account. */
function newestDebian(debianName: string, awsName: string): Record<string, unknown> {
  return {
    owners: ["136693071363"],
    mostRecent: true,
    filters: [
      { name: "name", values: [`debian-13-${debianName}-*`] },
      { name: "architecture", values: [awsName] },
    ],
  };
}

const imagesAskedFor = (calls: readonly Call[]): unknown[] =>
  calls.filter(({ token }) => token === "aws:ec2/getAmi:getAmi").map(({ inputs }) => inputs);

describe("the node of a cache, against mocks", () => {
  let quickstart: Recorded;
  let others: Recorded;
  before(async () => {
    quickstart = await theQuickstart();
    others = await theOtherProgram();
  });

  const ofCache = ({ resources }: Recorded, types: RegExp): Record<string, unknown> =>
    specification(resources, ({ parentType, type }) => parentType.endsWith(":HipaaRedisCache") && types.test(type));

  /** The instance without its user data, and the user data. */
  const instanceOf = (recorded: Recorded): [object, unknown] => {
    const [[name, inputs] = []] = Object.entries(ofCache(recorded, /:Instance$/));
    const { userDataBase64, ...others } = inputs as Record<string, unknown>;
    return [{ [name ?? ""]: others }, userDataBase64];
  };

  it("is an instance on dedicated hardware, with an encrypted volume, that waits for its network and its secret", () => {
    const [inputs, text] = instanceOf(quickstart);
    assert.deepEqual(inputs, instance);
    assert.equal(text, userData("sessions", sampleArguments));
  });

  it("is what its arguments say, and follows a new image of the caller's", () => {
    const [inputs, text] = instanceOf(others);
    assert.deepEqual(inputs, otherInstance);
    assert.equal(text, userData("ledger", { vpcId: "vpc-1", ...ledgerShape }));
  });

  it("has a network interface that keeps its address", () => {
    assert.deepEqual(ofCache(quickstart, /:NetworkInterface$/), networkInterface);
  });

  it("has a role that EC2 takes for it, that reads its one secret and does nothing else", () => {
    assert.deepEqual(
      ofCache(quickstart, /^aws:iam/),
      hostRole(
        "sessions-0",
        "/hipaa-redis/sessions/node/sessions-0/",
        "sessions-0-server",
        "sessions",
        tagged("sessions-0"),
      ),
    );
  });

  it("runs Debian's newest image, by Debian's own account, where the caller names none", () => {
    assert.deepEqual(imagesAskedFor(quickstart.calls), [newestDebian("amd64", "x86_64")]);
    assert.deepEqual(imagesAskedFor(others.calls), []);
  });

  const imageOf = async (change: Partial<CacheArguments>): Promise<Recorded> =>
    record(() => {
      nodeImage(planCache("sessions", { ...sampleArguments, ...change }), {});
    });

  it("runs an image for the processor of its instance type", async () => {
    const { calls } = await imageOf({ instanceType: "m7g.large" });
    assert.deepEqual(imagesAskedFor(calls), [newestDebian("arm64", "arm64")]);
  });

  it("keeps that image in a resource of its own, which another release, architecture or generation makes anew", async () => {
    const kept = { byteLength: 8, keepers: { imageId: "ami-0123456789deb12a0", created: "2026-11-01T01:40:12.000Z" } };
    assert.deepEqual(ofCache(quickstart, /:RandomId$/), {
      "RandomId sessions-image-debian-13-x86_64-1": { ...kept, options: { ignoreChanges: ["keepers"] } },
    });
    assert.deepEqual(ofCache(others, /:RandomId$/), {});
    for (const [change, name] of [
      [{ instanceType: "m6i.xlarge" }, "sessions-image-debian-13-x86_64-1"],
      [{ instanceType: "m7g.large" }, "sessions-image-debian-13-arm64-1"],
      [{ imageGeneration: 2 }, "sessions-image-debian-13-x86_64-2"],
      [{ operatingSystem: "debian-12" }, "sessions-image-debian-12-x86_64-1"],
    ] as const) {
      assert.deepEqual(
        (await imageOf(change)).resources.map((one) => one.name),
        [name],
      );
    }
  });

  it("tells in the evidence when that image was made", () => {
    const { outputs } = quickstart.resources.find(({ type }) => type.endsWith(":HipaaRedisCache")) ?? assert.fail();
    const { deployed } = outputs.evidence as Evidence;
    assert.deepEqual(
      deployed.nodes.map(({ imageId, imageCreated }) => [imageId, imageCreated]),
      [["ami-0123456789deb12a0", "2026-11-01T01:40:12.000Z"]],
    );
  });

  for (const [architecture, types] of Object.entries({
    arm64: [
      "a1.medium",
      "m7g.large",
      "t4g.small",
      "c6gn.medium",
      "im4gn.large",
      "x2gd.metal",
      "g5g.xlarge",
      "m12g.large",
    ],
    x86_64: [
      "m6i.large",
      "t3.micro",
      "g5.xlarge",
      "c5n.large",
      "m7i-flex.large",
      "a10.large",
      "u-6tb1.metal",
      "extra1.large",
    ],
  })) {
    it(`takes ${architecture} for ${types.join(", ")}`, () => {
      for (const type of types) assert.equal(architectureOf(type), architecture, type);
    });
  }
});
