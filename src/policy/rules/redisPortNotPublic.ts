import { redisPort } from "../../plan/ports";
import { judgeOpenings, tcpAmong, typesThatOpen } from "../openings";
import type { ResourceRule } from "../rule";

export const redisPortNotPublic: ResourceRule = {
  name: "redis-port-not-public",
  description: "Port 6379, Redis's, is not open to the world in any security group.",
  control: "flows-only",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation:
    "Remove the rule. Applications reach a cache through appCidrBlocks or appSecurityGroupIds of HipaaRedisCache.",
  note: "AWS Config's pack and cdk-nag's leave this port out.",
  types: typesThatOpen,
  judge: (resource) => judgeOpenings(resource, tcpAmong([redisPort])),
};
