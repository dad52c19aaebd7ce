import type { Unwrap } from "@pulumi/pulumi";
import type { iam } from "@pulumi/aws";
import { resourceType } from "../../framework/resourceType.js";
import * as clients from "../clients.js";
import { unlessGone } from "../gone.js";
import { document } from "./role.js";

/** The engine hands over a role that is given as a resource as its id, which is its name. */
type OfRole<Args> = Omit<Args, "role"> & { role: string };
type PolicyInputs = OfRole<Unwrap<iam.RolePolicyArgs>>;

/** A policy inside a role. */
export const rolePolicy = resourceType<PolicyInputs>({
  properties: { name: "string", policy: "json", role: "string" },
  required: ["policy", "role"],
  autoname: { property: "name", longest: 128 },
  replaceOn: ["name", "role"],
  async create(inputs) {
    await put(inputs);
    return { id: `${inputs.role}:${inputs.name ?? ""}` };
  },
  async read(id) {
    const [RoleName, PolicyName] = id.split(":");
    const live = await unlessGone((await clients.iam()).getRolePolicy({ RoleName, PolicyName }));
    if (live === undefined) return undefined;
    return {
      name: live.PolicyName,
      policy: decodeURIComponent(live.PolicyDocument ?? ""),
      role: live.RoleName,
    };
  },
  async update(_id, news) {
    await put(news);
    return undefined;
  },
  async delete(id) {
    const [RoleName, PolicyName] = id.split(":");
    await unlessGone((await clients.iam()).deleteRolePolicy({ RoleName, PolicyName }));
  },
});

async function put({ role, name: PolicyName, policy }: PolicyInputs): Promise<void> {
  const client = await clients.iam();
  await client.putRolePolicy({ RoleName: role, PolicyName, PolicyDocument: document(policy) });
}

/** A policy of its own, such as one of AWS's, attached to a role. */
export const rolePolicyAttachment = resourceType<OfRole<Unwrap<iam.RolePolicyAttachmentArgs>>>({
  properties: { policyArn: "string", role: "string" },
  required: ["policyArn", "role"],
  replaceOn: "every",
  async create({ role: RoleName, policyArn: PolicyArn }) {
    await (await clients.iam()).attachRolePolicy({ RoleName, PolicyArn });
    return { id: `${RoleName}/${PolicyArn}` };
  },
  async read(id) {
    const { RoleName, PolicyArn } = attachment(id);
    const found = await unlessGone((await clients.iam()).listAttachedRolePolicies({ RoleName }));
    const live = found?.AttachedPolicies?.find((policy) => policy.PolicyArn === PolicyArn);
    return live && { policyArn: live.PolicyArn, role: RoleName };
  },
  async delete(id) {
    await unlessGone((await clients.iam()).detachRolePolicy(attachment(id)));
  },
});

function attachment(id: string): { RoleName: string; PolicyArn: string } {
  const slash = id.indexOf("/");
  return { RoleName: id.slice(0, slash), PolicyArn: id.slice(slash + 1) };
}
