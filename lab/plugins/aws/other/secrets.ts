import type { Unwrap } from "@pulumi/pulumi";
import type { secretsmanager } from "@pulumi/aws";
import { randomBytes } from "node:crypto";
import { map } from "../../framework/kinds.js";
import { resourceType } from "../../framework/resourceType.js";
import { regionOf, secrets } from "../clients.js";
import { unlessGone } from "../gone.js";
import { tagChanges, tagOutputs, toTags } from "../tags.js";

/** What takes a policy away. */
const noPolicy = "{}";

export const secret = resourceType<Unwrap<secretsmanager.SecretArgs>>({
  properties: {
    description: "string",
    kmsKeyId: "string",
    name: "string",
    namePrefix: "string",
    policy: "json",
    recoveryWindowInDays: "number",
    region: "string",
    tags: map("string"),
  },
  defaults: { recoveryWindowInDays: 30 },
  autoname: { property: "name", longest: 512 },
  replaceOn: ["name", "namePrefix", "region"],
  // The window is said at the deletion only, and the prefix is ours.
  kept: ["namePrefix", "recoveryWindowInDays"],
  async create(inputs, call) {
    const client = await secrets(inputs.region);
    const { ARN: id = "" } = await client.createSecret({
      Description: inputs.description,
      KmsKeyId: inputs.kmsKeyId,
      Name: inputs.name ?? `${inputs.namePrefix ?? ""}${randomBytes(13).toString("hex")}`,
      Tags: toTags(inputs.tags),
    });
    call.created(id);
    if (inputs.policy !== undefined && inputs.policy !== noPolicy) {
      await client.putResourcePolicy({ SecretId: id, ResourcePolicy: inputs.policy });
    }
    return { id };
  },
  async read(id, state) {
    const client = await secrets(state.region);
    const live = await unlessGone(client.describeSecret({ SecretId: id }));
    if (live === undefined || live.DeletedDate !== undefined) return undefined;
    const policy = await client.getResourcePolicy({ SecretId: id });
    return {
      arn: live.ARN,
      description: live.Description,
      kmsKeyId: live.KmsKeyId,
      name: live.Name,
      policy: policy.ResourcePolicy ?? (state.policy === noPolicy ? noPolicy : undefined),
      region: regionOf(state.region),
      ...tagOutputs(live.Tags),
    };
  },
  async update(id, news, olds, changed) {
    const client = await secrets(news.region);
    const SecretId = id;
    if (changed.has("description") || changed.has("kmsKeyId")) {
      await client.updateSecret({ SecretId, Description: news.description ?? "", KmsKeyId: news.kmsKeyId });
    }
    if (changed.has("policy")) {
      const { policy: ResourcePolicy } = news;
      if (ResourcePolicy === noPolicy) await client.deleteResourcePolicy({ SecretId });
      // As the official provider has it: one that is no longer given stays.
      else if (ResourcePolicy !== undefined) await client.putResourcePolicy({ SecretId, ResourcePolicy });
    }
    if (changed.has("tags")) {
      const { set, remove } = tagChanges(olds.tags, news.tags);
      if (remove.length > 0) await client.untagResource({ SecretId, TagKeys: remove });
      if (Object.keys(set).length > 0) await client.tagResource({ SecretId, Tags: toTags(set) });
    }
    return undefined;
  },
  async delete(id, state) {
    const { recoveryWindowInDays: days = 30 } = state;
    const how = days === 0 ? { ForceDeleteWithoutRecovery: true } : { RecoveryWindowInDays: days };
    await unlessGone((await secrets(state.region)).deleteSecret({ SecretId: id, ...how }));
  },
});

/** The value of a secret. A new value is a new version, and the replaced one stays as the previous. */
export const secretVersion = resourceType<Unwrap<secretsmanager.SecretVersionArgs>>({
  properties: { region: "string", secretId: "string", secretString: "string" },
  required: ["secretId", "secretString"],
  replaceOn: "every",
  secretOutputs: ["secretString"],
  async create(inputs) {
    const { secretId: SecretId, secretString: SecretString } = inputs;
    const made = await (await secrets(inputs.region)).putSecretValue({ SecretId, SecretString });
    return { id: `${SecretId}|${made.VersionId ?? ""}` };
  },
  async read(id, state) {
    const [SecretId = "", VersionId] = id.split("|");
    const live = await unlessGone((await secrets(state.region)).getSecretValue({ SecretId, VersionId }));
    if (live === undefined) return undefined;
    return {
      arn: live.ARN,
      hasSecretStringWo: false,
      region: regionOf(state.region),
      secretId: SecretId,
      secretString: live.SecretString,
      versionId: live.VersionId,
      versionStages: live.VersionStages,
    };
  },
  // AWS refuses to take the current version away: it goes with its secret, or becomes the previous one.
  delete: () => Promise.resolve(),
});
