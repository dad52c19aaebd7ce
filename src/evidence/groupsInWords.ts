import type { Flow } from "../plan/flows";

/** The security groups that a flow is narrowed down to, each by its name and its id. */
export function groupsInWords({ securityGroups }: Flow): string[] {
  return securityGroups.map(({ name, id }) => `${name} (${String(id)})`);
}
