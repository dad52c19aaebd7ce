/** A host's whole policy: read this secret, and use its key for this secret through Secrets Manager. */
export function readOneSecret(secret: { secretArn: string; kmsKeyArn: string; region: string }): HostPolicy {
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secret.secretArn },
      {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: secret.kmsKeyArn,
        Condition: {
          StringEquals: {
            "kms:ViaService": `secretsmanager.${secret.region}.amazonaws.com`,
            "kms:EncryptionContext:SecretARN": secret.secretArn,
          },
        },
      },
    ],
  };
}

/** The same, and write what the node reports of itself, in its own parameter. */
export function reportHealth(policy: HostPolicy, parameterArn: string): HostPolicy {
  const report = { Effect: "Allow", Action: "ssm:PutParameter", Resource: parameterArn } as const;
  return { ...policy, Statement: [...policy.Statement, report] };
}

/** What lets a host take its application's role, and no other. */
export function takeOneRole(roleArn: string): HostPolicy {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: roleArn }],
  };
}

/** A policy in IAM's own form (IAM User Guide, "JSON policy element reference"). */
export interface HostPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly {
    readonly Effect: "Allow";
    readonly Action: string;
    readonly Resource: string;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }[];
}

/** Who may be a host: an instance of EC2's, and nobody else. */
export const trustEc2 = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
} as const;

/** Who may be an application: the host that it runs on, and nobody else. */
export function trustRole(roleArn: string) {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: roleArn } }],
  } as const;
}
