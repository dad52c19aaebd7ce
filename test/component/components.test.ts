import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { lockedCommands } from "../../src/plan/commands.js";
import { nodeSecretFiles } from "../../src/host/secretFiles.js";
import { InvalidArgumentsError } from "../../src/plan/problems.js";
import { tunnelEngines } from "../../src/plan/tunnel.js";
import { sampleConnection, sampleShape } from "../support/sample.js";
import { register, type Registered } from "./mocks.js";
import { outputsOf } from "./outputs.js";

const quickstart = (change: object = {}): Promise<Registered[]> =>
  register(() => {
    const network = new HipaaNetwork("clinic", {
      cidrBlock: "10.0.0.0/16",
      availabilityZones: ["us-east-1a", "us-east-1b"],
    });
    const cache = new HipaaRedisCache("sessions", {
      vpcId: network.vpcId,
      ...sampleShape,
      subnets: network.cacheSubnets.slice(0, 1),
      clients: ["web"],
      ...change,
    });
    new HipaaRedisClient("web", { connection: cache.connections.web, appUser: "web" });
  });

describe("components, against mocks", () => {
  let resources: Registered[];
  before(async () => {
    resources = await quickstart();
  });

  const inputsOf = (type: string, name: string): Record<string, unknown> => {
    const found = resources.filter((one) => one.type === type && one.name === name);
    assert.equal(found.length, 1, `${type} ${name}`);
    return found[0]?.inputs ?? {};
  };

  it("register the committed list of children: a rename would replace what users have", () => {
    const path = join(import.meta.dirname, "children.txt");
    const lines = resources.map(({ parentType, type, name }) => `${parentType || "stack"} > ${type} ${name}`);
    const list = `${lines.sort().join("\n")}\n`;
    if (process.env.UPDATE_CHILDREN === "1") writeFileSync(path, list);
    assert.equal(list, readFileSync(path, "utf8"), "Run with UPDATE_CHILDREN=1 if the change is meant.");
  });

  it("register the same children whatever the tunnel's engine, with what it trusts in the node's secret", async () => {
    const list = (all: Registered[]): string[] => all.map(({ type, name }) => `${type} ${name}`).sort();
    for (const tunnel of tunnelEngines) {
      const registered = await quickstart({ tunnel });
      assert.deepEqual(list(registered), list(resources));
      const secret = registered.find(
        ({ type, name }) =>
          type === "aws:secretsmanager/secretVersion:SecretVersion" && name === "sessions-0-server",
      );
      const fields = Object.keys(JSON.parse(unwrap(secret?.inputs.secretString)) as object);
      assert.deepEqual(
        fields.sort(),
        nodeSecretFiles(tunnel, lockedCommands({ allowScripting: false }))
          .map(({ field }) => field)
          .sort(),
      );
    }
  });

  it("put the node on dedicated hardware, with IMDSv2 only and an encrypted volume", () => {
    const { ami, tenancy, metadataOptions, rootBlockDevice, primaryNetworkInterface } = inputsOf(
      "aws:ec2/instance:Instance",
      "sessions-0",
    );
    assert.deepEqual(
      { ami, tenancy, metadataOptions, rootBlockDevice, primaryNetworkInterface },
      {
        ami: "ami-0debian12",
        tenancy: "dedicated",
        metadataOptions: {
          httpEndpoint: "enabled",
          httpTokens: "required",
          httpPutResponseHopLimit: 1,
          instanceMetadataTags: "disabled",
        },
        rootBlockDevice: {
          encrypted: true,
          kmsKeyId: outputsOf("aws:kms/key:Key", "sessions").arn,
          volumeType: "gp3",
          deleteOnTermination: true,
        },
        primaryNetworkInterface: {
          networkInterfaceId: outputsOf("aws:ec2/networkInterface:NetworkInterface", "sessions-0").id,
        },
      },
    );
    assert.equal(inputsOf("aws:ec2/vpc:Vpc", "clinic").instanceTenancy, "dedicated");
  });

  it("let the node's role read its one secret and nothing else", () => {
    const { policy } = inputsOf("aws:iam/rolePolicy:RolePolicy", "sessions-0");
    const secretArn = outputsOf("aws:secretsmanager/secret:Secret", "sessions-0-server").arn;
    assert.deepEqual(JSON.parse(String(policy)), {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: outputsOf("aws:kms/key:Key", "sessions").arn,
          Condition: {
            StringEquals: {
              "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
              "kms:EncryptionContext:SecretARN": secretArn,
            },
          },
        },
      ],
    });
  });

  it("give the server and the client certificates for their one use each", () => {
    const uses = ["sessions-0-server", "sessions-client-web"].map(
      (name) => inputsOf("tls:index/locallySignedCert:LocallySignedCert", name).allowedUses,
    );
    assert.deepEqual(uses, [
      ["digital_signature", "server_auth"],
      ["digital_signature", "client_auth"],
    ]);
  });

  it("put no secret into the user data of either host", async () => {
    const node = unpack(inputsOf("aws:ec2/instance:Instance", "sessions-0").userDataBase64);
    const app = await clientUserData();
    for (const text of [node, app]) {
      assert.match(text, /HIPAA_REDIS_SECRET_ARN=arn:/);
      assert.doesNotMatch(text, /password-of-|key-of-|certificate-of-/);
    }
  });

  it("close the default security group", () => {
    const { ingress, egress } = inputsOf("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "clinic");
    assert.deepEqual([ingress, egress], [[], []]);
  });

  it("share hardware only when that is asked for by name", async () => {
    const shared = await quickstart({ allowSharedTenancy: true });
    const node = shared.find(({ type }) => type === "aws:ec2/instance:Instance");
    assert.equal(node?.inputs.tenancy, "default");
  });

  it("refuse bad arguments before anything is registered", async () => {
    const registered = await register(() => {
      assert.throws(
        () => new HipaaRedisCache("sessions", { vpcId: "vpc-1", ...sampleShape, clients: ["WEB"] }),
        {
          name: "InvalidArgumentsError",
        },
      );
      assert.throws(() => new HipaaNetwork("clinic", { cidrBlock: "10.0.0.0/8", availabilityZones: [] }), {
        name: "InvalidArgumentsError",
      });
      assert.throws(
        () => new HipaaRedisClient("web", { connection: sampleConnection, appUser: "root", localPort: 80 }),
        (error: unknown) => error instanceof InvalidArgumentsError && error.problems.length === 2,
      );
    });
    assert.deepEqual(registered, []);
  });
});

/** The mocks get a secret in the engine's wrapping. */
function unwrap(secret: unknown): string {
  return (secret as { readonly value: string }).value;
}

async function clientUserData(): Promise<string> {
  let encoded: unknown;
  await register(() => {
    const client = new HipaaRedisClient("web", { connection: sampleConnection, appUser: "web" });
    client.userData.apply((userData) => {
      encoded = userData;
    });
  });
  return unpack(encoded);
}

function unpack(userData: unknown): string {
  return gunzipSync(Buffer.from(String(userData), "base64")).toString();
}
