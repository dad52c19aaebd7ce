import type { ClusterMember } from "./cluster";

/**
 * Who the nodes of a cluster are, as its hosts' secrets carry it: a line each with shard, number and address in the network. All else that a
 * host has to know of a node follows from these, and no host's user data says anything of another.
 */
export function membersText(members: readonly Pick<ClusterMember, "shard" | "replica" | "privateIp">[]): string {
  return members.map(({ shard, replica, privateIp }) => `${shard}-${replica} ${privateIp}\n`).join("");
}

/** What each line of it is, whole (extended regular expression). */
export const memberLine = "[0-9]{1,2}-[0-5] [0-9]{1,3}([.][0-9]{1,3}){3}";
