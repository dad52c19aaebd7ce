/**
 * The actions by which somebody reads, changes or takes over what is a cache's, or takes it away: of the actions that AWS lists
 * for the resource (Service Authorization Reference, read in November 2026) those that are not only a description of it, a tag, or
 * encryption with the key.
 */
export const takeovers = {
  secret: {
    read: ["secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue"],
    change: [
      "secretsmanager:CancelRotateSecret",
      "secretsmanager:DeleteResourcePolicy",
      "secretsmanager:DeleteSecret",
      "secretsmanager:PutResourcePolicy",
      "secretsmanager:PutSecretValue",
      "secretsmanager:ReplicateSecretToRegions",
      "secretsmanager:RotateSecret",
      "secretsmanager:UpdateSecret",
      "secretsmanager:UpdateSecretVersionStage",
    ],
  },
  key: {
    decrypt: ["kms:Decrypt", "kms:ReEncryptFrom"],
    open: [
      "kms:CreateGrant",
      "kms:DeleteImportedKeyMaterial",
      "kms:DisableKey",
      "kms:PutKeyPolicy",
      "kms:ScheduleKeyDeletion",
    ],
  },
  role: [
    "iam:AttachRolePolicy",
    "iam:DeleteRole",
    "iam:DeleteRolePolicy",
    "iam:PassRole",
    "iam:PutRolePolicy",
    "iam:UpdateAssumeRolePolicy",
  ],
} as const;
