import { all, output, type Input, type Output } from "@pulumi/pulumi";
import type { HipaaRedisCacheArgs } from "./args";
import type { Evidence } from "./evidence/evidence";
import { libraryVersion } from "./evidence/library";
import type { CacheNetwork } from "./network/cacheNetwork";
import type { ClientGroups } from "./network/clientGroups";
import type { CacheNode } from "./node/cacheNode";
import type { CachePlan } from "./plan/cachePlan";
import { getOrThrow } from "./resources/getOrThrow";
import type { CacheTrust } from "./trust/cacheTrust";

/** What a cache's report is made of. Tags are left out: they say nothing about its security, and could say anything else. */
export function cacheEvidence(
  plan: CachePlan<Input<string>>,
  args: HipaaRedisCacheArgs,
  made: {
    readonly region: Output<string>;
    readonly network: CacheNetwork;
    readonly securityGroupId: Output<string>;
    readonly clientGroups: ClientGroups;
    readonly trust: CacheTrust;
    readonly nodes: readonly CacheNode[];
  },
): Output<Evidence> {
  const { region, network, securityGroupId, clientGroups, trust } = made;
  const nodes = made.nodes.map(({ plan: { name }, instanceId, privateIp, imageId, imageCreated }) => ({
    name,
    instanceId,
    privateIp,
    imageId,
    ...(imageCreated === undefined ? {} : { imageCreated }),
    secretArn: getOrThrow(trust.nodeSecrets, name).arn,
  }));
  const deployed = {
    region,
    vpcId: plan.vpcId,
    securityGroupId,
    kmsKeyArn: trust.kmsKeyArn,
    nodes,
    subnets: [...network.subnetIds].map(([name, id]) => ({ name, id })),
    clients: [...trust.clientSecrets].map(([name, { arn }]) => {
      const group = clientGroups.get(name);
      return { name, secretArn: arn, ...(group === undefined ? {} : { securityGroupId: group }) };
    }),
    certificates: all([...trust.certificates]),
  };
  return output({
    schemaVersion: 1 as const,
    libraryVersion: libraryVersion(),
    cache: plan.name,
    arguments: output(withoutTags(args)),
    deployed,
  });
}

function withoutTags({ tags: _, ...others }: HipaaRedisCacheArgs): Omit<HipaaRedisCacheArgs, "tags"> {
  return others;
}
