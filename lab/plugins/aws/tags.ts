export type Tags = Record<string, string>;

interface Tag {
  Key?: string;
  Value?: string;
}

export function toTags(tags: Tags = {}): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The outputs `tags` and `tagsAll`. */
export function tagOutputs(list: readonly Tag[] = []): { tags?: Tags; tagsAll: Tags } {
  const tags = Object.fromEntries(list.map(({ Key = "", Value = "" }) => [Key, Value]));
  return { tags: list.length === 0 ? undefined : tags, tagsAll: tags };
}

/** What to set and what to take away so that the old tags become the new ones. */
export function tagChanges(olds: Tags = {}, news: Tags = {}): { set: Tags; remove: string[] } {
  return {
    set: Object.fromEntries(Object.entries(news).filter(([key, value]) => olds[key] !== value)),
    remove: Object.keys(olds).filter((key) => !(key in news)),
  };
}
