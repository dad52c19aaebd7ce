/** The kinds of host: a node of the cache, and an application's. */
export const hostKinds = ["cache", "client"] as const;

export type HostKind = (typeof hostKinds)[number];
