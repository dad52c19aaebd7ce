import assert from "node:assert/strict";
import { AuthorizeSecurityGroupIngressCommand, EC2Client } from "@aws-sdk/client-ec2";
import { execa } from "execa";
import { clientOptions } from "../../lab/clientOptions.js";
import { ensureDebianPackages } from "../../lab/prerequisites.js";
import { emulatorCredentials } from "../../lab/scenario/credentials.js";
import { assess } from "../../src/evidence/assess.js";
import { meets } from "../../src/evidence/check.js";
import type { Evidence } from "../../src/evidence/evidence.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { sampleShape } from "../support/sample.js";
import { localStack, region, withStack } from "./support.js";

function program(): Promise<object> {
  const network = new HipaaNetwork("clinic", { cidrBlock: "10.0.0.0/16", availabilityZones: ["us-east-1a"] });
  const cache = new HipaaRedisCache("sessions", {
    vpcId: network.vpcId,
    ...sampleShape,
    subnets: network.cacheSubnets,
  });
  return Promise.resolve({ evidence: cache.evidence });
}

/** What the checks in AWS find that is not as it should be, by control. */
async function findings(evidence: Evidence, endpoint: string): Promise<string[]> {
  const found: string[] = [];
  for (const { id, checks } of assess(evidence).controls) {
    for (const check of checks) {
      if (check.by !== "aws") continue;
      // Debian's AWS CLI does not know AWS_ENDPOINT_URL.
      const script = `aws() { command aws --endpoint-url ${endpoint} "$@"; }; ${check.command}`;
      const env = { ...emulatorCredentials, AWS_DEFAULT_REGION: region };
      const { exitCode = 1, stdout, stderr } = await execa("sh", ["-c", script], { env, reject: false });
      if (!meets(check.expect, { exitCode, stdout })) found.push(`${id}: ${check.shows}: ${stdout}${stderr}`);
    }
  }
  return found;
}

describe("the evidence of a cache on LocalStack", () => {
  before(() => ensureDebianPackages(["awscli", "jq"]));

  it("is no secret, has real dates, and its checks in AWS find a rule that somebody has added", async () => {
    const { endpoint } = await localStack();
    await withStack("evidence", program, async (stack) => {
      const { outputs } = await stack.up();
      assert.ok(outputs.evidence);
      assert.equal(outputs.evidence.secret, false);
      const evidence = outputs.evidence.value as Evidence;
      for (const { name, validFrom, validUntil } of evidence.deployed.certificates) {
        const days = (Date.parse(validUntil) - Date.parse(validFrom)) / 86_400_000;
        assert.equal(days, name.startsWith("sessions-ca-") ? 365 : 90);
      }
      // LocalStack reports every instance's tenancy as `default`, whatever it was asked for.
      const emulators = "dedicated-tenancy: sessions-0 has the tenancy dedicated: default";
      assert.deepEqual(await findings(evidence, endpoint), [emulators]);

      const { securityGroupId: GroupId } = evidence.deployed;
      const rule = { GroupId, IpProtocol: "tcp", FromPort: 6379, ToPort: 6379, CidrIp: "10.0.200.0/24" };
      await new EC2Client(clientOptions({ endpoint, region })).send(
        new AuthorizeSecurityGroupIngressCommand(rule),
      );
      const after = await findings(evidence, endpoint);
      assert.deepEqual(
        after.map((line) => line.split(":")[0]),
        ["dedicated-tenancy", "flows-only"],
      );
    });
  });
});
