import type { HostKind } from "./hostKinds";

/** What AWS lists for a secret (Service Authorization Reference) that tells its value, or that changes who is told it and what. */
export const secretActions = {
  read: ["secretsmanager:GetSecretValue"],
  change: [
    "CancelRotateSecret DeleteResourcePolicy DeleteSecret PutResourcePolicy PutSecretValue RemoveRegionsFromReplication",
    "ReplicateSecretToRegions RotateSecret StopReplicationToReplica UpdateSecret UpdateSecretVersionStage",
  ].flatMap((line) => line.split(" ").map((name) => `secretsmanager:${name}`)),
} as const;

/** The roles of one cache's hosts, by IAM's path: so that policies know them before there are any, also those of other stacks. */
export function hostRolePath(cache: string, host?: { readonly kind: HostKind; readonly name: string }): string {
  const parts = host === undefined ? [] : [pathPart[host.kind], host.name];
  return `/${["hipaa-redis", cache].concat(parts).join("/")}/`;
}

/** A cache's hosts are its nodes there, beside its clients. */
const pathPart: Readonly<Record<HostKind, string>> = { cache: "node", client: "client" };

export interface Account {
  readonly partition: string;
  readonly account: string;
}

/** The account that an ARN is of. */
export function accountOf(arn: string): Account {
  const [, partition = "", , , account = ""] = arn.split(":");
  return { partition, account };
}

/**
 * A secret's policy, an empty one without administrators: whatever the account's IAM allows, nobody reads it but the host whose
 * role has this path, and nobody changes it but its administrators, who may read it as well. The account's root user may do both: it could take the policy away (Secrets Manager User
 * Guide, "Resource-based policies").
 */
export function secretPolicy(account: Account, path: string, administrators: readonly string[]): object {
  if (administrators.length === 0) return {};
  const may = [rootOf(account), ...administrators];
  return {
    Version: "2012-10-17",
    Statement: [denyBut([roleArns(account, path), ...may], secretActions.read), denyBut(may, secretActions.change)],
  };
}

/**
 * The statements of the key's policy. By default the account's own IAM decides (KMS Developer Guide, "Default key policy"). With
 * administrators nobody else, but for the cache's hosts, has Secrets Manager decrypt, should a secret have lost its policy, and nobody
 * else changes this one. Volumes are EC2's, which goes by grants.
 */
export function keyStatements(
  key: Account & { readonly cache: string; readonly region: string },
  administrators: readonly string[] = [],
): readonly object[] {
  if (administrators.length === 0) return [accountGoverns(key)];
  const may = [rootOf(key), ...administrators];
  return [
    accountGoverns(key),
    denyBut([roleArns(key, hostRolePath(key.cache)), ...may], ["kms:Decrypt"], {
      StringEquals: { "kms:ViaService": `secretsmanager.${key.region}.amazonaws.com` },
    }),
    denyBut(may, ["kms:PutKeyPolicy"]),
  ];
}

/** The account's own IAM decides about a key (KMS Developer Guide, "Default key policy"). */
export function accountGoverns(account: Account): object {
  return { Effect: "Allow", Principal: { AWS: rootOf(account) }, Action: "kms:*", Resource: "*" };
}

/** `ArnNotLike` holds for whom none of its patterns fits (IAM User Guide, "Conditions with multiple context keys or values"). */
function denyBut(principals: readonly string[], actions: readonly string[], condition: object = {}): object {
  return {
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: actions,
    Resource: "*",
    Condition: { ArnNotLike: { "aws:PrincipalArn": principals }, ...condition },
  };
}

function rootOf({ partition, account }: Account): string {
  return `arn:${partition}:iam::${account}:root`;
}

function roleArns({ partition, account }: Account, path: string): string {
  return `arn:${partition}:iam::${account}:role${path}*`;
}
