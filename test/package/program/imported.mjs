import {
  HipaaNetwork,
  HipaaRedisCache,
  HipaaRedisClient,
  InvalidArgumentsError,
  imageCloudConfig,
} from "pulumi-hipaa-redis";
import { connect } from "pulumi-hipaa-redis/ioredis";
import { hipaaRedisPolicies } from "pulumi-hipaa-redis/policy";

const named = { HipaaNetwork, HipaaRedisCache, HipaaRedisClient, InvalidArgumentsError, imageCloudConfig };
console.log(Object.keys(named).join(","));
console.log(connect.name);
console.log(hipaaRedisPolicies.name);
