import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { EC2 } from "@aws-sdk/client-ec2";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { STS } from "@aws-sdk/client-sts";
import { clientOptions } from "../clientOptions.js";
import { Ssm } from "../ssm.js";

/**
 * Asks each service once, one after the other. LocalStack loads a service's code when it is first asked, and services
 * that import one another at the same moment can deadlock ("deadlock detected by _ModuleLock").
 */
export async function warmUp(endpoint: string): Promise<void> {
  const configuration = clientOptions({ endpoint, region: "us-east-1" });
  await new STS(configuration).getCallerIdentity({});
  await new IAM(configuration).listRoles({});
  await new EC2(configuration).describeVpcs({});
  await new KMS(configuration).listKeys({});
  await new SecretsManager(configuration).listSecrets({});
  await new CloudWatchLogs(configuration).describeLogGroups({});
  await new Ssm(configuration).send("DescribeParameters", {});
}
