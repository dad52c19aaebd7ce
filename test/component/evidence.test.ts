import assert from "node:assert/strict";
import { isSecret } from "@pulumi/pulumi";
import { assess } from "../../src/evidence/assess.js";
import type { Evidence } from "../../src/evidence/evidence.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { sampleShape } from "../support/sample.js";
import { register } from "./mocks.js";
import { outputsOf } from "./outputs.js";

describe("the evidence of a cache, against mocks", () => {
  let evidence: Evidence;
  let secret: Promise<boolean>;
  before(async () => {
    await register(() => {
      const cache = new HipaaRedisCache("sessions", {
        vpcId: "vpc-1",
        ...sampleShape,
        clients: ["web", "worker"],
        allowSharedTenancy: true,
        tags: { Owner: "somebody@example.com" },
      });
      secret = isSecret(cache.evidence);
      cache.evidence.apply((value) => {
        evidence = value;
      });
    });
  });

  it("has the arguments, without tags, and what was made of them, and is no secret", async () => {
    assert.equal(await secret, false);
    const { arguments: given, deployed } = JSON.parse(JSON.stringify(evidence)) as Evidence;
    assert.deepEqual(given, {
      vpcId: "vpc-1",
      ...sampleShape,
      clients: ["web", "worker"],
      allowSharedTenancy: true,
    });
    assert.deepEqual(deployed.nodes, [
      {
        name: "sessions-0",
        instanceId: outputsOf("aws:ec2/instance:Instance", "sessions-0").id,
        privateIp: "10.0.0.100",
        imageId: "ami-0debian12",
        secretArn: outputsOf("aws:secretsmanager/secret:Secret", "sessions-0-server").arn,
      },
    ]);
    assert.deepEqual(
      deployed.certificates.map(({ name }) => name),
      [
        "sessions-ca-1",
        "sessions-ca-2",
        "sessions-0-server",
        "sessions-client-web",
        "sessions-client-worker",
      ],
    );
    for (const { validFrom, validUntil } of deployed.certificates) assert.ok(validFrom < validUntil);
  });

  it("is enough to judge the cache by", () => {
    const { deviations, controls } = assess(evidence);
    assert.deepEqual(
      deviations.map(({ argument }) => argument),
      ["allowSharedTenancy"],
    );
    assert.equal(controls.find(({ id }) => id === "dedicated-tenancy")?.status, "weakened");
  });

  it("has no key, certificate or password in it", () => {
    assert.doesNotMatch(JSON.stringify(evidence), /password-of-|key-of-|certificate-of-|request-of-/);
  });
});
