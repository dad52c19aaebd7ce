import { appInstance } from "../scenario/appInstance.js";
import { bakedImageId } from "../scenario/quickstart.js";
import type { HipaaRedisCacheArgs } from "../../src/args.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";

/** What the tests change of the cache, by one `pulumi up` each. */
export type Change = Pick<HipaaRedisCacheArgs, "rotation" | "certificates" | "maxMemoryPercent"> & {
  readonly clients?: readonly string[];
};

/** The application, which stays whatever happens. */
export const client = "web";
export const appUser = "app";

/** A primary, two replicas and an app host, in three zones. */
export function program(tunnel: TunnelEngine, change: Change = {}) {
  return (): Promise<Record<string, unknown>> => {
    const network = new HipaaNetwork("clinic", {
      cidrBlock: "10.0.0.0/16",
      availabilityZones: ["us-east-1a", "us-east-1b", "us-east-1c"],
    });
    const cache = new HipaaRedisCache<string>("sessions", {
      vpcId: network.vpcId,
      vpcCidrBlock: network.vpcCidrBlock,
      subnets: network.cacheSubnets,
      appCidrBlocks: network.appCidrBlocks,
      operators: [],
      clients: [client],
      replicas: 2,
      tunnel,
      imageId: bakedImageId,
      imageHasPackages: true,
      ...change,
    });
    const connection = cache.connections[client];
    if (connection === undefined) throw new Error(`There is no connection for ${client}.`);
    const web = new HipaaRedisClient(client, {
      connection,
      appUser,
      tunnel,
      imageHasPackages: true,
    });
    appInstance(client, web, network);
    return Promise.resolve({
      vpcId: network.vpcId,
      connections: cache.connections,
      nodes: cache.nodes,
      evidence: cache.evidence,
    });
  };
}
