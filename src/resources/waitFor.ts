import { all, type Output, type Resource } from "@pulumi/pulumi";

/** The same value, but what uses it waits until these resources are there too. */
export function waitFor(value: Output<string>, resources: readonly Resource[]): Output<string> {
  return all([value, all(resources.map(({ urn }) => urn))]).apply(([first]) => first);
}
