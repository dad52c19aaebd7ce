import type { Unwrap } from "@pulumi/pulumi";
import type { cloudwatch } from "@pulumi/aws";
import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { map } from "../../framework/kinds.js";
import { resourceType } from "../../framework/resourceType.js";
import { logs, regionOf } from "../clients.js";
import { unlessGone } from "../gone.js";
import { tagChanges, tagOutputs } from "../tags.js";

export const logGroup = resourceType<Unwrap<cloudwatch.LogGroupArgs>>({
  properties: {
    kmsKeyId: "string",
    name: "string",
    region: "string",
    retentionInDays: "number",
    tags: map("string"),
  },
  defaults: { retentionInDays: 0 },
  autoname: { property: "name", longest: 512 },
  replaceOn: ["name", "region"],
  async create(inputs, call) {
    const client = await logs(inputs.region);
    const id = inputs.name ?? "";
    await client.createLogGroup({ logGroupName: id, kmsKeyId: inputs.kmsKeyId, tags: inputs.tags });
    call.created(id);
    if (inputs.retentionInDays !== 0) await setRetention(client, id, inputs.retentionInDays);
    return { id };
  },
  async read(id, state) {
    const client = await logs(state.region);
    const found = await client.describeLogGroups({ logGroupNamePrefix: id });
    const live = found.logGroups?.find((group) => group.logGroupName === id);
    if (live === undefined) return undefined;
    const arn = live.arn?.replace(/:\*$/, "");
    const { tags = {} } = await client.listTagsForResource({ resourceArn: arn });
    return {
      arn,
      kmsKeyId: live.kmsKeyId,
      logGroupClass: live.logGroupClass,
      name: id,
      region: regionOf(state.region),
      retentionInDays: live.retentionInDays ?? 0,
      ...tagOutputs(Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))),
    };
  },
  async update(id, news, olds, changed) {
    const client = await logs(news.region);
    if (changed.has("retentionInDays")) await setRetention(client, id, news.retentionInDays);
    if (changed.has("kmsKeyId")) {
      if (news.kmsKeyId === undefined) await client.disassociateKmsKey({ logGroupName: id });
      else await client.associateKmsKey({ logGroupName: id, kmsKeyId: news.kmsKeyId });
    }
    if (changed.has("tags")) {
      const { set, remove } = tagChanges(olds.tags, news.tags);
      const found = await client.describeLogGroups({ logGroupNamePrefix: id });
      const resourceArn = found.logGroups?.find((group) => group.logGroupName === id)?.arn?.replace(/:\*$/, "");
      if (remove.length > 0) await client.untagResource({ resourceArn, tagKeys: remove });
      if (Object.keys(set).length > 0) await client.tagResource({ resourceArn, tags: set });
    }
    return undefined;
  },
  async delete(id, state) {
    await unlessGone((await logs(state.region)).deleteLogGroup({ logGroupName: id }));
  },
});

/** No days mean for ever. */
async function setRetention(client: CloudWatchLogs, logGroupName: string, days = 0): Promise<void> {
  if (days === 0) await client.deleteRetentionPolicy({ logGroupName });
  else await client.putRetentionPolicy({ logGroupName, retentionInDays: days });
}
