import type { Flow } from "../plan/flows";
import type { Deployed } from "./evidence";

/** The security groups that a flow is narrowed down to, each by its name and its id. */
export function groupsInWords({ securityGroups, clientGroups = [] }: Flow, { clients }: Deployed): string[] {
  return [
    ...securityGroups.map(({ name, id }) => `${name} (${String(id)})`),
    ...clientGroups.map((client) => `${client} (${clientGroupId(clients, client)})`),
  ];
}

/** The group that the cache has made for a client. An evidence without it is not believed: no group is called so. */
export function clientGroupId(clients: Deployed["clients"], client: string): string {
  return clients.find(({ name }) => name === client)?.securityGroupId ?? "no group";
}
