import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { IAMClient } from "@aws-sdk/client-iam";
import { KMSClient } from "@aws-sdk/client-kms";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { isDeepStrictEqual } from "node:util";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { execa } from "execa";
import { startAwsCli, type AwsCli } from "../../lab/awsCli/startAwsCli.js";
import { clientOptions } from "../../lab/clientOptions.js";
import { up } from "../../lab/engine/operations.js";
import { ensureDebianPackages } from "../../lab/prerequisites.js";
import { emulatorCredentials } from "../../lab/scenario/credentials.js";
import type { CommandResult } from "../../src/evidence/check.js";
import type { Evidence } from "../../src/evidence/evidence.js";
import { parseEvidence } from "../../src/evidence/parse.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { newChallenge } from "../../src/verify/challenge.js";
import { checkScript } from "../../src/verify/script.js";
import { readResults } from "../../src/verify/scriptResults.js";
import { targetChecks, verification } from "../../src/verify/verification.js";
import { awsMutations, type Account, type AwsMutation } from "../mutations/awsMutations.js";
import { takeFromRouteTable } from "../mutations/awsNetworkMutations.js";
import { batchesOf } from "../mutations/batches.js";
import { blame } from "../mutations/blame.js";
import { brokenIn, checkName, type CheckName } from "../mutations/checkName.js";
import { isExhaustive } from "../support/dimensions.js";
import { sampleArguments } from "../support/sample.js";
import { localStack, region, withStack } from "./support.js";

function program(): Promise<object> {
  const network = new HipaaNetwork("clinic", { cidrBlock: "10.0.0.0/16", availabilityZones: ["us-east-1a"] });
  const bastions = new SecurityGroup("bastions", { vpcId: network.vpcId, description: "Bastion hosts" });
  const cache = new HipaaRedisCache("sessions", {
    ...sampleArguments,
    vpcId: network.vpcId,
    clients: ["web"] as const,
    bastionSecurityGroupIds: { bastions: bastions.id },
    secretAdministratorArns: ["arn:aws:iam::000000000000:role/deployer"],
    subnets: network.cacheSubnets,
  });
  const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:PutObject", Resource: "*" }] };
  new HipaaRedisClient("web", {
    connection: cache.connections.web,
    appUser: "web",
    appPolicies: { uploads: JSON.stringify(policy) },
  });
  return Promise.resolve({ evidence: cache.evidence });
}

/** LocalStack reports every instance's tenancy as `default`, whatever it was asked for, and knows no serial console. */
const emulators = [
  checkName("aws", "dedicated-tenancy", "sessions-0 has the tenancy dedicated"),
  checkName(
    "aws",
    "emergency-access",
    "EC2's serial console, which asks for no SSH key, is shut in this account and region",
  ),
];

interface Look {
  readonly results: readonly (CommandResult | undefined)[];
  readonly broken: readonly CheckName[];
}

describe("verify in AWS, on LocalStack", () => {
  let folder: string;
  let cli: AwsCli;
  before(async () => {
    await ensureDebianPackages(["awscli", "jq"]);
    const { endpoint } = await localStack();
    folder = mkdtempSync(join(tmpdir(), "hipaa-redis-aws-"));
    const services = ["ec2", "iam", "kms", "logs", "secretsmanager", "sts"];
    cli = await startAwsCli({ endpoint, folder, services });
  });
  after(async () => {
    await cli.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const look = async (evidence: Evidence, programs: string): Promise<Look> => {
    const checks = targetChecks(evidence, "aws");
    const env = {
      ...emulatorCredentials,
      AWS_DEFAULT_REGION: region,
      PATH: `${programs}:${process.env.PATH ?? ""}`,
    };
    const challenge = newChallenge();
    const input = checkScript("aws", checks.commands, challenge);
    const { stdout } = await execa("sh", ["-s"], { input, env });
    const { results, ...when } = readResults(checks.commands, challenge, stdout);
    const about = { ...when, nonce: challenge.nonce, place: "LocalStack" };
    return { results, broken: brokenIn(verification(checks, results, about)).map(([check]) => check) };
  };

  /** Does all of these, looks once, and tells what was found too little or too much. */
  const attempt = async (
    evidence: Evidence,
    account: Account,
    mutations: readonly AwsMutation[],
  ): Promise<object | undefined> => {
    const undo: (() => Promise<unknown>)[] = [];
    for (const { does } of mutations) undo.push(await does(account));
    const { broken } = await look(evidence, cli.forked);
    for (const one of undo.reverse()) await one();
    const declared = [...emulators, ...mutations.map(({ breaks }) => breaks)];
    return isDeepStrictEqual([...broken].sort(), declared.sort()) ? undefined : { declared, broken };
  };

  it("finds nothing in what was deployed, and names the one control that somebody has undone by hand", async function () {
    // The AWS CLI takes a second for each question, and much more on a busy machine.
    this.timeout(1_800_000);
    const options = clientOptions({ endpoint: (await localStack()).endpoint, region });
    await withStack("evidence", program, async (stack) => {
      await up(stack);
      const outputs = await stack.outputs();
      assert.ok(outputs.evidence);
      assert.equal(outputs.evidence.secret, false);
      const evidence = parseEvidence(outputs.evidence.value);
      for (const { name, validFrom, validUntil } of evidence.deployed.certificates) {
        const days = (Date.parse(validUntil) - Date.parse(validFrom)) / 86_400_000;
        assert.equal(days, name.startsWith("sessions-ca-") ? 365 : 90);
      }
      // As an operator runs it; all other looks are by the same program that is loaded once.
      const first = await look(evidence, cli.plain);
      assert.deepEqual(first.broken, emulators);
      assert.deepEqual(await look(evidence, cli.forked), first);

      const account: Account = {
        ec2: new EC2Client(options),
        iam: new IAMClient(options),
        kms: new KMSClient(options),
        logs: new CloudWatchLogsClient(options),
        secrets: new SecretsManagerClient(options),
        deployed: evidence.deployed,
      };
      for (const batch of batchesOf(awsMutations, ({ breaks }) => [breaks], isExhaustive)) {
        console.error(`      ${batch.map(({ what }) => what).join("; ")}`);
        assert.deepEqual(await blame(batch, (together) => attempt(evidence, account, together)), []);
      }
      await takeFromRouteTable(account);
    });
  });
});
