import { defaultKeyStatements, readOneSecret, trustEc2 } from "../plan/hostPolicy";
import { canonical } from "./canonical";
import { inAws, literally, type Check } from "./check";
import type { Subject } from "./control";

/** Who may do what with a cache's role, key and secrets, by every place where AWS keeps that: compared as a whole. */

export function roleChecks({ deployed }: Subject): Check[] {
  const { kmsKeyArn, region } = deployed;
  return deployed.nodes.flatMap(({ name, instanceId, secretArn }) => [
    inAws(
      `the role of ${name} has its one policy, as it was planned, and no other`,
      `${roleOf(instanceId)} && attached=$(aws iam list-attached-role-policies --role-name "$role" --query 'AttachedPolicies[].PolicyName' --output text) && inside=$(aws iam list-role-policies --role-name "$role" --query PolicyNames --output text) && policy=$(aws iam get-role-policy --role-name "$role" --policy-name "$inside" --query PolicyDocument --output json) && echo "attached: \${attached:-none}; inside: $(echo "$policy" | ${asOneText})"`,
      `^attached: none; inside: ${literally(canonical(readOneSecret({ secretArn, kmsKeyArn, region })))}$`,
    ),
    inAws(
      `the role of ${name} is for EC2 alone`,
      `${roleOf(instanceId)} && aws iam get-role --role-name "$role" --query Role.AssumeRolePolicyDocument --output json | ${asOneText}`,
      `^${literally(canonical(trustEc2))}$`,
    ),
  ]);
}

export function keyPolicyCheck({ deployed: { kmsKeyArn } }: Subject): Check {
  return inAws(
    "the key's policy leaves it to the account's IAM, and lets nobody else at it",
    `aws kms get-key-policy --key-id ${kmsKeyArn} --policy-name default --query Policy --output text | jq --compact-output --sort-keys '[.Statement[] | del(.Sid)]'`,
    `^${literally(canonical(defaultKeyStatements(kmsKeyArn)))}$`,
  );
}

/**
 * EC2 gives itself one for each volume, which decrypts nothing else, as the infrastructure of an instance of the same account (KMS Developer
 * Guide, "Examining grants").
 */
export function keyGrantsCheck({ deployed: { kmsKeyArn } }: Subject): Check {
  const context = "(.Constraints.EncryptionContextSubset // .Constraints.EncryptionContextEquals)";
  const [, partition = "", , , account = ""] = kmsKeyArn.split(":");
  const infrastructure = `arn:${partition}:sts::${account}:assumed-role/aws:ec2-infrastructure/i-`;
  const ofVolume = `(${context}["aws:ebs:id"]? // "" | startswith("vol-"))`;
  const ofInstance = `(.GranteePrincipal // "" | startswith("${infrastructure}"))`;
  return inAws(
    "no grant of the key is for anything but a volume of an instance of this account",
    `aws kms list-grants --key-id ${kmsKeyArn} --output json | jq '[.Grants[] | select((${ofVolume} and ${ofInstance}) | not)] | length'`,
    "^0$",
  );
}

export function secretPolicyChecks({ deployed }: Subject): Check[] {
  return [...deployed.nodes, ...deployed.clients].map(({ name, secretArn }) =>
    inAws(
      `the secret of ${name} has no policy that lets others at it`,
      `aws secretsmanager get-resource-policy --secret-id ${secretArn} --query ResourcePolicy --output text`,
      "^None$",
    ),
  );
}

/** The shell's `role`: that of the instance. */
function roleOf(instanceId: string): string {
  return `profile=$(aws ec2 describe-instances --instance-ids ${instanceId} --query 'Reservations[].Instances[].IamInstanceProfile.Arn' --output text) && role=$(aws iam get-instance-profile --instance-profile-name "\${profile##*/}" --query 'InstanceProfile.Roles[].RoleName' --output text)`;
}

const asOneText = "jq --compact-output --sort-keys .";
