import { HipaaNetwork, HipaaRedisCache, HipaaRedisClient, InvalidArgumentsError } from "pulumi-hipaa-redis";
import { connect } from "pulumi-hipaa-redis/ioredis";

console.log(
  Object.keys({ HipaaNetwork, HipaaRedisCache, HipaaRedisClient, InvalidArgumentsError }).join(","),
);
console.log(connect.name);
