import type { Input } from "@pulumi/pulumi";

export type Tags = Readonly<Record<string, Input<string>>> | undefined;

/** The caller's tags and the name that AWS's console shows. */
export function nameTags(tags: Tags, name: string): Record<string, Input<string>> {
  return { ...tags, Name: name };
}
