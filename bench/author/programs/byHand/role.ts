import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface Readable {
  readonly secretArn: pulumi.Output<string>;
  readonly kmsKeyArn: pulumi.Output<string>;
  readonly region: pulumi.Output<string>;
}

/** A role that reads one secret, and its instance profile. */
export function createRole(
  name: string,
  { secretArn, kmsKeyArn, region }: Readable,
): { profile: aws.iam.InstanceProfile; policy: aws.iam.RolePolicy } {
  const role = new aws.iam.Role(name, {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
    }),
    tags: { Name: name },
  });
  const viaSecretsManager = {
    "kms:ViaService": pulumi.interpolate`secretsmanager.${region}.amazonaws.com`,
    "kms:EncryptionContext:SecretARN": secretArn,
  };
  const policy = new aws.iam.RolePolicy(name, {
    role: role.id,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn },
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: kmsKeyArn,
          Condition: { StringEquals: viaSecretsManager },
        },
      ],
    }),
  });
  const profile = new aws.iam.InstanceProfile(name, { role: role.name, tags: { Name: name } });
  return { profile, policy };
}
