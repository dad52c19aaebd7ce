import { InstanceProfile } from "@pulumi/aws/iam/instanceProfile";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { all, type CustomResourceOptions, type Input } from "@pulumi/pulumi";
import { nameTags, type Tags } from "../resources/nameTags";
import { readOneSecret, reportHealth, trustEc2 } from "../plan/hostPolicy";

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
  /** Where a node reports how it does, where there are replicas. */
  readonly healthParameterArn?: Input<string>;
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
      policy: all([secret.secretArn, secret.kmsKeyArn, secret.region, secret.healthParameterArn]).apply(
        ([secretArn, kmsKeyArn, region, healthParameterArn]) => {
          const reading = readOneSecret({ secretArn, kmsKeyArn, region });
          return JSON.stringify(healthParameterArn === undefined ? reading : reportHealth(reading, healthParameterArn));
        },
      ),
    },
    opts,
  );
  const profile = new InstanceProfile(name, { role: role.name, tags: nameTags(tags, name) }, opts);
  return { role, profile, policy };
}
