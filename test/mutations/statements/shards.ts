import { sharded } from "../../support/sample.js";
import type { Claim, Finders, Statements } from "./statement.js";

const of = sharded();
const anotherNetwork = {
  aws: ["let another network in by the security group", "let everybody in by the network ACL"],
};

function answered(...answers: readonly (readonly [shows: string, answer: string])[]): Finders {
  return { answers };
}

const spread = "slots are spread as evenly as can be, and none is on its way";
const whole = "each shard has one primary and 1 replica, all of them its own nodes";
const settings = "Redis is part of the cluster with the planned settings, at the node's own address";
const neighbours = "of every other node of its shard and of the next one";
const scripts =
  "the scripts that came with the secret are those that the node's user data has the sum of, and root alone may change any";
const settingsWith = (name: string, planned: string, other: string): readonly [string, string] => [
  settings,
  `127.82.0.8 OK cluster-announce-ip 127.82.0.8 cluster-enabled yes cluster-config-file /run/hipaa-redis/redis/nodes.conf cluster-node-timeout 2000 cluster-port 16379 cluster-announce-port 6379 cluster-announce-bus-port 16379 cluster-allow-replica-migration no cluster-replica-validity-factor 0 cluster-require-full-coverage no min-replicas-to-write 0`.replace(
    `${name} ${planned}`,
    `${name} ${other}`,
  ),
];
const unless = "not so at 10.0.0.132:6380";

/** What nodes say to each other, from each side. */
function amongNodes(ways: readonly string[], found: Finders): readonly Claim[] {
  return ways.flatMap((way) => [
    {
      of,
      claim: `Replicas copy their primary through the tunnel, and slots move from shard to shard: TCP 6380 ${way}`,
      found,
    },
    {
      of,
      claim: `Nodes agree through the tunnel on which of them leads a shard, and which slots it has: TCP 16379 ${way}`,
      found,
    },
  ]);
}

/** What controls say of a cache with three shards of two nodes, and not of one node. */
export const shardsStatements: Statements = {
  "dedicated-tenancy": [
    {
      of,
      claim: "The instances of all 6 nodes (m6i.large) have the tenancy `dedicated`.",
      noState: "LocalStack gives no instance another tenancy; of one node it is a claim of its own",
    },
  ],
  "private-subnets": [
    {
      of,
      claim: "Each of the 6 nodes is in one of them, at an address of its own.",
      noState: "where each is, `documentation` looks at",
    },
  ],
  "flows-only": [
    ...amongNodes(["from", "to"], anotherNetwork),
    { of, claim: "The network ACL has 24 entries, all derived from these flows", found: anotherNetwork },
    { of, claim: "The security group has 7 rules, one for each peer of each flow.", found: anotherNetwork },
  ],
  "host-firewall": [
    {
      of,
      claim: "nftables on the node lets in TCP 6379, TCP 22, TCP 6380, TCP 16379, and lets out TCP 6380, TCP 16379,",
      found: answered(["the flow nodes-to-bus has a rule", "tcp dport redis accept"]),
    },
  ],
  "way-out": [
    ...amongNodes(["to"], { aws: ["let mail out"] }),
    { of, claim: "The node keeps its address: UDP 67 to", found: { node: ["open a way out to another network"] } },
  ],
  tls: [
    {
      of,
      claim: "Redis and its bus listen on the node's own loopback alone",
      found: answered(
        [
          "Redis and its bus listen on the node's own loopback address alone",
          "127.82.0.8 127.82.0.8:16379 0.0.0.0:6379",
        ],
        [`bus ${neighbours} speaks TLS 1.3`, unless],
      ),
    },
  ],
  "mutual-authentication": [
    {
      of,
      claim: "What nodes copy from each other, and the cluster's bus, are services of their own on the tunnel",
      found: answered(
        [`bus ${neighbours} refuses whoever shows no certificate`, unless],
        [`replication ${neighbours} refuses whoever shows no certificate`, unless],
      ),
    },
    {
      of,
      claim: "A node's certificate is good for both ends, as nodes call each other.",
      found: answered([
        "the node's certificate is good for both ends of a tunnel, and for nothing else",
        "TLS Web Server Authentication",
      ]),
    },
    {
      of,
      claim: "Each node calls those of its own shard and of the next one, to see whom they admit:",
      noState: "it says how it is looked at",
    },
    {
      of,
      claim: "where every node was looked at, each was called.",
      noState: "it follows from the order of the shards, of which the last one's next is the first",
    },
    {
      of,
      claim: "Which nodes a host has ways to follows from its secret, and is compared with the plan.",
      noState: "it says how it is looked at: the answers of that check are tried by themselves",
    },
    {
      of,
      claim: "Clients trust the names of the nodes, such as sessions-0-0.node.sessions.hipaa-redis.internal, alone",
      found: answered(["every node shows a certificate of its own name, and admits this host's", unless]),
    },
  ],
  "client-passwords": [
    {
      of,
      claim: "Nodes have a password for each other, random and of the same generation, for two users of Redis:",
      found: answered([
        "the clients, the node's own agent and its peers are users, and nobody else is",
        "OK _agent _node _replica default eve web",
      ]),
      unseen: "Which generation one is of, and that it is random, it can't.",
    },
    {
      of,
      claim: "one copies, and the other asks how the cluster is, has a replica take over and moves slots.",
      found: answered([
        "the clients, the node's own agent and its peers are users, and nobody else is",
        "OK _agent default web",
      ]),
    },
  ],
  "nothing-on-disk": [
    {
      of,
      claim: "A replica takes a whole copy of its primary from memory to memory.",
      found: answered([
        "whole copies go from memory to memory",
        "OK repl-diskless-sync yes repl-diskless-load disabled",
      ]),
    },
    {
      of,
      claim: "What Redis keeps of the cluster, who its nodes are and which slots each has, is in memory as well",
      found: answered(
        ["what Redis keeps of the cluster is in memory, for its user alone", "604 redis on tmpfs"],
        ["what Redis keeps of the cluster is in memory, for its user alone", "600 redis on ext4"],
      ),
    },
  ],
  "dangerous-commands": [
    {
      of,
      claim: "Disabled: SAVE, BGSAVE, BGREWRITEAOF, DEBUG, SHUTDOWN,",
      found: { node: ["run Redis with FLUSHALL"] },
    },
    {
      of,
      claim:
        "Denied by ACL, as commands that nodes need of each other, or commands of a module of Redis's own, or subcommands of commands that are needed: PSYNC, MIGRATE, RESTORE-ASKING, REPLCONF, CLUSTER,",
      found: { node: ["give a client every command beside its own"] },
    },
  ],
  sandbox: [
    {
      of,
      claim: "Redis reaches the loopback alone, and listens there (`tls`);",
      found: answered([
        "Redis and its bus listen on the node's own loopback address alone",
        "127.82.0.8 127.82.0.8:16379 0.0.0.0:6379",
      ]),
      unseen: "Which calls are filtered, and all else, it reads from the unit,",
    },
    {
      of,
      claim: "the tunnel reaches only the applications' networks and the other nodes.",
      unseen: "Which calls are filtered, and all else, it reads from the unit,",
    },
  ],
  limits: [
    {
      of,
      claim: "Redis may use 35 % of the machine's memory",
      found: { node: ["run Redis without a limit to its memory"] },
    },
    { of, claim: "at 76 % it is ended and restarted.", found: { node: ["run Redis without a limit to its memory"] } },
    { of, claim: "The tunnel may use 14 %.", found: { node: ["run Redis without a limit to its memory"] } },
  ],
  "security-updates": [
    {
      of,
      claim: "The nodes boot the image ami-0123456789abcdef0",
      noState: "which image each boots, `configuration-drift` looks at",
    },
  ],
  "configuration-drift": [
    {
      of,
      claim: "Every node is of the type m6i.large and was made of the image that the annex has for it;",
      found: answered(["sessions-0 is of the planned image and type", "ami-0123456789abcdef1\tm6i.large"]),
    },
    {
      of,
      claim:
        "The user data of each node has a SHA-256 of its own, which the annex has, and every file of this library on it is made from it.",
      found: answered([
        "the user data is the one that was planned for the node",
        "i-0123456789abcdef0 <SHA-256 of the user data of sessions-0-1>  -",
      ]),
    },
    {
      of,
      claim: "Scripts for which user data has no room come with the node's secret;",
      found: answered([scripts, `${"0".repeat(64)}, 0 of others`]),
    },
    { of, claim: "user data has their sum.", found: answered([scripts, `${"0".repeat(64)}, 0 of others`]) },
  ],
  "least-privilege": [
    {
      of,
      claim:
        "The role of each of the 6 nodes may `secretsmanager:GetSecretValue` and `kms:Decrypt` of that node's own secret",
      found: { aws: ["put another policy into the node's role", "let another account take the node's role"] },
    },
  ],
  wall: [
    {
      of,
      claim: "the sockets, one for each node, are in a folder in it where the tunnel alone makes files",
      found: answered(["the sockets in it are those that the tunnel holds", "5"]),
    },
  ],
  documentation: [
    {
      of,
      claim: "This report is made from what is deployed: 6 nodes, 1 client, 11 kinds of traffic and 9 certificates.",
      noState: "it counts what the report is made from",
    },
  ],
  "business-associate-agreement": [
    { of, claim: "Secrets Manager, CloudWatch Logs, Systems Manager.", noState: "what AWS lists, a person looks up" },
  ],
  "contingency-plan": [
    {
      of,
      claim: "While a majority of the primaries is there, a replica takes over where its shard has one (`failover`)",
      found: answered([whole, "2 whole shards"]),
    },
    {
      of,
      claim: "a shard of which all nodes are lost comes back empty and is filled from the system of record.",
      noState: "what fills it is the organisation's",
    },
  ],
  failover: [
    {
      of,
      claim: "Keys are in 3 shards, each with a part of Redis's slots.",
      found: answered([spread, "16383 slots in 3 shards, 5461 to 5461 in each, 0 on their way"]),
    },
    {
      of,
      claim: "Of each, one node leads (the primary), and another keeps a copy of all that it holds",
      found: answered(
        [whole, "2 whole shards"],
        ["replication is up, and no more than 3 s behind", "the link is down, heard 0 s ago"],
        ["the node leads or follows in its own shard, by its own word", "0-1: replica of 1-0"],
      ),
    },
    {
      of,
      claim: "The nodes watch each other over the bus of Redis's own Cluster.",
      found: answered([
        "the node is in touch with every other node, and with no stranger",
        "5 there, 1 away, 0 strangers",
      ]),
    },
    {
      of,
      claim:
        "When 2 of the 3 primaries have not heard another one for 2000 ms, a replica of its shard leads once as many agree.",
      found: answered(settingsWith("cluster-node-timeout", "2000", "15000")),
    },
    {
      of,
      claim: "As planned, no Availability Zone has half of them.",
      noState: "it follows from the zones of the nodes, which are a claim of their own",
    },
    {
      of: { ...of, subnets: (of.subnets ?? []).slice(0, 2) },
      claim:
        "As planned, a zone has half of them or more, and nothing takes over while it is away: 2 of 3 primaries in us-east-1a.",
      noState: "it follows from the zones of the nodes, which are a claim of their own",
    },
    {
      of,
      claim:
        "Which node leads changes with each failover, and how the primaries are spread over the zones then, no check sees.",
      unseen: "how the primaries are spread over the zones then, no check sees.",
    },
    {
      of,
      claim: "A primary that hears no majority of them for as long stops, and loses what it took until then.",
      found: answered(settingsWith("cluster-node-timeout", "2000", "15000")),
    },
    {
      of,
      claim: "A shard that is away stops no other.",
      found: answered(settingsWith("cluster-require-full-coverage", "no", "yes")),
    },
    {
      of,
      claim: "A Redis that starts, empty as it is, leads nothing while another node of its shard has values.",
      unseen: "That nothing is lost by that, the library's tests see.",
    },
    {
      of,
      claim: "One that is to stop, for an update, a restart or a deployment, first hands over to a replica.",
      unseen: "That nothing is lost by that, the library's tests see.",
    },
    {
      of,
      claim: "A primary takes writes though no replica follows it.",
      found: answered(settingsWith("min-replicas-to-write", "0", "1")),
    },
    {
      of: sharded(3, 2),
      claim: "A primary takes writes only while at least 1 replica has told it within the last 3 s that it follows.",
      found: answered(settingsWith("min-replicas-to-write", "0", "1")),
    },
    {
      of: sharded(3, 0),
      claim: "No node keeps a copy of what another holds: when one is away, nobody takes over.",
      noState: "what the plan has none of, no check can miss",
    },
    {
      of,
      claim: "Which slots a shard has follows from their number alone.",
      found: answered([spread, "16384 slots in 3 shards, 5460 to 5462 in each, 0 on their way"]),
    },
    {
      of,
      claim: "When that changes, the slots move by themselves, and until they have, a check finds them on their way.",
      found: answered([spread, "16384 slots in 3 shards, 5461 to 5462 in each, 1 on their way"]),
    },
    {
      of,
      claim: "A primary that is lost meanwhile may cost values that had moved.",
      noState: "it claims what may be, not what is",
    },
    {
      of,
      claim: "what a client changes or deletes is changed or deleted on all nodes of the shard.",
      noState: "what it claims is that something is not so",
    },
  ],
};
