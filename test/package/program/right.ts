import { PolicyPack } from "@pulumi/policy";
import { HipaaNetwork, HipaaRedisCache, HipaaRedisClient, type Connection } from "pulumi-hipaa-redis";
import { evidenceHtml, assess, writeEvidence, type Evidence } from "pulumi-hipaa-redis/evidence";
import { connect } from "pulumi-hipaa-redis/ioredis";
import { hipaaRedisPolicies } from "pulumi-hipaa-redis/policy";

const network = new HipaaNetwork("clinic", { cidrBlock: "10.0.0.0/16", availabilityZones: ["us-east-1a"] });
const cache = new HipaaRedisCache("sessions", {
  vpcId: network.vpcId,
  vpcCidrBlock: network.vpcCidrBlock,
  subnets: network.cacheSubnets,
  appCidrBlocks: network.appCidrBlocks,
  operators: [],
  clients: ["web", "worker"],
});
new HipaaRedisClient("web", { connection: cache.connections.web, appUser: "web" });
// A connection that comes from another stack is a plain record.
const elsewhere = (connection: Connection): HipaaRedisClient =>
  new HipaaRedisClient("worker", { connection, appUser: "worker", localPort: 6380 });
const report = (evidence: Evidence): string => evidenceHtml(assess(evidence));
void cache.evidence.apply((evidence) => writeEvidence("report", evidence).concat(report(evidence)));
void elsewhere;
new PolicyPack("hipaa-redis", { policies: hipaaRedisPolicies() });
void connect({ commandTimeout: 100 }).get("key");
