import { clientCertificate, serverCertificate } from "../../src/plan/certificates.js";
import { defaultOperatingSystem } from "../../src/plan/operatingSystem.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import { appHostMutations } from "./appHostMutations.js";
import type { HostMutation } from "./hostMutation.js";
import { nodeFirewallMutations } from "./nodeFirewallMutations.js";
import { nodePeopleMutations } from "./nodePeopleMutations.js";
import { nodeRedisMutations } from "./nodeRedisMutations.js";
import { nodeSystemMutations } from "./nodeSystemMutations.js";
import { nodeTunnelMutations } from "./nodeTunnelMutations.js";
import { commonMutations } from "./commonMutations.js";

/** Everything that the tests do to the quickstart's hosts. */
export function hostMutations(tunnel: TunnelEngine, operatingSystem = defaultOperatingSystem): readonly HostMutation[] {
  const onNode = [
    ...nodeFirewallMutations,
    ...nodeSystemMutations(operatingSystem),
    ...nodeTunnelMutations(tunnel),
    ...nodeRedisMutations,
    ...nodePeopleMutations,
  ];
  return [
    ...commonMutations("node", serverCertificate("sessions", "sessions-0", "").dnsName),
    ...onNode.map((mutation) => ({ on: "node" as const, ...mutation })),
    ...commonMutations("appHost", clientCertificate("sessions", "web").dnsName),
    ...appHostMutations.map((mutation) => ({ on: "appHost" as const, ...mutation })),
  ];
}

/**
 * Checks that no mutation breaks, by what they show: on a container that shares its kernel and its journal with others of the
 * lab it can't be done, or nothing else would be left to look at.
 */
export const notBroken: Readonly<Record<string, string>> = {
  "there is no swap": "a container can't switch any on",
  "Redis's folder is in memory": "Redis's socket is in it, so everything would go with it",
};
