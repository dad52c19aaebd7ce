/** A role that EC2 takes for a host, as specified: it reads one secret, through one key, and does nothing else. */
export function hostRole(name: string, path: string, secret: string, key: string, tags: object): object {
  return {
    [`Role ${name}`]: {
      path,
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
      },
      tags,
    },
    [`RolePolicy ${name}`]: {
      role: `<Role ${name} name>`,
      policy: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: `<Secret ${secret} arn>` },
          {
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: `<Key ${key} arn>`,
            Condition: {
              StringEquals: {
                "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
                "kms:EncryptionContext:SecretARN": `<Secret ${secret} arn>`,
              },
            },
          },
        ],
      },
    },
    [`InstanceProfile ${name}`]: { role: `<Role ${name} name>`, tags },
  };
}
