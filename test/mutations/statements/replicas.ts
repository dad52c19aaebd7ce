import { replicated } from "../../support/sample.js";
import type { Claim, Statements } from "./statement.js";

const of = replicated();
const networks = "10.0.0.96/28, 10.0.0.112/28, 10.0.0.128/28";
const ownGroup = "the cache's own (sg-0123456789abcdef0)";
const anotherNetwork = {
  aws: ["let another network in by the security group", "let everybody in by the network ACL"],
};

/** What nodes say to each other, from each side. */
const amongNodes: readonly Claim[] = ["from", "to"].flatMap((way) => [
  {
    of,
    claim: `Replicas copy the primary through the tunnel, and Sentinels watch each Redis: TCP 6380 ${way} ${networks}, and only ${way} the security groups ${ownGroup}.`,
    found: anotherNetwork,
  },
  {
    of,
    claim: `Sentinels agree through the tunnel on which node is the primary: TCP 26379 ${way} ${networks}, and only ${way} the security groups ${ownGroup}.`,
    found: anotherNetwork,
  },
]);

/** What other controls say of a cache with two replicas, and not of one node. */
export const replicasStatements: Statements = {
  "flows-only": [
    {
      of,
      claim:
        "Application hosts ask Sentinel, through the tunnel, which node is the primary: TCP 26379 from 10.0.16.0/20.",
      found: anotherNetwork,
    },
    ...amongNodes,
    {
      of,
      claim: "The network ACL has 25 entries, all derived from these flows, and denies the rest;",
      found: anotherNetwork,
    },
    { of, claim: "The security group has 8 rules, one for each peer of each flow.", found: anotherNetwork },
  ],
  "host-firewall": [
    {
      of,
      claim: "nftables on the node lets in TCP 6379, TCP 26379, TCP 22, TCP 6380, and lets out TCP 6380, TCP 26379,",
      found: { answers: [["the flow nodes-to-replication has a rule", "tcp dport redis accept"]] },
    },
  ],
  "way-out": [
    ...amongNodes
      .filter(({ claim }) => claim.includes(" to 10."))
      .map((one) => ({ ...one, found: { aws: ["let mail out"] } })),
    {
      of,
      claim: "The node keeps its address: UDP 67 to 10.0.0.97, 10.0.0.113, 10.0.0.129.",
      found: { node: ["open a way out to another network"] },
    },
  ],
  tls: [
    {
      of,
      claim: "Redis and Sentinel listen on the node's own loopback alone,",
      found: { replica: ["run Redis on one more address of the host"] },
    },
    {
      of,
      claim: "and what nodes say to each other goes through the same tunnel.",
      found: { replica: ["run the tunnel's replication with TLS 1.2 as well"] },
    },
  ],
  "mutual-authentication": [
    {
      of,
      claim:
        "What nodes copy from each other, and Sentinel, are services of their own on the tunnel, each with a list of its own: nodes alone are admitted to the first, nodes and clients to the second, and no node to the clients' service.",
      found: {
        replica: [
          "admit a client to replication",
          "admit a node to the clients' service",
          "admit a stranger to Sentinel",
          "run the tunnel's replication for whoever has no certificate",
          "run the tunnel to Sentinel for whoever has no certificate",
        ],
      },
    },
    {
      of,
      claim: "A node's certificate is good for both ends, as nodes call each other.",
      found: {
        answers: [
          [
            "the node's certificate is good for both ends of a tunnel, and for nothing else",
            "TLS Web Server Authentication",
          ],
        ],
      },
    },
    {
      of,
      claim:
        "Clients trust sessions-0.node.sessions.hipaa-redis.internal, sessions-1.node.sessions.hipaa-redis.internal, sessions-2.node.sessions.hipaa-redis.internal alone,",
      unseen: "which name its tunnel trusts is its configuration, which is compared (`configuration-drift`).",
    },
  ],
  "client-passwords": [
    {
      of,
      claim:
        "Nodes have a password for each other, random and of the same generation: for two users of Redis, of which one copies and the other watches and has a replica take over, and for one of Sentinel.",
      found: { replica: ["add a user of Sentinel"] },
      unseen: "Which generation one is of, and that it is random, it can't.",
    },
    { of, claim: "Sentinel has users of its own;", found: { replica: ["let anybody ask Sentinel"] } },
    {
      of,
      claim: "a client may ask it who leads, and nothing else.",
      found: { replica: ["let a client have Sentinel fail over"] },
    },
  ],
  "nothing-on-disk": [
    {
      of,
      claim: "A replica takes a whole copy of the primary from memory to memory.",
      found: { replica: ["have Redis write a whole copy to its disk"] },
    },
    {
      of,
      claim: "What Sentinel writes down, the nodes' password in it, is in memory as well, for Redis's user alone.",
      found: { replica: ["let everybody read what Sentinel writes down"] },
    },
  ],
  "live-configuration": [
    {
      of,
      claim:
        "CONFIG's is the exception: Sentinel calls it to have a node follow another, so that all nodes share one name, which is in their secrets and is drawn at random by this library.",
      found: {
        replica: [
          "have another name of CONFIG in the secret than Redis runs with",
          "let everybody read the name of CONFIG",
        ],
      },
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
        "Denied by ACL, as commands that nodes need of each other, or commands of a module of Redis's own, or subcommands of commands that are needed: REPLICAOF, SLAVEOF, PSYNC, REPLCONF, ROLE,",
      found: {
        node: ["give a client every command beside its own"],
        replica: ["let the user that copies read values"],
      },
    },
  ],
  sandbox: [
    {
      of,
      claim:
        "Redis, Sentinel and haproxy run as users of their own, without capabilities, on a read-only file system, with filtered system calls and no executable memory;",
      found: {
        replica: [
          "run Sentinel without a filter of system calls",
          "take Sentinel out of its sandbox at its next start",
        ],
      },
    },
    {
      of,
      claim: "Redis and Sentinel reach the loopback alone, and listen there (`tls`);",
      found: { replica: ["run Redis on one more address of the host"] },
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
      claim: "To Sentinel one host may have 200 connections, or 20 once there are 400 in all.",
      found: { node: ["take any number of connections from one host"] },
    },
    {
      of,
      claim: "Redis may use 35 % of the machine's memory, and all clients' buffers 10 % of that;",
      found: { node: ["run Redis without a limit to its memory"] },
    },
    {
      of,
      claim: "at 76 % it is ended and restarted. The tunnel may use 14 %.",
      found: { node: ["run Redis without a limit to its memory", "run the tunnel with any number of files"] },
    },
  ],
  "business-associate-agreement": [
    {
      of,
      claim: "EC2 and EBS, KMS, Secrets Manager, CloudWatch Logs, Systems Manager.",
      found: {
        attested: ["the business associate agreement with AWS is in force for this account, and its date is on file"],
      },
    },
  ],
  "least-privilege": [
    {
      of,
      claim:
        "and write how the node does to a parameter of its own (Systems Manager), which holds no secret, and nothing else.",
      found: { aws: ["rewrite the one policy of the node's role"] },
    },
  ],
  "contingency-plan": [
    {
      of,
      claim:
        "The cache holds nothing that has to be restored. While a majority of its Sentinels is there, another node takes over (`failover`), and a node that was lost is made again by `pulumi up`;",
      found: { attested: ["the contingency plan has the cache in it, and was tried with the cache away"] },
    },
    {
      of,
      claim: "when all are lost, it comes back empty and is filled from the system of record.",
      unseen: "An application that was never run without the cache may not run without it.",
    },
  ],
};
