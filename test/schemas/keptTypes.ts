import { as, policy, tags, type Convert, type ResourceType } from "./resourceType.js";

/** Keys, secrets and logs. */
export const keptTypes: Readonly<Record<string, ResourceType>> = {
  "aws:kms/key:Key": {
    is: "AWS::KMS::Key",
    same: ["description", "enableKeyRotation"],
    renamed: { deletionWindowInDays: "PendingWindowInDays" },
    other: { policy: policy("KeyPolicy"), tags },
  },
  "aws:kms/alias:Alias": { is: "AWS::KMS::Alias", same: ["targetKeyId"], chosen: { AliasName: "name" } },
  "aws:secretsmanager/secret:Secret": {
    is: "AWS::SecretsManager::Secret",
    same: ["description", "kmsKeyId"],
    other: { tags, policy: secretPolicy },
    without: { recoveryWindowInDays: "there a secret that is deleted can be restored for 30 days, always" },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    is: "AWS::Logs::LogGroup",
    same: ["kmsKeyId", "retentionInDays"],
    other: { tags },
  },
  "aws:ssm/parameter:Parameter": {
    is: "AWS::SSM::Parameter",
    same: ["description", "name", "type", "value"],
    // There they are a map as well.
    other: { tags: as("Tags", (value) => value) },
  },
};

/** A secret's policy is a resource of its own there; an empty one is none. */
function secretPolicy(...[value, output]: Parameters<Convert>): ReturnType<Convert> {
  const ResourcePolicy = JSON.parse(value as string) as object;
  if (Object.keys(ResourcePolicy).length === 0) return {};
  const Properties = { SecretId: output("id"), ResourcePolicy };
  return { resources: { Policy: { Type: "AWS::SecretsManager::ResourcePolicy", Properties } } };
}

/** Types that CloudFormation does not have, each with the reason. */
export const withoutCounterpart: Readonly<Record<string, string>> = {
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "it takes over the group that AWS makes with a VPC",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "there the role names its managed policies",
  "aws:secretsmanager/secretVersion:SecretVersion": "there the secret has the value, without a form that it must have",
};
