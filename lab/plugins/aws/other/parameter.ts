import type { Unwrap } from "@pulumi/pulumi";
import type { ssm as types } from "@pulumi/aws";
import { map } from "../../framework/kinds.js";
import { resourceType, type FunctionType } from "../../framework/resourceType.js";
import type { PropertyBag } from "../../framework/values.js";
import { regionOf, ssm } from "../clients.js";
import { unlessGone } from "../gone.js";
import { tagChanges, tagOutputs, toTags } from "../tags.js";

const ResourceType = "Parameter";

export const parameter = resourceType<Unwrap<types.ParameterArgs>>({
  properties: {
    description: "string",
    name: "string",
    region: "string",
    tags: map("string"),
    type: "string",
    value: "string",
  },
  required: ["type"],
  autoname: { property: "name", longest: 2048 },
  replaceOn: ["name", "region"],
  secretOutputs: ["value"],
  async create(inputs) {
    const { name: id = "" } = inputs;
    const client = await ssm(inputs.region);
    await client.send("PutParameter", {
      Name: id,
      Type: inputs.type,
      Value: inputs.value ?? "",
      Tags: toTags(inputs.tags),
      ...(inputs.description === undefined ? {} : { Description: inputs.description }),
    });
    return { id };
  },
  async read(id, state) {
    const client = await ssm(state.region);
    const live = await unlessGone(client.send("GetParameter", { Name: id, WithDecryption: true }));
    if (live === undefined) return undefined;
    const filter = { Key: "Name", Values: [id] };
    const { Parameters } = await client.send("DescribeParameters", { ParameterFilters: [filter] });
    const { TagList } = await client.send("ListTagsForResource", { ResourceType, ResourceId: id });
    return {
      arn: live.Parameter.ARN,
      description: Parameters[0]?.Description,
      name: live.Parameter.Name,
      region: regionOf(state.region),
      type: live.Parameter.Type,
      value: live.Parameter.Value,
      version: live.Parameter.Version,
      ...tagOutputs(TagList),
    };
  },
  async update(id, news, olds, changed) {
    const client = await ssm(news.region);
    if (["value", "description", "type"].some((name) => changed.has(name))) {
      const { type: Type, value: Value = "", description: Description = "" } = news;
      await client.send("PutParameter", { Name: id, Type, Value, Description, Overwrite: true });
    }
    if (changed.has("tags")) {
      const { set, remove: TagKeys } = tagChanges(olds.tags, news.tags);
      const resource = { ResourceType, ResourceId: id } as const;
      if (TagKeys.length > 0) await client.send("RemoveTagsFromResource", { ...resource, TagKeys });
      if (Object.keys(set).length > 0) await client.send("AddTagsToResource", { ...resource, Tags: toTags(set) });
    }
    return undefined;
  },
  async delete(id, state) {
    await unlessGone((await ssm(state.region)).send("DeleteParameter", { Name: id }));
  },
});

export const getParameter: FunctionType = {
  properties: { name: "string", region: "string", withDecryption: "boolean" },
  required: ["name"],
  async invoke(bag: PropertyBag) {
    const { name: Name, region, withDecryption } = bag as { name: string; region?: string; withDecryption?: boolean };
    const client = await ssm(region);
    const { Parameter: live } = await client.send("GetParameter", { Name, WithDecryption: withDecryption ?? true });
    return {
      ...bag,
      arn: live.ARN,
      id: Name,
      insecureValue: live.Type === "SecureString" ? undefined : live.Value,
      region: regionOf(region),
      type: live.Type,
      value: live.Value,
      version: live.Version,
    };
  },
};
