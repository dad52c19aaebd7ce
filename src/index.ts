export type {
  CacheSubnetArgs,
  CertificatesArgs,
  HipaaNetworkArgs,
  HipaaRedisCacheArgs,
  HipaaRedisClientArgs,
  OperatorArgs,
  RotationArgs,
} from "./args";
export type { Connection, ConnectionCluster, ConnectionNode } from "./arguments/connection";
export type { Evidence } from "./evidence/evidence";
export { HipaaNetwork } from "./hipaaNetwork";
export { HipaaRedisCache, type CacheNodeInfo } from "./hipaaRedisCache";
export { imageCloudConfig } from "./host/imageCloudConfig";
export { HipaaRedisClient } from "./hipaaRedisClient";
export { InvalidArgumentsError, type Problem } from "./arguments/problems";
export type { Engine } from "./plan/engine";
export type { EvictionPolicy } from "./plan/eviction";
export type { OperatingSystem } from "./plan/operatingSystem";
export type { TunnelEngine } from "./plan/tunnel";
