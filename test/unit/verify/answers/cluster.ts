import { createHash } from "node:crypto";
import type { Answers } from "./answer.js";

/** What hosts answer to the checks that a cache with three shards of two nodes has and the sample's has not. */

const unless = "not so at 10.0.0.132:6380";
const suite = "Cipher is TLS_AES_256_GCM_SHA384";
const otherSuite = "Cipher is TLS_AES_128_CCM_SHA256";
const exchanged = "Server Temp Key: X25519,";

/** Of a tunnel that listens somewhere: what it says to who calls it. */
function called(says: (what: string) => string, self: string, answer: string, signed: string): Answers {
  return {
    tls: [
      [says("speaks TLS 1.3"), "New, TLSv1.3", unless, `New, TLSv1.3,${unless}`],
      [says("refuses TLS 1.2"), "alert protocol version", unless, `alert protocol version,${unless}`],
    ],
    "mutual-authentication": [
      [says("refuses whoever shows no certificate"), "alert certificate required", unless],
      [says(`refuses a certificate of a ${signed}'s name that somebody else has signed`), "alert unknown ca", unless],
      [says(`shows a certificate of its own name, and admits this ${self}'s`), answer, unless, `${answer},${unless}`],
    ],
    "transmission-integrity": [
      [says("chooses an authenticated cipher"), `${suite},${suite}`, unless, otherSuite],
      [says("refuses every other cipher"), "alert handshake failure", unless],
      [says("resumes no session"), "New, TLSv1.3", "Reused, TLSv1.3", unless],
    ],
    "hybrid-key-exchange": [[says("exchanges keys as planned"), exchanged, unless, `${exchanged},${unless}`]],
  };
}

const neighbours = (service: string, answer: string): Answers =>
  called((what) => `${service} of every other node of its shard and of the next one ${what}`, "node", answer, "node");

const places = [0, 1, 2].flatMap((shard) => [0, 1].map((replica) => ({ shard, replica })));
const addresses = ["10.0.0.110", "10.0.0.126", "10.0.0.123", "10.0.0.139", "10.0.0.136", "10.0.0.104"];
const known = places.map(({ shard, replica }, index) => `${shard}-${replica} ${addresses[index] ?? ""}`);

function sum(count: number, what: string, lines: readonly string[]): string {
  const text = [...lines].sort().join("\n");
  return `${count} ${what}, SHA-256 ${createHash("sha256").update(`${text}\n`).digest("hex")}`;
}

const nodeNames = places.map(({ shard, replica }) => `sessions-${shard}-${replica}.node.sessions.hipaa-redis.internal`);
const members = places.map(({ shard, replica }) => {
  const place = `${shard}-${replica}`;
  const id = createHash("sha1").update(`us-east-1/sessions/${place}`).digest("hex");
  return `${place} 127.82.0.${shard * 6 + replica + 1} ${id}`;
});
const sockets = places.map(({ shard, replica }) => `/run/hipaa-redis/client/nodes/sessions-${shard}-${replica}.sock`);
const folder =
  "-r--r----- root its user /run/hipaa-redis/client/connection.json -r--r----- root its user /run/hipaa-redis/client/password drwxr-s--- its-tunnel its user /run/hipaa-redis/client/nodes drwxr-x--- hipaa-redis its user /run/hipaa-redis/client";
const web = "web.client.sessions.hipaa-redis.internal";
const state = "state:ok slots_assigned:16384 slots_ok:16384 slots_pfail:0 slots_fail:0 known_nodes:6 size:3";
const settings =
  "127.82.0.8 OK cluster-announce-ip 127.82.0.8 cluster-enabled yes cluster-config-file /run/hipaa-redis/redis/nodes.conf cluster-node-timeout 2000 cluster-port 16379 cluster-announce-port 6379 cluster-announce-bus-port 16379 cluster-allow-replica-migration no cluster-replica-validity-factor 0 cluster-require-full-coverage no min-replicas-to-write 0";

/** The sum of all scripts that came with the secret is put in. */
const scriptsSum = "<SHA-256 of the scripts>";

const others: Answers = {
  "configuration-drift": [
    [
      "the user data is the one that was planned for the node",
      "i-0123456789abcdef1 <SHA-256 of the user data of sessions-0-1>  -",
      "i-0123456789abcdef0 <SHA-256 of the user data of sessions-0-1>  -",
      "i-0123456789abcdef9 <SHA-256 of the user data of sessions-0-1>  -",
    ],
    [
      "the scripts that came with the secret are those that the node's user data has the sum of, and root alone may change any",
      `${scriptsSum}, 0 of others`,
      `${scriptsSum}, 1 of others`,
      `${"0".repeat(64)}, 0 of others`,
    ],
  ],
  "host-firewall": ["nodes-to-replication", "nodes-to-bus", "node-to-replication", "node-to-bus"].map((flow) => {
    const [port, other] = flow.endsWith("bus") ? [16379, 6379] : [6380, 6379];
    return [
      `the flow ${flow} has a rule`,
      `tcp dport ${port} accept`,
      `tcp dport ${other} accept`,
      "tcp dport redis accept",
    ] as const;
  }),
  tls: [
    [
      "Redis and its bus listen on the node's own loopback address alone",
      "127.82.0.8 127.82.0.8:16379 127.82.0.8:6379",
      "127.82.0.8 127.82.0.8:16379 0.0.0.0:6379",
      "127.82.0.8 127.82.0.7:16379 127.82.0.7:6379",
      "127.82.0.8 127.82.0.8:6379",
      "127.82.0.8 127.82.0.8:16379 127.82.0.8:6379 127.82.0.8:6380",
    ],
  ],
  "mutual-authentication": [
    [
      "the nodes that the host's tunnel has ways to, by place and address, are the planned ones",
      sum(6, "nodes", known),
      sum(5, "nodes", known.slice(1)),
      sum(6, "nodes", [...known.slice(1), "0-0 10.9.9.9"]),
    ],
    ["no name but those of clients is admitted to the clients' service", web, `${nodeNames[0] ?? ""} ${web}`],
    [
      "the cache's other nodes, and nobody else, are admitted to replication and the bus",
      sum(6, "names", nodeNames),
      sum(7, "names", [...nodeNames, web]),
      sum(6, "names", [...nodeNames.slice(1), web]),
    ],
    [
      "the node's certificate is good for both ends of a tunnel, and for nothing else",
      "TLS Web Server Authentication, TLS Web Client Authentication",
      "TLS Web Server Authentication",
    ],
  ],
  "client-passwords": [
    [
      "the clients, the node's own agent and its peers are users, and nobody else is",
      "OK _agent _node _replica default web",
      "OK _agent _node _replica default eve web",
      "OK _agent default web",
    ],
    [
      "each client has as many passwords as generations are accepted, and shares none of them; peers have as many",
      "6, 4 of them different",
      "6, 2 of them different",
    ],
  ],
  "nothing-on-disk": [
    [
      "whole copies go from memory to memory",
      "OK repl-diskless-sync yes repl-diskless-load swapdb",
      "OK repl-diskless-sync yes repl-diskless-load disabled",
    ],
    [
      "what Redis keeps of the cluster is in memory, for its user alone",
      "600 redis on tmpfs",
      "604 redis on tmpfs",
      "600 root on tmpfs",
      "600 redis on ext4",
    ],
  ],
  wall: [
    [
      "the application's folder is for its user, and holds the sockets, the connection file and the password alone",
      `${folder} and ${sum(6, "sockets", sockets)}`,
      `${folder} and ${sum(5, "sockets", sockets.slice(1))}`,
      `${folder.replace("drwxr-s---", "drwxrws---")} and ${sum(6, "sockets", sockets)}`,
      `-r--r----- root its user /run/hipaa-redis/client/certificate ${folder} and ${sum(6, "sockets", sockets)}`,
    ],
    ["the sockets in it are those that the tunnel holds", "6", "5", "0"],
  ],
  failover: [
    [
      "the nodes on the host's list, by place, address and id, are the planned ones",
      sum(6, "nodes", members),
      sum(5, "nodes", members.slice(1)),
      sum(
        6,
        "nodes",
        members.map((line) => line.replace("127.82.0.1 ", "127.82.0.99 ")),
      ),
    ],
    [
      "the node leads or follows in its own shard, by its own word",
      "0-1: replica of 0-0",
      "0-1: replica of 1-0",
      "0-1: replica of a stranger",
      "0-0: primary, 0 slots",
    ],
    [
      "the cluster is up: every slot has a primary that serves it",
      state,
      state.replace("state:ok", "state:fail"),
      state.replace("slots_fail:0", "slots_fail:5461"),
      state.replace("known_nodes:6", "known_nodes:7"),
      state.replace("size:3", "size:2"),
    ],
    [
      "the node is in touch with every other node, and with no stranger",
      "6 there, 0 away, 0 strangers",
      "5 there, 1 away, 0 strangers",
      "6 there, 0 away, 1 strangers",
    ],
    [
      "slots are spread as evenly as can be, and none is on its way",
      "16384 slots in 3 shards, 5461 to 5462 in each, 0 on their way",
      "16384 slots in 3 shards, 5461 to 5462 in each, 1 on their way",
      "16384 slots in 3 shards, 5460 to 5462 in each, 0 on their way",
      "16383 slots in 3 shards, 5461 to 5461 in each, 0 on their way",
    ],
    [
      "each shard has one primary and 1 replica, all of them its own nodes",
      "3 whole shards",
      "2 whole shards",
      "4 whole shards",
    ],
    [
      "replication is up, and no more than 3 s behind",
      "the link is up, heard 3 s ago",
      "the link is up, heard 4 s ago",
      "the link is down, heard 0 s ago",
      "replicas that follow: 0",
    ],
    ["no two primaries have the same epoch", "3 primaries, 3 epochs", "3 primaries, 2 epochs", "2 primaries, 2 epochs"],
    [
      "the nodes of its shard and of the next one see the same: who leads, who has which slots, and the epochs",
      "the same at 4 nodes",
      "the same at 3 nodes,the same at 1 nodes",
      "the same at 3 nodes",
    ],
    [
      "Redis is part of the cluster with the planned settings, at the node's own address",
      settings,
      settings.replace("127.82.0.8 OK", "127.82.0.7 OK"),
      settings.replace("node-timeout 2000", "node-timeout 15000"),
      settings.replace("validity-factor 0", "validity-factor 10"),
      settings.replace("full-coverage no", "full-coverage yes"),
      settings.replace("migration no", "migration yes"),
      settings.replace("cluster-enabled yes", "cluster-enabled no"),
      settings.replace("to-write 0", "to-write 1"),
    ],
  ],
};

export const clusterAnswers: Answers = merged([
  called((what) => `every node ${what}`, "host", "+OK", "client"),
  neighbours("replication", "+OK"),
  neighbours("bus", "stays open"),
  others,
]);

function merged(all: readonly Answers[]): Answers {
  const ids = [...new Set(all.flatMap((one) => Object.keys(one)))];
  return Object.fromEntries(ids.map((id) => [id, all.flatMap((one) => one[id] ?? [])]));
}
