import { appInstance } from "../scenario/appInstance.js";
import type { Choice } from "../scenario/dimensions.js";
import { bakedImageId } from "../scenario/quickstart.js";
import type { HipaaRedisCacheArgs } from "../../src/args.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";

/** The nodes that a cache begins with, and how often its hosts look what has become of them. */
export type Shape = Pick<HipaaRedisCacheArgs, "shards" | "replicas" | "refreshIntervalSeconds">;

/** A primary and two replicas, one node in each zone. */
export const withReplicas: Shape = { replicas: 2 };

/** Three shards of a primary and a replica each, two nodes in each zone. A fourth one gets slots once all hosts have looked. */
export const withShards: Shape = { shards: 3, replicas: 1, refreshIntervalSeconds: 10 };

/** What the tests change of the cache, by one `pulumi up` each. */
export type Change = Pick<
  HipaaRedisCacheArgs,
  "shards" | "rotation" | "certificates" | "maxMemoryPercent" | "operatingSystem" | "engine" | "tunnel"
> & {
  readonly clients?: readonly string[];
};

export const cacheName = "sessions";

/** The application, which stays whatever happens. */
export const client = "web";
export const appUser = "app";

/** A cache in three zones, and an app host. */
export function program({ tunnel, operatingSystem, engine }: Choice, shape: Shape, change: Change = {}) {
  return (): Promise<Record<string, unknown>> => {
    const network = new HipaaNetwork("clinic", {
      cidrBlock: "10.0.0.0/16",
      availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    });
    const cache = new HipaaRedisCache<string>(cacheName, {
      vpcId: network.vpcId,
      vpcCidrBlock: network.vpcCidrBlock,
      subnets: network.cacheSubnets,
      appCidrBlocks: network.appCidrBlocks,
      operators: [],
      clients: [client],
      tunnel,
      operatingSystem,
      engine,
      imageId: bakedImageId({ operatingSystem, engine, ...change }),
      imageHasPackages: true,
      ...shape,
      ...change,
    });
    const connection = cache.connections[client];
    if (connection === undefined) throw new Error(`There is no connection for ${client}.`);
    const web = new HipaaRedisClient(client, {
      connection,
      appUser,
      tunnel,
      operatingSystem,
      ...(shape.refreshIntervalSeconds === undefined ? {} : { refreshIntervalSeconds: shape.refreshIntervalSeconds }),
      imageHasPackages: true,
    });
    appInstance(client, web, network, operatingSystem);
    return Promise.resolve({
      vpcId: network.vpcId,
      connections: cache.connections,
      nodes: cache.nodes,
      evidence: cache.evidence,
    });
  };
}
