import { hostPaths } from "../host/hostPaths";
import { sentinelPeer, sentinelUser } from "../host/redisUsers";
import type { CachePlan } from "../plan/cachePlan";
import { engineProgram, type Engine } from "../plan/engine";
import { redisPort, sentinelPort } from "../plan/ports";
import { replicationName, replicationRules, sentinelsOf, type Member, type ReplicationPlan } from "../plan/replication";
import { literally, onHost, upTo, type Check } from "./check";
import { clusterInMemoryChecks } from "./clusterChecks";
import { askRedisFor } from "./hostCommands";

const { minReplicasToWrite, minReplicasMaxLagSeconds, failoverTimeoutMs, infoPeriodMs } = replicationRules;
const scripts = hostPaths.scriptsFolder;

/** What the check of a node's role shows: what it has found names the primary. */
export const roleShown = "the node is what a majority of the Sentinels says of it";

/** Whether the nodes of a cache with replicas are to each other what was planned: each check is run on each node. */
export function replicationChecks(replication: ReplicationPlan): Check[] {
  const { members, quorum } = replication;
  const sentinels = sentinelsOf(replication);
  const replicas = members.length - 1;
  return [
    onHost(
      ["cache"],
      "of the nodes, by their own word, one is the primary and all others are replicas",
      eachRedis(members, "INFO replication", "grep --max-count=1 '^role:'"),
      `^role:master${" role:slave".repeat(replicas)}$`,
    ),
    onHost(
      ["cache"],
      roleShown,
      `. ${hostPaths.replicationEnvironment} && primary=$(${scripts}/find-primary) && echo 'INFO replication' | ${scripts}/ask-redis | tr --delete '\\r' | awk -F: -v self="$HIPAA_REDIS_SELF" -v primary="$primary" '$1 == "role" { role = $2 } $1 == "master_host" { of = $2 } END { print (role == "master" ? "primary" : "replica of " of) ", " (role == "master" && self == primary || role == "slave" && of == primary && self != primary ? "as the Sentinels say" : "but the Sentinels name " primary) }'`,
      `^(primary|replica of (${members.map(({ loopbackAddress }) => literally(loopbackAddress)).join("|")})), as the Sentinels say$`,
    ),
    onHost(
      ["cache"],
      `replication is up, and no more than ${minReplicasMaxLagSeconds} s behind`,
      `echo 'INFO replication' | ${scripts}/ask-redis | tr --delete '\\r' | awk -F: '{ found[$1] = $2 } END { print (found["role"] == "master" ? found["min_slaves_good_slaves"] " replicas follow" : "the link is " found["master_link_status"] ", heard " found["master_last_io_seconds_ago"] " s ago") }'`,
      `^(${replicas} replicas follow|the link is up, heard ${upTo(minReplicasMaxLagSeconds)} s ago)$`,
    ),
    onHost(
      ["cache"],
      "each Sentinel reaches as many others as a failover takes",
      eachSentinel(
        sentinels,
        `SENTINEL CKQUORUM ${replicationName}`,
        "sed --quiet 's/^OK \\([0-9]* usable Sentinels\\)[.].*/\\1/p'",
      ),
      `^${sentinels.map(() => `${sentinels.length} usable Sentinels`).join(" ")}$`,
    ),
    onHost(
      ["cache"],
      "each Sentinel watches the primary with the planned times, quorum and others",
      eachSentinel(
        sentinels,
        `SENTINEL MASTER ${replicationName}`,
        `awk '/^(${watched.join("|")})$/ { name = $0; getline; printf "%s%s=%s", comma, name, $0; comma = "," } END { print "" }'`,
      ),
      `^${sentinels.map(({ downAfterMs }) => literally(`down-after-milliseconds=${downAfterMs},num-other-sentinels=${sentinels.length - 1},quorum=${quorum},failover-timeout=${failoverTimeoutMs}`)).join(" ")}$`,
    ),
    onHost(
      ["cache"],
      "each Sentinel looks at the nodes as often as planned",
      eachSentinel(sentinels, "SENTINEL DEBUG", "awk '/^INFO-PERIOD$/ { getline; print }'"),
      `^${sentinels.map(() => infoPeriodMs).join(" ")}$`,
    ),
    onHost(
      ["cache"],
      "Redis takes no write that too few replicas follow",
      askRedisFor(["min-replicas-to-write", "min-replicas-max-lag"]),
      `^OK min-replicas-to-write ${minReplicasToWrite} min-replicas-max-lag ${minReplicasMaxLagSeconds}$`,
    ),
  ];
}

/** Redis and Sentinel of a node listen on its own address of the loopback, and nowhere else. */
export function listenersCheck({ members }: ReplicationPlan, engine: Engine): Check {
  const listens = ({ loopbackAddress: at, downAfterMs }: Member): string =>
    [at, ...(downAfterMs === undefined ? [] : [`${at}:${sentinelPort}`]), `${at}:${redisPort}`].join(" ");
  return onHost(
    ["cache"],
    "Redis and Sentinel listen on the node's own loopback address alone",
    `. ${hostPaths.replicationEnvironment} && echo "$HIPAA_REDIS_SELF $(ss --no-header --listening --tcp --numeric --processes | awk '/"${engine}-/ { print $4 }' | LC_ALL=C sort | paste --serial --delimiters=' ')"`,
    `^(${members.map((member) => literally(listens(member))).join("|")})$`,
  );
}

/** A whole copy, and what Sentinel writes down, stay in memory. */
export function copiesInMemoryChecks({
  replication,
  cluster,
  engine,
}: Pick<CachePlan, "replication" | "cluster" | "engine">): readonly Check[] {
  if (cluster !== undefined) return clusterInMemoryChecks(engine);
  if (replication === undefined) return [];
  const file = `${hostPaths.sentinelFolder}/sentinel.conf`;
  return [
    onHost(
      ["cache"],
      "whole copies go from memory to memory",
      askRedisFor(["repl-diskless-sync", "repl-diskless-load"]),
      "^OK repl-diskless-sync yes repl-diskless-load swapdb$",
    ),
    onSentinels(
      replication,
      "Sentinel's own file is in memory, for Redis's user alone, and nothing is beside it",
      `echo "$(find ${hostPaths.sentinelFolder} -type f -exec stat --format='%n %a %U' {} + | paste --serial --delimiters=,) on $(findmnt --noheadings --output FSTYPE --target ${file})"`,
      `^${literally(file)} 600 ${engineProgram(engine).account} on tmpfs$`,
    ),
  ];
}

/** A check of nodes with a Sentinel. Another one says that it has none, which the plan has to say as well. */
export function onSentinels(replication: ReplicationPlan, shows: string, command: string, prints: string): Check {
  const others = replication.members.filter(({ downAfterMs }) => downAfterMs === undefined);
  const none = others.map(({ loopbackAddress }) => literally(`no Sentinel on ${loopbackAddress}`));
  const isOne = `. ${hostPaths.replicationEnvironment}; case ",$HIPAA_REDIS_SENTINELS," in *",$HIPAA_REDIS_SELF,"*)`;
  return onHost(
    ["cache"],
    shows,
    `${isOne} ${command};; *) echo "no Sentinel on $HIPAA_REDIS_SELF";; esac`,
    none.length === 0 ? prints : `${prints}|^(${none.join("|")})$`,
  );
}

/** In the order in which a Sentinel tells them. */
const watched = ["down-after-milliseconds", "num-other-sentinels", "quorum", "failover-timeout"];

interface Asked {
  readonly loopbackAddress: string;
}

/** What each node's Redis answers its peers, of which a command takes a line, sorted and on one line. */
function eachRedis(members: readonly Asked[], question: string, line: string): string {
  return `for node in ${addresses(members)}; do echo '${question}' | ${scripts}/ask-peer "$node" ${redisPort} ${sentinelUser} | ${line}; done | sort | paste --serial --delimiters=' '`;
}

/** The same of Sentinels, in their order. */
function eachSentinel(sentinels: readonly Asked[], question: string, line: string): string {
  return `for node in ${addresses(sentinels)}; do echo '${question}' | ${scripts}/ask-peer "$node" ${sentinelPort} ${sentinelPeer} | ${line}; done | paste --serial --delimiters=' '`;
}

function addresses(members: readonly Asked[]): string {
  return members.map(({ loopbackAddress }) => loopbackAddress).join(" ");
}
