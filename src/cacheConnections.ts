import { output, type Input, type Output } from "@pulumi/pulumi";
import type { Connection } from "./arguments/connection";
import type { CachePlan } from "./plan/cachePlan";
import { getOrThrow } from "./resources/getOrThrow";
import type { CacheTrust } from "./trust/cacheTrust";

/**
 * The connections of the caches that this process has made so far, by cache. State of the module, since a client that is given
 * `undefined` for a misspelt name holds nothing that leads to a cache. It adds a sentence to that client's error, and decides nothing.
 */
const madeSoFar = new Map<string, readonly string[]>();

/** As a program writes them, with the cache's name: for the error of a client that is given none. */
export function madeConnections(): string[] {
  return [...madeSoFar].map(([cache, names]) => `connections.${names.join(" and connections.")} (cache ${cache})`);
}

/** What a cache tells each of its clients. */
export function cacheConnections<Client extends string>(
  plan: CachePlan<Input<string>>,
  made: {
    readonly region: Output<string>;
    readonly securityGroupId: Output<string>;
    readonly trust: CacheTrust;
  },
): Readonly<Record<Client, Output<Connection>>> {
  const { region, securityGroupId, trust } = made;
  const nodes = plan.nodes.map(({ name, privateIp: address, port, certificate }) => ({
    name,
    address,
    port,
    serverName: certificate.dnsName,
  }));
  const connections = plan.clients.map(({ client }): [string, Output<Connection>] => [
    client,
    output({
      schemaVersion: 1 as const,
      cache: plan.name,
      client,
      region,
      vpcId: plan.vpcId,
      securityGroupId,
      nodes,
      secretArn: getOrThrow(trust.clientSecrets, client).arn,
      kmsKeyArn: trust.kmsKeyArn,
    }),
  ]);
  madeSoFar.set(
    plan.name,
    plan.clients.map(({ client }) => client),
  );
  return Object.fromEntries(connections) as Record<Client, Output<Connection>>;
}
