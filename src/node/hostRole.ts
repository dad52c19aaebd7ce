import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { all, type CustomResourceOptions, type Input } from "@pulumi/pulumi";
import { nameTags, type Tags } from "../resources/nameTags";
import { readOneSecret, trustEc2 } from "../plan/hostPolicy";

/** What a host is to AWS: a role that can read one secret and do nothing else. */
export interface HostRole {
  readonly role: Role;
  readonly profile: InstanceProfile;
  readonly policy: RolePolicy;
}

export interface ReadableSecret {
  readonly secretArn: Input<string>;
  readonly kmsKeyArn: Input<string>;
  readonly region: Input<string>;
}

/** @param path IAM's, by which the secret's policy knows the role. */
export function createHostRole(
  name: string,
  path: Input<string>,
  secret: ReadableSecret,
  tags: Tags,
  opts: CustomResourceOptions,
): HostRole {
  const role = new Role(name, { path, assumeRolePolicy: JSON.stringify(trustEc2), tags: nameTags(tags, name) }, opts);
  const policy = new RolePolicy(
    name,
    {
      role: role.id,
      policy: all([secret.secretArn, secret.kmsKeyArn, secret.region]).apply(([secretArn, kmsKeyArn, region]) =>
        JSON.stringify(readOneSecret({ secretArn, kmsKeyArn, region })),
      ),
    },
    opts,
  );
  const profile = new InstanceProfile(name, { role: role.name, tags: nameTags(tags, name) }, opts);
  return { role, profile, policy };
}
