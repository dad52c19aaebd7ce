// Caches and their clients, as a user of the library writes them.
import { HipaaRedisCache, HipaaRedisClient } from "../../../../dist/index.js";
import { count } from "../count";
import { cacheCidrBlock, surroundings } from "../surroundings";

for (let index = 0; index < count; index += 1) {
  const { vpcId, vpcCidrBlock, natGatewayId, availabilityZone } = surroundings;
  const cache = new HipaaRedisCache(`cache${index}`, {
    vpcId,
    vpcCidrBlock,
    subnets: [{ availabilityZone, cidrBlock: cacheCidrBlock(index), natGatewayId }],
    appCidrBlocks: [surroundings.appCidrBlock],
    bastionCidrBlocks: [surroundings.bastionCidrBlock],
    operators: [surroundings.operator],
    clients: ["web"],
  });
  new HipaaRedisClient(`web${index}`, { connection: cache.connections.web, appUser: "web" });
}
