import type { Unwrap } from "@pulumi/pulumi";
import type { iam } from "@pulumi/aws";
import type { IAM } from "@aws-sdk/client-iam";
import { map } from "../../framework/kinds.js";
import { resourceType } from "../../framework/resourceType.js";
import * as clients from "../clients.js";
import { unlessGone } from "../gone.js";
import { tagChanges, tagOutputs, toTags } from "../tags.js";

/** The engine hands over a role that is given as a resource as its id, which is its name. */
type Inputs = Omit<Unwrap<iam.InstanceProfileArgs>, "role"> & { role?: string };

export const instanceProfile = resourceType<Inputs>({
  properties: { name: "string", path: "string", role: "string", tags: map("string") },
  defaults: { path: "/" },
  autoname: { property: "name", longest: 128 },
  replaceOn: ["name", "path"],
  async create(inputs, call) {
    const client = await clients.iam();
    const id = inputs.name ?? "";
    await client.createInstanceProfile({
      InstanceProfileName: id,
      Path: inputs.path,
      Tags: toTags(inputs.tags),
    });
    call.created(id);
    await addRole(client, id, inputs.role);
    return { id };
  },
  async read(id) {
    const found = await unlessGone((await clients.iam()).getInstanceProfile({ InstanceProfileName: id }));
    const live = found?.InstanceProfile;
    if (live === undefined) return undefined;
    return {
      arn: live.Arn,
      createDate: live.CreateDate?.toISOString(),
      name: live.InstanceProfileName,
      path: live.Path,
      role: live.Roles?.[0]?.RoleName,
      uniqueId: live.InstanceProfileId,
      ...tagOutputs(live.Tags),
    };
  },
  async update(id, news, olds, changed) {
    const client = await clients.iam();
    if (changed.has("role")) {
      await removeRole(client, id, olds.role);
      await addRole(client, id, news.role);
    }
    if (changed.has("tags")) {
      const { set, remove } = tagChanges(olds.tags, news.tags);
      if (remove.length > 0) await client.untagInstanceProfile({ InstanceProfileName: id, TagKeys: remove });
      if (Object.keys(set).length > 0) {
        await client.tagInstanceProfile({ InstanceProfileName: id, Tags: toTags(set) });
      }
    }
    return undefined;
  },
  async delete(id, state) {
    const client = await clients.iam();
    await removeRole(client, id, state.role);
    await unlessGone(client.deleteInstanceProfile({ InstanceProfileName: id }));
  },
});

async function addRole(client: IAM, InstanceProfileName: string, role?: string): Promise<void> {
  if (role !== undefined) await client.addRoleToInstanceProfile({ InstanceProfileName, RoleName: role });
}

async function removeRole(client: IAM, InstanceProfileName: string, role?: string): Promise<void> {
  if (role === undefined) return;
  await unlessGone(client.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: role }));
}
