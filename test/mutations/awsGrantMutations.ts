import {
  AttachRolePolicyCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  CreateGrantCommand,
  CreateKeyCommand,
  GetKeyPolicyCommand,
  PutKeyPolicyCommand,
  RevokeGrantCommand,
} from "@aws-sdk/client-kms";
import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import { hostRolePath } from "../../src/plan/secretPolicy.js";
import { describeInstance, inAws, type Account, type AwsMutation } from "./account.js";
import type { CheckName } from "./checkName.js";

const itsPolicy = inAws(
  "least-privilege",
  "the role of sessions-0 has its one policy, as it was planned, and no other",
);
const clientsRole = inAws(
  "application-credentials",
  "the hosts of web may read its secret and take one role, and nothing else, by roles for EC2 alone",
);
const grants = inAws("least-privilege", "no grant of the key is for anything but a volume of a node");

function underItsKey(name: string): CheckName {
  return inAws(
    "least-privilege",
    `the secret of ${name} is encrypted under the cache's key, and has no copy in another region`,
  );
}

/** What somebody does to who may do what with the cache's role, key and secrets. */
export const awsGrantMutations: readonly AwsMutation[] = [
  {
    what: "make the node an administrator of the account",
    breaks: itsPolicy,
    does: async (account) => {
      const policy = {
        RoleName: await roleOf(account),
        PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      };
      await account.iam.send(new AttachRolePolicyCommand(policy));
      return () => account.iam.send(new DetachRolePolicyCommand(policy));
    },
  },
  {
    what: "put another policy into the node's role",
    breaks: itsPolicy,
    does: async (account) => {
      const policy = { RoleName: await roleOf(account), PolicyName: "more" };
      const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      await account.iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
      return () => account.iam.send(new DeleteRolePolicyCommand(policy));
    },
  },
  {
    what: "encrypt the node's secret under another key",
    breaks: underItsKey("sessions-0"),
    does: (account) => underAnotherKey(account, account.deployed.nodes[0]?.secretArn),
  },
  {
    what: "encrypt a client's secret under another key",
    breaks: underItsKey("web"),
    does: (account) => underAnotherKey(account, account.deployed.clients[0]?.secretArn),
  },
  {
    what: "rewrite the one policy of the node's role",
    breaks: itsPolicy,
    does: async (account) => {
      const RoleName = await roleOf(account);
      const { PolicyNames } = await account.iam.send(new ListRolePoliciesCommand({ RoleName }));
      const policy = { RoleName, PolicyName: PolicyNames?.[0] };
      const { PolicyDocument = "" } = await account.iam.send(new GetRolePolicyCommand(policy));
      const before = decodeURIComponent(PolicyDocument);
      const put = (document: string) =>
        account.iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: document }));
      await put(before.replace(/"Resource":\s*"[^"]*secret:[^"]*"/, '"Resource":"*"'));
      return () => put(before);
    },
  },
  {
    what: "let another account take the node's role",
    breaks: inAws("least-privilege", "the role of sessions-0 is for EC2 alone"),
    does: async (account) => takenByOthers(account, await roleOf(account)),
  },
  {
    what: "let another account take the role of an app host",
    breaks: clientsRole,
    does: async (account) => takenByOthers(account, await roleOfClient(account)),
  },
  {
    what: "make an app host an administrator of the account",
    breaks: clientsRole,
    does: async (account) => {
      const policy = {
        RoleName: await roleOfClient(account),
        PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
      };
      await account.iam.send(new AttachRolePolicyCommand(policy));
      return () => account.iam.send(new DetachRolePolicyCommand(policy));
    },
  },
  ...(
    [
      ["put another policy into an app host's role", "s3:GetObject"],
      ["let an app host take any role", "sts:AssumeRole"],
    ] as const
  ).map(([what, Action]): AwsMutation => ({
    what,
    breaks: clientsRole,
    does: async (account) => {
      const policy = { RoleName: await roleOfClient(account), PolicyName: "more" };
      const statement = { Effect: "Allow", Action, Resource: "*" };
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
      await account.iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
      return () => account.iam.send(new DeleteRolePolicyCommand(policy));
    },
  })),
  {
    what: "let another account use the key by its policy",
    breaks: inAws("least-privilege", "the key's policy is as it was planned, and lets nobody else at it"),
    does: async ({ kms, deployed }) => {
      const key = { KeyId: deployed.kmsKeyArn, PolicyName: "default" };
      const { Policy = "" } = await kms.send(new GetKeyPolicyCommand(key));
      const put = (text: string) => kms.send(new PutKeyPolicyCommand({ ...key, Policy: text }));
      await put(withStatement(Policy, "kms:Decrypt"));
      return () => put(Policy);
    },
  },
  ...(
    [
      ["", {}],
      [" for what is no volume but has its name elsewhere", { volume: "vol-0123456789abcdef0" }],
      [" for a volume, which is not EC2", { "aws:ebs:id": "vol-0123456789abcdef0" }],
    ] as const
  ).map(([how, context]): AwsMutation => ({
    what: `let somebody use the key by a grant${how}`,
    breaks: grants,
    does: async ({ kms, deployed }) => {
      const KeyId = deployed.kmsKeyArn;
      const { GrantId } = await kms.send(
        new CreateGrantCommand({
          KeyId,
          GranteePrincipal: stranger,
          Operations: ["Decrypt"],
          ...(how === "" ? {} : { Constraints: { EncryptionContextSubset: context } }),
        }),
      );
      return () => kms.send(new RevokeGrantCommand({ KeyId, GrantId }));
    },
  })),
  {
    what: "let another account read the node's secret by a policy of its own",
    breaks: inAws(
      "least-privilege",
      "the policy of the secret of sessions-0 is as it was planned, and lets nobody else at it",
    ),
    does: (account) => readByOthers(account, account.deployed.nodes[0]?.secretArn),
  },
  {
    what: "let another account read a client's secret by a policy of its own",
    breaks: inAws(
      "least-privilege",
      "the policy of the secret of web is as it was planned, and lets nobody else at it",
    ),
    does: (account) => readByOthers(account, account.deployed.clients[0]?.secretArn),
  },
  {
    what: "take the policy of the node's secret away",
    breaks: inAws(
      "least-privilege",
      "the policy of the secret of sessions-0 is as it was planned, and lets nobody else at it",
    ),
    does: async ({ secrets, deployed }) => {
      const SecretId = deployed.nodes[0]?.secretArn;
      const { ResourcePolicy } = await secrets.send(new GetResourcePolicyCommand({ SecretId }));
      await secrets.send(new DeleteResourcePolicyCommand({ SecretId }));
      return () => secrets.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy }));
    },
  },
];

const stranger = "arn:aws:iam::123456789012:root";

/** A policy with a stranger in it. */
function withStatement(policy: string, Action: string): string {
  const { Statement, ...rest } = JSON.parse(policy) as { Statement: object[] };
  const more = {
    Effect: "Allow",
    Principal: { AWS: stranger },
    Action,
    ...(Action.startsWith("sts:") ? {} : { Resource: "*" }),
  };
  return JSON.stringify({ ...rest, Statement: [...Statement, more] });
}

async function takenByOthers({ iam }: Account, RoleName: string | undefined): Promise<() => Promise<unknown>> {
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const before = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
  const put = (PolicyDocument: string) => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
  await put(withStatement(before, "sts:AssumeRole"));
  return () => put(before);
}

async function readByOthers({ secrets }: Account, SecretId: string | undefined): Promise<() => Promise<unknown>> {
  const { ResourcePolicy = "" } = await secrets.send(new GetResourcePolicyCommand({ SecretId }));
  const put = (text: string) => secrets.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy: text }));
  await put(withStatement(ResourcePolicy, "secretsmanager:GetSecretValue"));
  return () => put(ResourcePolicy);
}

async function underAnotherKey(
  { kms, secrets, deployed }: Account,
  SecretId: string | undefined,
): Promise<() => Promise<unknown>> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  await secrets.send(new UpdateSecretCommand({ SecretId, KmsKeyId: KeyMetadata?.Arn }));
  return () => secrets.send(new UpdateSecretCommand({ SecretId, KmsKeyId: deployed.kmsKeyArn }));
}

async function roleOf({ ec2, iam, deployed }: Account): Promise<string> {
  const { IamInstanceProfile } = await describeInstance(ec2, deployed);
  const InstanceProfileName = IamInstanceProfile?.Arn?.split("/").at(-1);
  const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName }));
  return InstanceProfile?.Roles?.[0]?.RoleName ?? "";
}

async function roleOfClient({ iam }: Account): Promise<string | undefined> {
  const { Roles } = await iam.send(
    new ListRolesCommand({ PathPrefix: hostRolePath("sessions", { kind: "client", name: "web" }) }),
  );
  return Roles?.[0]?.RoleName;
}
