import { clusterRules, type ClusterMember, type ClusterPlan } from "../plan/cluster";
import type { CachePlan } from "../plan/cachePlan";
import { settleSeconds } from "../plan/refresh";
import { memberAndPeers } from "../plan/replication";
import type { CloudFile } from "./cloudConfig";
import { configFile } from "./cloudConfig";
import { encodeEnvironment } from "./encode";
import { hostScript, unitFile } from "./hostFiles";
import { hostPaths } from "./hostPaths";
import { rootSandbox } from "./sandbox";
import { serviceUnit, unitNames } from "./units";

/** How often a node looks whether its place in the cluster is as the list of members has it. */
export const lookSeconds = 5;

/** The files that a node has because it is one of shards, beside the scripts that come with its secret. None says anything of another node. */
export function clusterFiles(
  cluster: ClusterPlan,
  node: string,
  plan: Pick<CachePlan, "refreshIntervalSeconds" | "maxValueBytes">,
): CloudFile[] {
  const { member } = memberAndPeers(cluster, node);
  return [
    configFile(hostPaths.replicationEnvironment, clusterEnvironment(member, plan)),
    hostScript("keep-cluster"),
    hostScript("unpack-scripts"),
    unitFile(unitNames.cluster, clusterUnit()),
  ];
}

export const startCluster = ["systemctl", "enable", "--now", unitNames.cluster] as const;

function clusterEnvironment(
  { loopbackAddress, nodeId }: Pick<ClusterMember, "loopbackAddress" | "nodeId">,
  { refreshIntervalSeconds, maxValueBytes }: Pick<CachePlan, "refreshIntervalSeconds" | "maxValueBytes">,
): string {
  return encodeEnvironment([
    ["HIPAA_REDIS_SELF", loopbackAddress],
    ["HIPAA_REDIS_NODE_ID", nodeId],
    ["HIPAA_REDIS_FORMS_AFTER_SECONDS", clusterRules.formsAfterMs / 1000],
    ["HIPAA_REDIS_SETTLE_SECONDS", settleSeconds(refreshIntervalSeconds)],
    ["HIPAA_REDIS_LARGEST_VALUE_BYTES", maxValueBytes],
  ]);
}

function clusterUnit(): string {
  return serviceUnit(
    [
      ["Description", "HIPAA Redis: keep this node's place and slots"],
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["ExecStart", `${hostPaths.scriptsFolder}/keep-cluster ${lookSeconds}`],
      ["Restart", "always"],
      ["RestartSec", 1],
      ["ReadWritePaths", `-${hostPaths.runFolder}`],
      ["RestrictAddressFamilies", "AF_INET AF_UNIX"],
      // Redis's files are Redis's alone.
      ...rootSandbox(["CAP_DAC_OVERRIDE"]),
    ],
    "multi-user.target",
  );
}
