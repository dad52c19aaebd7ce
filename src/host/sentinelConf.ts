import { redisPort, sentinelPort } from "../plan/ports";
import {
  memberAndPeers,
  replicationName,
  replicationRules,
  sentinelsOf,
  type Member,
  type ReplicationPlan,
} from "../plan/replication";
import { lastSecurityFix } from "../plan/serverVersions";
import type { CloudFile } from "./cloudConfig";
import { configFile } from "./cloudConfig";
import { encodeEnvironment, encodeIni, encodeLines } from "./encode";
import { engineProgram, type Served } from "../plan/engine";
import { hostPaths } from "./hostPaths";
import { hostScript, unitFile } from "./hostFiles";
import { journalNames } from "./journals";
import { sentinelLimits } from "../plan/limits";
import { sentinelClientsEdit, sentinelPeer, sentinelUser } from "./redisUsers";
import { serviceSandbox } from "./sandbox";
import { checksServer } from "./serverCheck";
import { unitNames } from "./units";

/** The files that a node has because there are others: scripts that decide who leads, and Sentinel where it has one. */
export function replicationFiles(replication: ReplicationPlan, node: string, served: Served): CloudFile[] {
  const { member } = memberAndPeers(replication, node);
  const scripts = ["ask-peer", "find-primary", "choose-role", "hand-over", "apply-replication"] as const;
  return [
    configFile(hostPaths.replicationEnvironment, replicationEnvironment(replication, member)),
    ...scripts.map((name) => hostScript(name)),
    ...(member.downAfterMs === undefined
      ? []
      : [
          configFile(hostPaths.sentinelConfig, sentinelConf(replication, member, member.downAfterMs)),
          configFile(hostPaths.sentinelClients, `${sentinelClientsEdit}\n`),
          hostScript("sentinel-users"),
          hostScript("prepare-sentinel"),
          hostScript("time-sentinel"),
          unitFile(unitNames.sentinel, sentinelUnit(replication, served)),
        ]),
  ];
}

function replicationEnvironment(replication: ReplicationPlan, member: Member): string {
  const addresses = (members: readonly Member[]): string => members.map((one) => one.loopbackAddress).join(",");
  return encodeEnvironment([
    ["HIPAA_REDIS_SELF", member.loopbackAddress],
    ["HIPAA_REDIS_NODES", addresses(replication.members)],
    ["HIPAA_REDIS_SENTINELS", addresses(sentinelsOf(replication))],
  ]);
}

/** sentinel.conf (redis.io, "High availability with Redis Sentinel"), without what is secret: prepare-sentinel adds that in memory. */
function sentinelConf({ quorum }: ReplicationPlan, { loopbackAddress }: Member, downAfterMs: number): string {
  return encodeLines([
    ["bind", loopbackAddress],
    ["port", sentinelPort],
    ["protected-mode", "yes"],
    ["supervised", "systemd"],
    ["daemonize", "no"],
    ["dir", hostPaths.sentinelFolder],
    ["logfile", '""'],
    ["acllog-max-len", 0],
    ["maxclients", sentinelLimits.crowd.connections * 2],
    ["sentinel", `announce-ip ${loopbackAddress}`],
    ["sentinel", `announce-port ${sentinelPort}`],
    ["sentinel", "deny-scripts-reconfig yes"],
    ["sentinel", `monitor ${replicationName} @primary@ ${redisPort} ${quorum}`],
    ["sentinel", `down-after-milliseconds ${replicationName} ${downAfterMs}`],
    ["sentinel", `failover-timeout ${replicationName} ${replicationRules.failoverTimeoutMs}`],
    // They keep what they have (PSYNC), so that all may at once.
    ["sentinel", `parallel-syncs ${replicationName} 5`],
    ["sentinel", `auth-user ${replicationName} ${sentinelUser}`],
    ["sentinel", `sentinel-user ${sentinelPeer}`],
  ]);
}

/** Before Redis, whose start waits for what Sentinels say, and behind the tunnel, by which they hear of each other. */
function sentinelUnit({ loopbackCidrBlock }: ReplicationPlan, served: Served): string {
  const { account, server } = engineProgram(served.engine);
  return encodeIni(
    [
      [
        "Unit",
        [
          ["Description", "HIPAA Redis: Sentinel"],
          ["Requires", unitNames.secrets],
          ["Wants", unitNames.tunnel],
          ["After", `${unitNames.secrets} ${unitNames.tunnel}`],
          ["StartLimitIntervalSec", 0],
        ],
      ],
      [
        "Service",
        [
          ["Type", "notify"],
          ["User", account],
          ["Group", account],
          ...checksServer(lastSecurityFix(served)),
          ["ExecStartPre", `+${hostPaths.scriptsFolder}/prepare-sentinel`],
          ["ExecStart", `/usr/bin/${server} ${hostPaths.sentinelFolder}/sentinel.conf --sentinel`],
          ["ExecStartPost", `+${hostPaths.scriptsFolder}/time-sentinel ${replicationRules.infoPeriodMs}`],
          ["ReadWritePaths", hostPaths.sentinelFolder],
          ["TasksMax", 64],
          ["MemoryMax", "128M"],
          ["IPAddressDeny", "any"],
          ["IPAddressAllow", loopbackCidrBlock],
          ["RestrictAddressFamilies", "AF_INET AF_UNIX"],
          ["LogNamespace", journalNames.redis],
          ["Restart", "always"],
          ["RestartSec", 1],
          ...serviceSandbox,
        ],
      ],
    ],
    "=",
  );
}
