import {
  HipaaNetwork,
  HipaaRedisCache,
  HipaaRedisClient,
  InvalidArgumentsError,
  imageCloudConfig,
} from "pulumi-hipaa-redis";
import {
  assess,
  evidenceAnnexHtml,
  evidenceAnnexMarkdown,
  evidenceHtml,
  evidenceMarkdown,
  evidenceNetworkMap,
  evidenceOscal,
  evidenceSheets,
  libraryOscal,
  openItems,
  writeEvidence,
  writeSheets,
} from "pulumi-hipaa-redis/evidence";
import { asCluster, connect, patient } from "pulumi-hipaa-redis/ioredis";
import { hipaaRedisPolicies } from "pulumi-hipaa-redis/policy";

const named = { HipaaNetwork, HipaaRedisCache, HipaaRedisClient, InvalidArgumentsError, imageCloudConfig };
console.log(Object.keys(named).join(","));
const evidence = {
  assess,
  evidenceAnnexHtml,
  evidenceAnnexMarkdown,
  evidenceHtml,
  evidenceMarkdown,
  evidenceNetworkMap,
  evidenceOscal,
  evidenceSheets,
  libraryOscal,
  openItems,
  writeEvidence,
  writeSheets,
};
console.log(Object.keys({ asCluster, connect, patient }).join(","));
console.log(Object.keys(evidence).join(","));
console.log(hipaaRedisPolicies.name);
