import { createHash } from "node:crypto";
import { clusterConf } from "../host/clusterConf";
import { hostPaths } from "../host/hostPaths";
import { counted } from "../plan/counted";
import { engineProgram, type Engine } from "../plan/engine";
import { firstSlots, slotCount, type ClusterPlan } from "../plan/cluster";
import { busPort, redisPort } from "../plan/ports";
import { replicationRules } from "../plan/replication";
import { literally, onHost, upTo, type Check } from "./check";
import { askSelf, environment, neighbourCount, ofItsNodes, ofNeighbours } from "./clusterAwk";
import { askRedisFor } from "./hostCommands";

const { minReplicasMaxLagSeconds } = replicationRules;
const oneLine = "paste --serial --delimiters=' '";

/** What the check of a node's place shows: what it has found names who leads a shard. */
export const placeShown = "the node leads or follows in its own shard, by its own word";

/** What the check of its copies shows. */
export const copiesShown = `replication is up, and no more than ${minReplicasMaxLagSeconds} s behind`;

/** Whether the nodes of a cluster are to each other what was planned: each check is run on each node. */
export function clusterChecks(cluster: ClusterPlan): Check[] {
  return [
    membersCheck(cluster),
    onNode(
      placeShown,
      ofItsNodes(
        "if ($1 == self) { found = slots; leader = $4 }",
        'print place[self] ": " (leader == "-" ? "primary, " found + 0 " slots" : "replica of " (leader in place ? place[leader] : "a stranger"))',
      ),
      String.raw`^(\d+)-\d: (primary, [1-9]\d* slots|replica of \1-\d)$`,
    ),
    stateCheck(cluster),
    inTouchCheck(cluster),
    slotsCheck(cluster),
    wholeShardsCheck(cluster),
    ...copiesCheck(cluster),
    onNode(
      "no two primaries have the same epoch",
      ofItsNodes(
        'if ($4 == "-" && slots > 0) { primaries++; if (!($7 in known)) { known[$7] = 1; epochs++ } }',
        'print primaries + 0 " primaries, " epochs + 0 " epochs"',
      ),
      `^${cluster.shards} primaries, ${cluster.shards} epochs$`,
    ),
    agreementCheck(cluster),
    ...settingsChecks(cluster),
  ];
}

/** Redis listens on the node's own address of the loopback, and so does its bus. */
export function clusterListenersCheck(engine: Engine): Check {
  return onNode(
    "Redis and its bus listen on the node's own loopback address alone",
    `${environment} && echo "$HIPAA_REDIS_SELF $(ss --no-header --listening --tcp --numeric --processes | awk '/"${engine}-/ { print $4 }' | LC_ALL=C sort | ${oneLine})"`,
    String.raw`^(127(?:\.\d{1,3}){3}) \1:${busPort} \1:${redisPort}$`,
  );
}

/** Whole copies, and what Redis keeps of the cluster, stay in memory. */
export function clusterInMemoryChecks(engine: Engine): readonly Check[] {
  return [
    onNode(
      "whole copies go from memory to memory",
      askRedisFor(["repl-diskless-sync", "repl-diskless-load"]),
      "^OK repl-diskless-sync yes repl-diskless-load swapdb$",
    ),
    onNode(
      "what Redis keeps of the cluster is in memory, for its user alone",
      `echo "$(stat --format='%a %U' ${hostPaths.clusterNodes}) on $(findmnt --noheadings --output FSTYPE --target ${hostPaths.clusterNodes})"`,
      `^600 ${engineProgram(engine).account} on tmpfs$`,
    ),
  ];
}

/** Nodes and ways follow from this list, which comes with the node's secret: a digest of it stays short however many they are. */
function membersCheck({ members }: ClusterPlan): Check {
  const lines = members.map(
    ({ shard, replica, loopbackAddress, nodeId }) => `${shard}-${replica} ${loopbackAddress} ${nodeId}`,
  );
  return onNode(
    "the nodes on the host's list, by place, address and id, are the planned ones",
    `echo "$(wc --lines <${hostPaths.clusterMembers}) nodes, SHA-256 $(LC_ALL=C sort ${hostPaths.clusterMembers} | sha256sum | cut --characters=1-64)"`,
    `^${members.length} nodes, SHA-256 ${sortedDigest(lines)}$`,
  );
}

/** The SHA-256 of lines as sort(1) puts them. */
export function sortedDigest(lines: readonly string[]): string {
  return createHash("sha256")
    .update(
      [...lines]
        .sort()
        .map((line) => `${line}\n`)
        .join(""),
    )
    .digest("hex");
}

function stateCheck({ members, shards }: ClusterPlan): Check {
  const planned = [
    ["state", "ok"],
    ["slots_assigned", slotCount],
    ["slots_ok", slotCount],
    ["slots_pfail", 0],
    ["slots_fail", 0],
    ["known_nodes", members.length],
    ["size", shards],
  ] as const;
  const names = planned.map(([name]) => name).join("|");
  return onNode(
    "the cluster is up: every slot has a primary that serves it",
    `${askSelf(["CLUSTER INFO"])} | sed --quiet --regexp-extended 's/^cluster_((${names}):.*)$/\\1/p' | ${oneLine}`,
    `^${planned.map(([name, value]) => `${name}:${value}`).join(" ")}$`,
  );
}

function inTouchCheck({ members }: ClusterPlan): Check {
  return onNode(
    "the node is in touch with every other node, and with no stranger",
    ofItsNodes(
      'if (!($1 in place)) strangers++; else if ($3 ~ /fail|handshake|noaddr/ || ($1 != self && $8 != "connected")) away++; else there++',
      'print there + 0 " there, " away + 0 " away, " strangers + 0 " strangers"',
    ),
    `^${members.length} there, 0 away, 0 strangers$`,
  );
}

function slotsCheck({ shards }: ClusterPlan): Check {
  const sizes = firstSlots(shards).map(({ fromSlot, toSlot }) => toSlot - fromSlot + 1);
  return onNode(
    "slots are spread as evenly as can be, and none is on its way",
    ofItsNodes(
      "if ($1 in shard) has[shard[$1]] += slots; all += slots; for (i = 9; i <= NF; i++) if ($i ~ /^\\[/) moving++",
      'for (one in shard) has[shard[one]] += 0; for (one in has) { shards++; if (least == "" || has[one] < least) least = has[one]; if (has[one] > most) most = has[one] } print all + 0 " slots in " shards " shards, " least " to " most + 0 " in each, " moving + 0 " on their way"',
    ),
    `^${slotCount} slots in ${shards} shards, ${Math.min(...sizes)} to ${Math.max(...sizes)} in each, 0 on their way$`,
  );
}

function wholeShardsCheck({ shards, replicas }: ClusterPlan): Check {
  return onNode(
    `each shard has one primary and ${counted(replicas, "replica")}, all of them its own nodes`,
    ofItsNodes(
      'if ($3 ~ /fail/ || !($1 in shard)) next; if ($4 == "-") { if (slots > 0) leads[shard[$1]]++ } else if (shard[$4] == shard[$1]) follow[shard[$1]]++',
      `for (one in leads) if (leads[one] == 1 && follow[one] + 0 == ${replicas}) whole++; print whole + 0 " whole shards"`,
    ),
    `^${shards} whole shards$`,
  );
}

function copiesCheck({ replicas }: ClusterPlan): Check[] {
  if (replicas === 0) return [];
  return [
    onNode(
      copiesShown,
      `echo 'INFO replication' | ${hostPaths.scriptsFolder}/ask-redis | tr --delete '\\r' | awk -F: '{ found[$1] = $2 } /^slave[0-9]+:.*,state=online,/ { lag = $0; sub(/.*,lag=/, "", lag); if (lag + 0 <= ${minReplicasMaxLagSeconds}) follow++ } END { print (found["role"] == "master" ? "replicas that follow: " follow + 0 : "the link is " found["master_link_status"] ", heard " found["master_last_io_seconds_ago"] " s ago") }'`,
      `^(replicas that follow: ${replicas}|the link is up, heard ${upTo(minReplicasMaxLagSeconds)} s ago)$`,
    ),
  ];
}

/** One that does not answer is like no other. Whom a node suspects to be away is its own matter until most agree. */
function agreementCheck(cluster: ClusterPlan): Check {
  const view = `awk -v node="$node" '/^cluster_current_epoch:/ { print; known = 1 } /^[0-9a-f]+ / && length($1) == 40 { gsub(/myself,|,fail[?]/, "", $3); line = $1 " " $3 " " $4 " " $7; for (i = 9; i <= NF; i++) if ($i !~ /^\\[/) line = line " " $i; print line } END { if (!known) print "nothing of " node }' | LC_ALL=C sort | sha256sum`;
  return onNode(
    "the nodes of its shard and of the next one see the same: who leads, who has which slots, and the epochs",
    `${ofNeighbours(["CLUSTER INFO", "CLUSTER NODES"], view)} | sort | uniq --count | awk '{ print "the same at " $1 " nodes" }' | paste --serial --delimiters=,`,
    `^the same at ${neighbourCount(cluster)} nodes$`,
  );
}

function settingsChecks(cluster: ClusterPlan): Check[] {
  const own = "cluster-announce-ip";
  const planned = clusterConf({ loopbackAddress: "" }, cluster).filter(([name]) => name !== own);
  const words = planned.map(([name, value]) => literally(`${name} ${String(value)}`));
  const { minReplicasToWrite } = cluster;
  return [
    onNode(
      "Redis is part of the cluster with the planned settings, at the node's own address",
      `${environment} && echo "$HIPAA_REDIS_SELF $(${askRedisFor([own, ...planned.map(([name]) => name)])})"`,
      `^(\\S+) OK ${own} \\1 ${words.join(" ")}$`,
    ),
    ...(minReplicasToWrite === 0
      ? []
      : [
          onNode(
            "Redis takes no write that too few replicas follow",
            askRedisFor(["min-replicas-to-write", "min-replicas-max-lag"]),
            `^OK min-replicas-to-write ${minReplicasToWrite} min-replicas-max-lag ${minReplicasMaxLagSeconds}$`,
          ),
        ]),
  ];
}

function onNode(shows: string, command: string, prints: string): Check {
  return onHost(["cache"], shows, command, prints);
}
