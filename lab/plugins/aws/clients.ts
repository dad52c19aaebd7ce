import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { EC2 } from "@aws-sdk/client-ec2";
import type { IAM } from "@aws-sdk/client-iam";
import type { KMS } from "@aws-sdk/client-kms";
import type { SecretsManager } from "@aws-sdk/client-secrets-manager";
import type { STS } from "@aws-sdk/client-sts";
import { requestHandler } from "../../clientOptions.js";
import { Ssm } from "../../ssm.js";
import { perConnection } from "../framework/connection.js";

/** What the provider is configured with. */
export interface Configuration {
  region?: string;
  accessKey?: string;
  secretKey?: string;
}

interface ClientConfiguration {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  requestHandler: typeof requestHandler;
}

const configuration = perConnection<Configuration>();

export function configure(values: Configuration): void {
  configuration.set(values);
}

/** The region of a resource: its own, else the provider's. */
export function regionOf(region?: string): string {
  const found = region ?? configuration.get()?.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (found !== undefined && found !== "") return found;
  throw new Error("No AWS region: set it with `pulumi config set aws:region us-east-1`, or set AWS_REGION");
}

// Each SDK client is loaded when it is first used: all of them together would cost every start a second.
export const ec2 = lazily<EC2>(async () => (await import("@aws-sdk/client-ec2")).EC2);
export const iam = lazily<IAM>(async () => (await import("@aws-sdk/client-iam")).IAM);
export const kms = lazily<KMS>(async () => (await import("@aws-sdk/client-kms")).KMS);
export const logs = lazily<CloudWatchLogs>(
  async () => (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogs,
);
export const secrets = lazily<SecretsManager>(
  async () => (await import("@aws-sdk/client-secrets-manager")).SecretsManager,
);
export const ssm = lazily<Ssm>(() => Promise.resolve(Ssm));
export const sts = lazily<STS>(async () => (await import("@aws-sdk/client-sts")).STS);

function lazily<Client>(
  load: () => Promise<new (configuration: ClientConfiguration) => Client>,
): (region?: string) => Promise<Client> {
  const clients = new Map<string, Promise<Client>>();
  return (wanted) => {
    const wished = clientConfiguration(regionOf(wanted));
    const key = JSON.stringify([wished.region, wished.credentials]);
    const known = clients.get(key);
    if (known !== undefined) return known;
    const made = load().then((Constructor) => new Constructor(wished));
    clients.set(key, made);
    return made;
  };
}

/** The keys are LocalStack's own by default, never the user's: they would name another account there. */
function clientConfiguration(region: string): ClientConfiguration {
  const endpoint = process.env.AWS_ENDPOINT_URL;
  if (endpoint === undefined || endpoint === "") {
    throw new Error(
      "The lab's own aws plugin works with an emulator only: set AWS_ENDPOINT_URL to the address of LocalStack. " +
        "For a real account use the official plugin.",
    );
  }
  const { accessKey = "test", secretKey = "test" } = configuration.get() ?? {};
  const credentials = { accessKeyId: accessKey, secretAccessKey: secretKey };
  return { endpoint, region, credentials, requestHandler };
}
