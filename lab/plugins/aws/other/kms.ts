import type { Unwrap } from "@pulumi/pulumi";
import type { kms as official } from "@pulumi/aws";
import type { KMS } from "@aws-sdk/client-kms";
import { map } from "../../framework/kinds.js";
import { resourceType } from "../../framework/resourceType.js";
import { kms, regionOf } from "../clients.js";
import { unlessGone } from "../gone.js";
import { tagChanges, tagOutputs } from "../tags.js";
import type { Tags } from "../tags.js";

type Inputs = Unwrap<official.KeyArgs>;

export const key = resourceType<Inputs>({
  properties: {
    deletionWindowInDays: "number",
    description: "string",
    enableKeyRotation: "boolean",
    isEnabled: "boolean",
    policy: "json",
    region: "string",
    rotationPeriodInDays: "number",
    tags: map("string"),
  },
  defaults: { enableKeyRotation: false, isEnabled: true },
  replaceOn: ["region"],
  // It is said at the deletion only.
  kept: ["deletionWindowInDays"],
  async create(inputs, call) {
    const client = await kms(inputs.region);
    const { KeyMetadata } = await client.createKey({
      Description: inputs.description,
      Policy: inputs.policy,
      Tags: kmsTags(inputs.tags),
    });
    const id = KeyMetadata?.KeyId ?? "";
    call.created(id);
    if (inputs.enableKeyRotation === true) await setRotation(client, id, inputs);
    if (inputs.isEnabled === false) await client.disableKey({ KeyId: id });
    return { id };
  },
  async read(id, state) {
    const client = await kms(state.region);
    const live = (await unlessGone(client.describeKey({ KeyId: id })))?.KeyMetadata;
    if (live === undefined || live.KeyState === "PendingDeletion") return undefined;
    const [rotation, policy, tags] = await Promise.all([
      client.getKeyRotationStatus({ KeyId: id }),
      client.getKeyPolicy({ KeyId: id, PolicyName: "default" }),
      client.listResourceTags({ KeyId: id }),
    ]);
    return {
      arn: live.Arn,
      customerMasterKeySpec: live.KeySpec,
      description: live.Description,
      enableKeyRotation: rotation.KeyRotationEnabled,
      isEnabled: live.Enabled,
      keyId: live.KeyId,
      keyUsage: live.KeyUsage,
      multiRegion: live.MultiRegion,
      policy: policy.Policy,
      region: regionOf(state.region),
      rotationPeriodInDays: rotation.RotationPeriodInDays,
      ...tagOutputs(tags.Tags?.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue }))),
    };
  },
  async update(id, news, olds, changed) {
    const client = await kms(news.region);
    const KeyId = id;
    if (changed.has("isEnabled") && news.isEnabled === true) await client.enableKey({ KeyId });
    if (changed.has("description")) await client.updateKeyDescription({ KeyId, Description: news.description ?? "" });
    if (changed.has("enableKeyRotation") || changed.has("rotationPeriodInDays")) await setRotation(client, id, news);
    if (changed.has("policy") && news.policy !== undefined) {
      await client.putKeyPolicy({ KeyId, PolicyName: "default", Policy: news.policy });
    }
    if (changed.has("tags")) {
      const { set, remove } = tagChanges(olds.tags, news.tags);
      if (remove.length > 0) await client.untagResource({ KeyId, TagKeys: remove });
      if (Object.keys(set).length > 0) await client.tagResource({ KeyId, Tags: kmsTags(set) });
    }
    if (changed.has("isEnabled") && news.isEnabled === false) await client.disableKey({ KeyId });
    return undefined;
  },
  async delete(id, state) {
    const client = await kms(state.region);
    await unlessGone(client.scheduleKeyDeletion({ KeyId: id, PendingWindowInDays: state.deletionWindowInDays ?? 30 }));
  },
});

async function setRotation(client: KMS, KeyId: string, inputs: Inputs): Promise<void> {
  if (inputs.enableKeyRotation !== true) await client.disableKeyRotation({ KeyId });
  else await client.enableKeyRotation({ KeyId, RotationPeriodInDays: inputs.rotationPeriodInDays });
}

function kmsTags(tags: Tags = {}): { TagKey: string; TagValue: string }[] {
  return Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}

export const alias = resourceType<Unwrap<official.AliasArgs>>({
  properties: { name: "string", region: "string", targetKeyId: "string" },
  required: ["targetKeyId"],
  autoname: { property: "name", longest: 256, prefix: "alias/" },
  replaceOn: ["name", "region"],
  async create(inputs) {
    const { name: AliasName = "", targetKeyId: TargetKeyId } = inputs;
    await (await kms(inputs.region)).createAlias({ AliasName, TargetKeyId });
    return { id: AliasName };
  },
  async read(id, state) {
    const client = await kms(state.region);
    // Without a key the list has all aliases, page by page.
    for (let Marker: string | undefined, more = true; more;) {
      const page = await client.listAliases({ Marker });
      const live = page.Aliases?.find((alias) => alias.AliasName === id);
      if (live !== undefined) {
        const arn = live.AliasArn ?? "";
        const targetKeyArn = arn.replace(/:alias\/.*/, `:key/${live.TargetKeyId ?? ""}`);
        // The key can be given by its ARN as well.
        const targetKeyId = state.targetKeyId === targetKeyArn ? targetKeyArn : live.TargetKeyId;
        return { arn, name: id, region: regionOf(state.region), targetKeyArn, targetKeyId };
      }
      Marker = page.NextMarker;
      more = page.Truncated === true;
    }
    return undefined;
  },
  async update(id, news) {
    await (await kms(news.region)).updateAlias({ AliasName: id, TargetKeyId: news.targetKeyId });
    return undefined;
  },
  async delete(id, state) {
    await unlessGone((await kms(state.region)).deleteAlias({ AliasName: id }));
  },
});
