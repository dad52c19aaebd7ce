import type { EC2, ResourceType as TaggedType, Tag, TagSpecification } from "@aws-sdk/client-ec2";
import { map } from "../../framework/kinds.js";
import { resourceType } from "../../framework/resourceType.js";
import type { Call, Entry, Outputs, ResourceType } from "../../framework/resourceType.js";
import { ec2, regionOf } from "../clients.js";
import { tagChanges, tagOutputs, toTags } from "../tags.js";
import type { Tags } from "../tags.js";

interface Common {
  region?: string;
  tags?: Tags;
}

/** What was found: the official outputs, and the tags as EC2 lists them. */
export interface Found {
  outputs: Outputs;
  tags?: Tag[];
}

/** An entry for EC2. Region and tags are done for all of them alike. */
export interface Ec2Entry<Inputs extends Common> extends Pick<
  Entry<Inputs>,
  "required" | "defaults" | "autoname" | "kept" | "deleteBeforeReplace"
> {
  properties: { [Name in Exclude<keyof Inputs, "region" | "tags">]?: Entry<Inputs>["properties"][Name] };
  replaceOn: Entry<Inputs>["replaceOn"];
  /** What EC2 calls it in tag specifications; left out where it has no tags. */
  tagged?: TaggedType;
  create(client: EC2, inputs: Inputs, tags: TagSpecification[] | undefined, call: Call): Promise<string>;
  describe(client: EC2, id: string, state: Partial<Inputs>): Promise<Found | undefined>;
  update?(client: EC2, id: string, news: Inputs, changed: ReadonlySet<string>, olds: Partial<Inputs>): Promise<void>;
  delete(client: EC2, id: string, state: Partial<Inputs>): Promise<void>;
}

export function ec2Type<Inputs extends Common>(entry: Ec2Entry<Inputs>): ResourceType {
  const { tagged } = entry;
  const common = { region: "string", ...(tagged === undefined ? {} : { tags: map("string") }) };
  const specifications = (tags?: Tags): TagSpecification[] | undefined =>
    tagged === undefined || Object.keys(tags ?? {}).length === 0
      ? undefined
      : [{ ResourceType: tagged, Tags: toTags(tags) }];
  return resourceType<Inputs>({
    ...entry,
    properties: { ...entry.properties, ...common },
    replaceOn: replacing(entry),
    async create(inputs, call) {
      const client = await ec2(inputs.region);
      return { id: await entry.create(client, inputs, specifications(inputs.tags), call) };
    },
    async read(id, state) {
      const found = await entry.describe(await ec2(state.region), id, state);
      if (found === undefined) return undefined;
      const tags = tagged === undefined ? {} : tagOutputs(found.tags);
      return { ...found.outputs, ...tags, region: regionOf(state.region) };
    },
    async update(id, news, olds, changed) {
      const client = await ec2(news.region);
      if (changed.has("tags")) await changeTags(client, id, olds.tags, news.tags);
      const others = new Set([...changed].filter((name) => name !== "tags"));
      if (others.size > 0) await entry.update?.(client, id, news, others, olds);
      return undefined;
    },
    async delete(id, state) {
      await entry.delete(await ec2(state.region), id, state);
    },
  });
}

/** Everything replaces but tags, where there is no update; a region always does. */
function replacing<Inputs extends Common>(entry: Ec2Entry<Inputs>): Entry<Inputs>["replaceOn"] {
  const { replaceOn } = entry;
  if (typeof replaceOn === "function") return (inputs) => [...replaceOn(inputs), "region"];
  const names = replaceOn === "every" ? (Object.keys(entry.properties) as (keyof Inputs & string)[]) : replaceOn;
  return [...names, "region"];
}

/** Makes the old tags of something in EC2 the new ones. */
export async function changeTags(client: EC2, id: string, olds?: Tags, news?: Tags): Promise<void> {
  const { set, remove } = tagChanges(olds, news);
  const Resources = [id];
  if (remove.length > 0) await client.deleteTags({ Resources, Tags: remove.map((Key) => ({ Key })) });
  if (Object.keys(set).length > 0) await client.createTags({ Resources, Tags: toTags(set) });
}

/** The ARN of something in EC2. */
export function ec2Arn(region: string | undefined, owner: string | undefined, path: string): string {
  return `arn:aws:ec2:${regionOf(region)}:${owner ?? ""}:${path}`;
}

/** The id that a create call must have returned. */
export function required(id: string | undefined): string {
  if (id === undefined) throw new Error("The EC2 API returned no id");
  return id;
}
