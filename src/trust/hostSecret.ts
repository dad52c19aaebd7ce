import { Secret } from "@pulumi/aws/secretsmanager/secret";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion";
import { jsonStringify, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { nameTags, type Tags } from "../resources/nameTags";

/** One host's secret: a JSON object, one field a file on the host. */
export interface HostSecret {
  readonly arn: Output<string>;
  readonly version: SecretVersion;
}

/** Puts a host's credentials into Secrets Manager, under the cache's own key. */
export function createHostSecret(
  secret: {
    name: string;
    description: string;
    kmsKeyArn: Input<string>;
    policy: Input<string>;
    fields: Readonly<Record<string, Input<string>>>;
    tags: Tags;
  },
  opts: CustomResourceOptions,
): HostSecret {
  const resource = new Secret(
    secret.name,
    {
      description: secret.description,
      kmsKeyId: secret.kmsKeyArn,
      policy: secret.policy,
      // A cache is disposable, and so are its credentials: they end with it.
      recoveryWindowInDays: 0,
      tags: nameTags(secret.tags, secret.name),
    },
    opts,
  );
  const version = new SecretVersion(
    secret.name,
    { secretId: resource.id, secretString: jsonStringify(secret.fields) },
    { ...opts, additionalSecretOutputs: ["secretString"] },
  );
  return { arn: resource.arn, version };
}
