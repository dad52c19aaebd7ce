/** The kinds of host: a node of the cache, and an application's. */
export const hostRoles = ["cache", "client"] as const;

export type HostRoleName = (typeof hostRoles)[number];
