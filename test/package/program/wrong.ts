import { HipaaRedisCache, HipaaRedisClient } from "pulumi-hipaa-redis";
import { connect } from "pulumi-hipaa-redis/ioredis";
import { hipaaRedisPolicies } from "pulumi-hipaa-redis/policy";

const common = { vpcId: "vpc-1", vpcCidrBlock: "10.0.0.0/16", subnets: [], appCidrBlocks: [], operators: [] };
const cache = new HipaaRedisCache("sessions", { ...common, clients: ["web"] });
// A client that the cache doesn't have:
new HipaaRedisClient("worker", { connection: cache.connections.worker, appUser: "worker" });
// A missing argument:
new HipaaRedisClient("web", { connection: cache.connections.web });
// A misspelt argument:
new HipaaRedisCache("other", { ...common, clients: ["web"], allowSharedTenency: true });
// What the connection file decides is not the application's to choose:
connect({ password: "guess" });
// A policy is switched off by Pulumi's own configuration, not here:
hipaaRedisPolicies({ disabled: ["redis-port-not-public"] });
