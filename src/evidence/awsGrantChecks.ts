import type { HostKind } from "../plan/hostKinds";
import { healthParameterName } from "../plan/health";
import { readOneSecret, reportHealth, trustEc2, type HostPolicy } from "../plan/hostPolicy";
import { accountOf, hostRolePath, keyStatements, secretPolicy } from "../plan/secretPolicy";
import { canonical } from "./canonical";
import { inAws, literally, type Check } from "./check";
import type { Subject } from "./control";
import { hasPeers } from "./shape";

/** Who may do what with a cache's role, key and secrets, by every place where AWS keeps that: compared as a whole. */

export function roleChecks({ plan, deployed }: Subject): Check[] {
  return deployed.nodes.flatMap(({ name, instanceId, secretArn }) => [
    inAws(
      `the role of ${name} has its one policy, as it was planned, and no other`,
      `${roleOf(instanceId)} && attached=$(aws iam list-attached-role-policies --role-name "$role" --query 'AttachedPolicies[].PolicyName' --output text) && inside=$(aws iam list-role-policies --role-name "$role" --query PolicyNames --output text) && policy=$(aws iam get-role-policy --role-name "$role" --policy-name "$inside" --query PolicyDocument --output json) && echo "attached: \${attached:-none}; inside: $(echo "$policy" | ${asOneText})"`,
      `^attached: none; inside: ${literally(canonical(nodePolicy(plan, deployed, secretArn)))}$`,
    ),
    inAws(
      `the role of ${name} is for EC2 alone`,
      `${roleOf(instanceId)} && aws iam get-role --role-name "$role" --query Role.AssumeRolePolicyDocument --output json | ${asOneText}`,
      `^${literally(canonical(trustEc2))}$`,
    ),
  ]);
}

/** A node's whole policy: its own secret and, among others, the parameter in which it reports how it does. */
export function nodePolicy(
  plan: Subject["plan"],
  { kmsKeyArn, region }: Subject["deployed"],
  secretArn: string,
): HostPolicy {
  const reading = readOneSecret({ secretArn, kmsKeyArn, region });
  return hasPeers(plan) ? reportHealth(reading, healthParameterArn(secretArn)) : reading;
}

function healthParameterArn(secretArn: string): string {
  return `${secretArn.split(":").slice(0, 5).join(":").replace(":secretsmanager:", ":ssm:")}:parameter${healthParameterName(secretArn)}`;
}

/**
 * Roles are found by their path, by which the secret's policy knows them as well. Another stack's cache of the same name has its roles
 * there too, with other keys: those are its own report's.
 */
export function clientRoleChecks({ plan, deployed }: Subject): Check[] {
  const { kmsKeyArn, region } = deployed;
  return deployed.clients.map(({ name, secretArn }) => {
    const path = hostRolePath(plan.name, { kind: "client", name });
    const planned = canonical(readOneSecret({ secretArn, kmsKeyArn, region }).Statement);
    const inside = `for policy in $inside; do aws iam get-role-policy --role-name "$role" --policy-name "$policy" --query PolicyDocument.Statement --output json || exit; done`;
    const ofRole = `attached=$(aws iam list-attached-role-policies --role-name "$role" --query 'AttachedPolicies[].PolicyName' --output text) && inside=$(aws iam list-role-policies --role-name "$role" --query PolicyNames --output text) && statements=$(${inside}) && trust=$(aws iam get-role --role-name "$role" --query Role.AssumeRolePolicyDocument --output json) && echo "$statements" | jq --slurp --arg attached "$attached" --argjson trust "$trust" '{attached: $attached, trust: $trust, statements: (add // [])}'`;
    return inAws(
      `the hosts of ${name} may read its secret and take one role, and nothing else, by roles for EC2 alone`,
      `roles=$(aws iam list-roles --path-prefix ${path} --query 'Roles[].RoleName' --output text) && found=$(for role in $roles; do { ${ofRole}; } || exit; done) && echo "$found" | jq --slurp '${planned} as $planned | [.[] | ${isOfCache(secretArn, kmsKeyArn)} | ${mayDoMore}] | length'`,
      "^0$",
    );
  });
}

/** jq's filter for a role that can be of this cache: its policies name what is the cache's, or have a pattern. */
function isOfCache(...arns: readonly string[]): string {
  const texts = [...arns.map((arn) => JSON.stringify(arn)), "*"];
  const named = texts.map((text) => `contains(${JSON.stringify(text)})`).join(" or ");
  return `select(.statements | tojson | ${named})`;
}

/** jq's filter for a role that somebody else may take, or that has something beside what was planned, and the taking of one role that is no cache's host's. */
const mayDoMore = `select((.attached == "" and .trust == ${canonical(trustEc2)} and ($planned - .statements) == [] and (.statements - $planned | length < 2 and all(keys == ["Action", "Effect", "Resource"] and .Effect == "Allow" and .Action == "sts:AssumeRole" and (.Resource | test("^arn:aws[a-z-]*:iam::[0-9]{12}:role/(?!hipaa-redis/)[A-Za-z0-9_+=,.@/-]+$"))))) | not)`;

export function keyPolicyCheck({ plan, deployed: { kmsKeyArn, region } }: Subject): Check {
  const key = { ...accountOf(kmsKeyArn), cache: plan.name, region };
  return inAws(
    "the key's policy is as it was planned, and lets nobody else at it",
    `aws kms get-key-policy --key-id ${kmsKeyArn} --policy-name default --query Policy --output text | jq --compact-output --sort-keys '[.Statement[] | del(.Sid)]'`,
    `^${literally(canonical(keyStatements(key, plan.secretAdministratorArns)))}$`,
  );
}

/**
 * EC2 gives itself one for each volume, which decrypts nothing else, as the infrastructure of the instance that has it (KMS Developer
 * Guide, "Examining grants").
 */
export function keyGrantsCheck({ deployed: { kmsKeyArn, nodes } }: Subject): Check {
  const context = "(.Constraints.EncryptionContextSubset // .Constraints.EncryptionContextEquals)";
  const { partition, account } = accountOf(kmsKeyArn);
  const infrastructure = nodes.map(({ instanceId }) =>
    JSON.stringify(`arn:${partition}:sts::${account}:assumed-role/aws:ec2-infrastructure/${instanceId}`),
  );
  const ofVolume = `(${context}["aws:ebs:id"]? // "" | startswith("vol-"))`;
  const ofNode = `(.GranteePrincipal | IN(${infrastructure.join(", ")}))`;
  return inAws(
    "no grant of the key is for anything but a volume of a node",
    `aws kms list-grants --key-id ${kmsKeyArn} --output json | jq '[.Grants[] | select((${ofVolume} and ${ofNode}) | not)] | length'`,
    "^0$",
  );
}

export function secretPolicyChecks({ plan, deployed }: Subject): Check[] {
  const check = (kind: HostKind, name: string, secretArn: string): Check => {
    const path = hostRolePath(plan.name, { kind, name });
    const planned = canonical(secretPolicy(accountOf(secretArn), path, plan.secretAdministratorArns));
    return inAws(
      `the policy of the secret of ${name} is as it was planned, and lets nobody else at it`,
      `aws secretsmanager get-resource-policy --secret-id ${secretArn} --query ResourcePolicy --output json | jq --compact-output --sort-keys 'if . == null then {} else fromjson end'`,
      `^${literally(planned)}$`,
    );
  };
  return [
    ...deployed.nodes.map(({ name, secretArn }) => check("cache", name, secretArn)),
    ...deployed.clients.map(({ name, secretArn }) => check("client", name, secretArn)),
  ];
}

/** The shell's `role`: that of the instance. */
function roleOf(instanceId: string): string {
  return `profile=$(aws ec2 describe-instances --instance-ids ${instanceId} --query 'Reservations[].Instances[].IamInstanceProfile.Arn' --output text) && role=$(aws iam get-instance-profile --instance-profile-name "\${profile##*/}" --query 'InstanceProfile.Roles[].RoleName' --output text)`;
}

const asOneText = "jq --compact-output --sort-keys .";
