import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { sampleArguments } from "../support/sample.js";
import { record, type Recorded } from "./mocks.js";

describe("components with a provider of the caller's, against mocks", () => {
  let recorded: Recorded;
  let urn: string;
  before(async () => {
    recorded = await record(() => {
      const provider = new Provider("elsewhere", { region: "us-east-1" });
      provider.urn.apply((value) => {
        urn = value;
      });
      const opts = { provider, protect: true };
      const network = new HipaaNetwork("clinic", { cidrBlock: "10.0.0.0/16", availabilityZones: ["us-east-1a"] }, opts);
      const cache = new HipaaRedisCache(
        "sessions",
        { ...sampleArguments, vpcId: network.vpcId, clients: ["web"] },
        opts,
      );
      new HipaaRedisClient("web", { connection: cache.connections.web, appUser: "web" }, opts);
    });
  });

  it("make every resource of AWS through it, with the component's own options", () => {
    const made = recorded.resources.filter(({ type }) => /^(aws|tls|random):/.test(type));
    for (const { type, name, options } of made) {
      assert.equal(options.protect, true, `${type} ${name}`);
      const { provider = "" } = options as { provider?: string };
      assert.equal(provider.startsWith(`${urn}::`), type.startsWith("aws:"), `${type} ${name} ${provider}`);
    }
  });

  it("ask AWS nothing but through it", () => {
    const asked = recorded.calls.map(({ token, provider }) => `${token} ${provider.startsWith(`${urn}::`)}`);
    assert.deepEqual(asked.sort(), [
      "aws:ec2/getAmi:getAmi true",
      ...Array<string>(2).fill("aws:index/getCallerIdentity:getCallerIdentity true"),
      ...Array<string>(2).fill("aws:index/getPartition:getPartition true"),
      "aws:index/getRegion:getRegion true",
      "aws:index/getRegion:getRegion true",
    ]);
  });
});
