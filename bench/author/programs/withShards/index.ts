// One cache of so many shards with a replica each, and its client, in networks that have room for a hundred.
import { HipaaRedisCache, HipaaRedisClient } from "../../../../dist/index.js";
import { count } from "../count";
import { surroundings } from "../surroundings";

const { vpcId, vpcCidrBlock, natGatewayId } = surroundings;
const cache = new HipaaRedisCache("cache", {
  vpcId,
  vpcCidrBlock,
  subnets: ["a", "b", "c"].map((zone, index) => ({
    availabilityZone: `us-east-1${zone}`,
    cidrBlock: `10.0.${100 + 2 * index}.0/23`,
    natGatewayId,
  })),
  appCidrBlocks: [surroundings.appCidrBlock],
  bastionCidrBlocks: [surroundings.bastionCidrBlock],
  operators: [surroundings.operator],
  clients: ["web"],
  shards: count,
  replicas: 1,
});
new HipaaRedisClient("web", { connection: cache.connections.web, appUser: "web" });
