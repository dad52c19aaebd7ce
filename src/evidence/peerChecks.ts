import { hostPaths } from "../host/hostPaths";
import { sentinelPeer, sentinelUsersLine } from "../host/redisUsers";
import type { CachePlan } from "../plan/cachePlan";
import { engineProgram, type Engine } from "../plan/engine";
import type { ClusterPlan } from "../plan/cluster";
import { sentinelPort } from "../plan/ports";
import { hostKinds } from "../plan/hostKinds";
import { membersText } from "../plan/members";
import type { ReplicationPlan } from "../plan/replication";
import { literally, onHost, type Check } from "./check";
import { sortedDigest } from "./clusterChecks";
import { certificateNames } from "./hostCommands";
import { onSentinels } from "./replicationChecks";
import { hasPeers } from "./shape";

type Plan = CachePlan<string>;

const scripts = hostPaths.scriptsFolder;

/** Whom the tunnel of a node with peers admits to which of its services, by the lists that it takes. */
export function admittedChecks({ replication, cluster, clients }: Plan): Check[] {
  const applications = clients.map(({ certificate }) => certificate.dnsName);
  const toClients = namesCheck(
    "no name but those of clients is admitted to the clients' service",
    hostPaths.admitted,
    applications,
  );
  if (cluster !== undefined) return [toClients, membersAlone(cluster)];
  if (replication === undefined) return [];
  const nodes = replication.members.map(({ serverName }) => serverName);
  return [
    toClients,
    namesCheck(
      "the cache's other nodes, and nobody else, are admitted to replication",
      hostPaths.admittedPeers,
      nodes,
      ownName,
    ),
    namesCheck(
      "the cache's other nodes and clients, and nobody else, are admitted to Sentinel",
      hostPaths.admittedToSentinel,
      [...nodes, ...applications],
      ownName,
    ),
  ];
}

/** A node admits all nodes but itself: with its own name beside the list it is the same on each. */
const ownName = `${certificateNames} | cut --delimiter=, --fields=1; `;

/** There may be hundreds of them: a digest of all names stays short. */
function membersAlone({ members }: ClusterPlan): Check {
  return onHost(
    ["cache"],
    "the cache's other nodes, and nobody else, are admitted to replication and the bus",
    `${namesIn(hostPaths.admittedPeers, ownName)} | { names=$(cat); echo "$(echo "$names" | wc --lines) names, SHA-256 $(echo "$names" | sha256sum | cut --characters=1-64)"; }`,
    `^${members.length} names, SHA-256 ${sortedDigest(members.map(({ serverName }) => serverName))}$`,
  );
}

function namesCheck(shows: string, path: string, names: readonly string[], beside = ""): Check {
  return onHost(
    ["cache"],
    shows,
    `${namesIn(path, beside)} | paste --serial --delimiters=' '`,
    `^${[...names].sort().map(literally).join(" ")}$`,
  );
}

function namesIn(path: string, beside: string): string {
  return `{ ${beside}grep --only-matching --extended-regexp '[a-z0-9-]+([.][a-z0-9-]+)+' ${path}; } | LC_ALL=C sort`;
}

/** What the ways of a host of a cluster follow from, and what checks of its nodes go by. */
export function nodesKnownChecks({ cluster }: Pick<Plan, "cluster">): Check[] {
  if (cluster === undefined) return [];
  const lines = membersText(cluster.members).trimEnd().split("\n");
  return [
    onHost(
      hostKinds,
      "the nodes that the host's tunnel has ways to, by place and address, are the planned ones",
      `echo "$(wc --lines <${hostPaths.members}) nodes, SHA-256 $(LC_ALL=C sort ${hostPaths.members} | sha256sum | cut --characters=1-64)"`,
      `^${lines.length} nodes, SHA-256 ${sortedDigest(lines)}$`,
    ),
  ];
}

/** Who calls peers shows them a client's certificate. */
export function usagesCheck(plan: Plan): Check[] {
  if (!hasPeers(plan)) return [];
  return [
    onHost(
      ["cache"],
      "the node's certificate is good for both ends of a tunnel, and for nothing else",
      `openssl x509 -noout -ext extendedKeyUsage -in ${hostPaths.certificate} | sed --quiet '2s/^ *//p'`,
      "^TLS Web Server Authentication, TLS Web Client Authentication$",
    ),
  ];
}

/** Sentinel's own users: those that a Sentinel which starts now with the node's files would have. */
export function sentinelUserChecks({ replication, clients, engine }: Plan): Check[] {
  if (replication === undefined) return [];
  return [
    onSentinels(
      replication,
      "Sentinel's users are those of the node's files, and may do what is planned",
      `echo "$(grep --count --invert-match --line-regexp --extended-regexp '${sentinelUsersLine()}' ${hostPaths.sentinelUsers}) other lines, $(${compareSentinelUsers(engine)})"`,
      `^0 other lines, ${clients.length + 2} users as in its files$`,
    ),
    nobodyAsks(replication, engine),
  ];
}

/**
 * A Sentinel of its own, which watches nothing and ends with the comparison, reads the same files. Each writes the words of a user in an order of
 * its own.
 */
function compareSentinelUsers(engine: Engine): string {
  const { server, client } = engineProgram(engine);
  return [
    `words() { while read -r line; do echo "$line" | tr ' ' '\\n' | LC_ALL=C sort | paste --serial --delimiters=' '; done | LC_ALL=C sort; }`,
    `folder=$(mktemp --directory ${hostPaths.runFolder}/check.XXXXXXXX)`,
    `{ ${scripts}/sentinel-users; printf 'user _looker reset on nopass -@all +acl|list\\nport 0\\nunixsocket %s/socket\\ndir %s\\n' "$folder" "$folder"; } >"$folder/sentinel.conf"`,
    `timeout 20 ${server} "$folder/sentinel.conf" --sentinel >/dev/null 2>&1 & server=$!`,
    `for try in $(seq 50); do ${client} -s "$folder/socket" --user _looker --pass none --no-auth-warning ACL LIST 2>/dev/null | grep '^user ' >"$folder/all" && break; sleep 0.1; done`,
    'kill "$server"; grep --invert-match "^user _looker " "$folder/all" | words >"$folder/planned"',
    `echo 'ACL LIST' | ${scripts}/ask-peer "$HIPAA_REDIS_SELF" ${sentinelPort} ${sentinelPeer} | tail --lines=+2 | words >"$folder/running"`,
    'if cmp --silent "$folder/planned" "$folder/running"; then echo "$(wc --lines <"$folder/planned") users as in its files"; else echo "not as in its files"; fi',
    'rm -r "$folder"',
  ].join("; ");
}

function nobodyAsks(replication: ReplicationPlan, engine: Engine): Check {
  return onSentinels(
    replication,
    "Sentinel answers nobody without a password",
    `${engineProgram(engine).client} -h "$HIPAA_REDIS_SELF" -p ${sentinelPort} PING 2>&1 || true`,
    "^(\\(error\\) )?NOAUTH",
  );
}
