import { output, type Input, type Output } from "@pulumi/pulumi";
import type { Connection } from "./arguments/connection";
import type { CachePlan } from "./plan/cachePlan";
import { getOrThrow } from "./resources/getOrThrow";
import type { CacheTrust } from "./trust/cacheTrust";

/** For a client that is given none: the connections of the caches that the program has made so far, by cache. */
const ofProgram = new Map<string, readonly string[]>();

/** Those, as a program writes them, with the cache's name. */
export function madeConnections(): string[] {
  return [...ofProgram].map(([cache, names]) => `connections.${names.join(" and connections.")} (cache ${cache})`);
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
  ofProgram.set(
    plan.name,
    plan.clients.map(({ client }) => client),
  );
  return Object.fromEntries(connections) as Record<Client, Output<Connection>>;
}
