import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { nodeSecretFiles } from "../../src/host/secretFiles.js";
import { InvalidArgumentsError } from "../../src/arguments/problems.js";
import { defaultTunnelEngine, tunnelEngines } from "../../src/plan/tunnel.js";
import { sampleConnection, sampleArguments, sshPublicKey } from "../support/sample.js";
import { childrenFile, childrenOf } from "./children.js";
import { register, type Registered } from "./mocks.js";
import { quickstart, theQuickstart } from "./programs.js";
import { outputsSpecified, specification } from "./specification.js";

describe("components, against mocks", () => {
  let resources: readonly Registered[];
  before(async () => {
    resources = (await theQuickstart()).resources;
  });

  it("register the committed list of children: a rename would replace what users have", () => {
    const list = childrenOf(resources);
    if (process.env.UPDATE_CHILDREN === "1") writeFileSync(childrenFile, list);
    assert.equal(list, readFileSync(childrenFile, "utf8"), "Run with UPDATE_CHILDREN=1 if the change is meant.");
  });

  it("register the same children whatever the tunnel's engine, with what it trusts in the node's secret", async () => {
    const list = (all: readonly Registered[]): string[] => all.map(({ type, name }) => `${type} ${name}`).sort();
    for (const tunnel of tunnelEngines) {
      const { resources: registered } = await (tunnel === defaultTunnelEngine
        ? theQuickstart()
        : quickstart({ tunnel }));
      assert.deepEqual(list(registered), list(resources));
      const secret = registered.find(
        ({ type, name }) => type === "aws:secretsmanager/secretVersion:SecretVersion" && name === "sessions-0-server",
      );
      const fields = Object.keys(JSON.parse(unwrap(secret?.inputs.secretString)) as object);
      assert.deepEqual(
        fields.sort(),
        nodeSecretFiles(tunnel)
          .map(({ field }) => field)
          .sort(),
      );
    }
  });

  it("put no secret into the user data of either host", () => {
    const node = specification(resources, ({ type }) => type === "aws:ec2/instance:Instance");
    const app = outputsSpecified(resources, "web");
    for (const text of [node, app].map((one) => JSON.stringify(one))) {
      assert.match(text, /HIPAA_REDIS_SECRET_ARN=arn:/);
      assert.doesNotMatch(text, /password-of-|key-of-|certificate-of-/);
    }
  });

  it("refuse bad arguments before anything is registered, all problems together, by the component's name", async () => {
    const refusal =
      (component: string, ...paths: string[]) =>
      (error: unknown) => {
        assert.ok(error instanceof InvalidArgumentsError);
        assert.match(error.message, new RegExp(`^${component}: ${paths.length} argument problem`));
        assert.deepEqual(
          error.problems.map(({ path }) => path),
          paths,
        );
        return true;
      };
    const args = { ...sampleArguments, vpcId: "vpc-1" };
    const manyOperators = Array.from({ length: 300 }, (_, index) => {
      return { name: `operator-${index}`, sshPublicKey: sshPublicKey() };
    });
    const registered = await register(() => {
      assert.throws(
        () => new HipaaRedisCache("sessions", { ...args, clients: ["WEB"], tunnel: "none" as "stunnel" }),
        refusal('HipaaRedisCache "sessions"', "clients[0]", "tunnel"),
      );
      assert.throws(
        () => new HipaaRedisCache("sessions", { ...args, operators: manyOperators }),
        refusal('HipaaRedisCache "sessions"', "operators"),
      );
      assert.throws(
        () => new HipaaNetwork("clinic", { cidrBlock: "10.0.0.0/8", availabilityZones: [] }),
        refusal('HipaaNetwork "clinic"', "cidrBlock", "availabilityZones"),
      );
      assert.throws(
        () => new HipaaRedisClient("web", { connection: sampleConnection, appUser: "root", localPort: 80 }),
        refusal('HipaaRedisClient "web"', "appUser", "localPort"),
      );
    });
    assert.deepEqual(registered, []);
  });
});

/** The mocks get a secret in the engine's wrapping. */
function unwrap(secret: unknown): string {
  return (secret as { readonly value: string }).value;
}
