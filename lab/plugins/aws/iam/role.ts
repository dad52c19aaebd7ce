import type { Unwrap } from "@pulumi/pulumi";
import type { iam } from "@pulumi/aws";
import { randomBytes } from "node:crypto";
import { map } from "../../framework/kinds.js";
import { resourceType } from "../../framework/resourceType.js";
import * as clients from "../clients.js";
import { unlessGone } from "../gone.js";
import { tagChanges, tagOutputs, toTags } from "../tags.js";

export const role = resourceType<Unwrap<iam.RoleArgs>>({
  properties: {
    assumeRolePolicy: "json",
    description: "string",
    forceDetachPolicies: "boolean",
    maxSessionDuration: "number",
    name: "string",
    namePrefix: "string",
    path: "string",
    permissionsBoundary: "string",
    tags: map("string"),
  },
  required: ["assumeRolePolicy"],
  defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  autoname: { property: "name", longest: 64 },
  replaceOn: ["name", "namePrefix", "path"],
  // They are ours, not AWS's.
  kept: ["forceDetachPolicies", "namePrefix"],
  async create(inputs) {
    const RoleName = inputs.name ?? `${inputs.namePrefix ?? ""}${randomBytes(13).toString("hex")}`;
    await (
      await clients.iam()
    ).createRole({
      AssumeRolePolicyDocument: document(inputs.assumeRolePolicy),
      Description: inputs.description,
      MaxSessionDuration: inputs.maxSessionDuration,
      Path: inputs.path,
      PermissionsBoundary: inputs.permissionsBoundary,
      RoleName,
      Tags: toTags(inputs.tags),
    });
    return { id: RoleName };
  },
  async read(id) {
    const found = await unlessGone((await clients.iam()).getRole({ RoleName: id }));
    const live = found?.Role;
    if (live === undefined) return undefined;
    return {
      arn: live.Arn,
      assumeRolePolicy: decodeURIComponent(live.AssumeRolePolicyDocument ?? ""),
      createDate: live.CreateDate?.toISOString(),
      description: live.Description,
      maxSessionDuration: live.MaxSessionDuration,
      name: live.RoleName,
      path: live.Path,
      permissionsBoundary: live.PermissionsBoundary?.PermissionsBoundaryArn,
      uniqueId: live.RoleId,
      ...tagOutputs(live.Tags),
    };
  },
  async update(id, news, olds, changed) {
    const client = await clients.iam();
    const RoleName = id;
    if (changed.has("assumeRolePolicy")) {
      await client.updateAssumeRolePolicy({ RoleName, PolicyDocument: document(news.assumeRolePolicy) });
    }
    if (changed.has("description") || changed.has("maxSessionDuration")) {
      const { description: Description = "", maxSessionDuration: MaxSessionDuration } = news;
      await client.updateRole({ RoleName, Description, MaxSessionDuration });
    }
    if (changed.has("permissionsBoundary")) {
      const { permissionsBoundary: PermissionsBoundary } = news;
      if (PermissionsBoundary === undefined) await client.deleteRolePermissionsBoundary({ RoleName });
      else await client.putRolePermissionsBoundary({ RoleName, PermissionsBoundary });
    }
    if (changed.has("tags")) {
      const { set, remove } = tagChanges(olds.tags, news.tags);
      if (remove.length > 0) await client.untagRole({ RoleName, TagKeys: remove });
      if (Object.keys(set).length > 0) await client.tagRole({ RoleName, Tags: toTags(set) });
    }
    return undefined;
  },
  async delete(id) {
    await unlessGone((await clients.iam()).deleteRole({ RoleName: id }));
  },
});

/** A policy document as text, in whichever form it was given. */
export function document(policy: unknown): string {
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}
