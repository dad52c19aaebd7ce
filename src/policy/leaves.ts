/** One value of a resource's, with the names that lead to it. */
export interface Leaf {
  /** Without the places in lists: `ipAddresses.subnetId`. */
  readonly path: string;
  readonly value: unknown;
}

/** All values of a resource, at any depth. What is empty has none. */
export function leavesOf(value: unknown, path: string): readonly Leaf[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((member) => leavesOf(member, path));
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, path === "" ? key : `${path}.${key}`));
}
