import type { Answers } from "./answer.js";

const unless = "not so at 10.0.0.132:6380";
const exchanged = "Server Temp Key: X25519,";

/** Of each of the tunnel's services between nodes, what the others see. */
function peers(service: "replication" | "sentinel"): Answers {
  const says = (what: string): string => `${service} of every other node ${what}`;
  const answer = {
    replication: "+OK",
    sentinel: "-ERR Protocol error: unauthenticated multibulk length",
  }[service];
  return {
    tls: [
      [says("speaks TLS 1.3"), "New, TLSv1.3", unless, `New, TLSv1.3,${unless}`],
      [says("refuses TLS 1.2"), "alert protocol version", unless, `alert protocol version,${unless}`],
    ],
    "mutual-authentication": [
      [says("refuses whoever shows no certificate"), "alert certificate required", unless],
      [says("refuses a certificate of a node's name that somebody else has signed"), "alert unknown ca", unless],
      [says("shows a certificate of its own name, and admits this node's"), answer, unless, `${answer},${unless}`],
    ],
    "transmission-integrity": [
      [
        says("chooses an authenticated cipher"),
        "Cipher is TLS_AES_256_GCM_SHA384",
        unless,
        "Cipher is TLS_AES_128_CCM_SHA256",
      ],
      [says("refuses every other cipher"), "alert handshake failure", unless],
      [says("resumes no session"), "New, TLSv1.3", "Reused, TLSv1.3", unless],
    ],
    "hybrid-key-exchange": [[says("exchanges keys as planned"), exchanged, unless, `${exchanged},${unless}`]],
  };
}

/** What the app host sees of Sentinel. */
const toSentinel: Answers = {
  tls: [
    ["sessions-0's Sentinel speaks TLS 1.3", "New, TLSv1.3, Cipher is X", "New, TLSv1.2, Cipher is X"],
    ["sessions-0's Sentinel refuses TLS 1.2", "alert protocol version", "New, TLSv1.2, Cipher is X"],
  ],
  "mutual-authentication": [
    ["sessions-0's Sentinel refuses whoever shows no certificate", "alert certificate required", "alert unknown ca"],
    [
      "sessions-0's Sentinel refuses a certificate of a client's name that somebody else has signed",
      "alert unknown ca",
      "alert certificate required",
    ],
    [
      "sessions-0's Sentinel shows a certificate of its own name, and admits this host's",
      "-ERR Protocol error: unauthenticated multibulk length",
      "",
    ],
  ],
  "transmission-integrity": [
    [
      "sessions-0's Sentinel chooses an authenticated cipher",
      "New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384",
      "New, TLSv1.3, Cipher is TLS_AES_128_CCM_SHA256",
    ],
    ["sessions-0's Sentinel refuses every other cipher", "alert handshake failure", "Cipher is X"],
    ["sessions-0's Sentinel resumes no session", "New, TLSv1.3", "Reused, TLSv1.3"],
  ],
  "hybrid-key-exchange": [
    ["sessions-0's Sentinel exchanges keys as planned", exchanged, "Server Temp Key: ECDH, prime256v1, 256 bits"],
  ],
};

const nodes = [0, 1, 2].map((index) => `sessions-${index}.node.sessions.hipaa-redis.internal`);
const web = "web.client.sessions.hipaa-redis.internal";
const sentinel = (quorum: number): string =>
  [2000, 2400, 2800]
    .map((ms) => `down-after-milliseconds=${ms},num-other-sentinels=2,quorum=${quorum},failover-timeout=2000`)
    .join(" ");

const others: Answers = {
  "configuration-drift": [
    [
      "the user data is the one that was planned for the node",
      "i-0123456789abcdef1 <SHA-256 of the user data of sessions-1>  -",
      "i-0123456789abcdef0 <SHA-256 of the user data of sessions-1>  -",
      "i-0123456789abcdef9 <SHA-256 of the user data of sessions-1>  -",
      " <SHA-256 of the user data of sessions-1>  -",
    ],
  ],
  "host-firewall": [
    [
      "the flow apps-to-sentinel has a rule",
      "tcp dport 26379 accept",
      "tcp dport 6379 accept",
      "tcp dport redis accept",
    ],
    ["the flow nodes-to-replication has a rule", "tcp dport 6380 accept", "tcp dport redis accept"],
    ["the flow nodes-to-sentinel has a rule", "tcp dport 26379 accept", "tcp dport redis accept"],
    ["the flow node-to-replication has a rule", "tcp dport 6380 accept", "tcp dport redis accept"],
    ["the flow node-to-sentinel has a rule", "tcp dport 26379 accept", "tcp dport redis accept"],
  ],
  tls: [
    [
      "Redis and Sentinel listen on the node's own loopback address alone",
      "127.82.0.1 127.82.0.1:26379 127.82.0.1:6379",
      "127.82.0.1 127.82.0.1:26379 0.0.0.0:6379",
      "127.82.0.1 127.82.0.2:26379 127.82.0.2:6379",
      "127.82.0.1 127.82.0.1:6379",
      "127.82.0.4 127.82.0.4:26379 127.82.0.4:6379",
    ],
  ],
  "mutual-authentication": [
    ["no name but those of clients is admitted to the clients' service", web, `${nodes[0] ?? ""} ${web}`, ""],
    [
      "the cache's other nodes, and nobody else, are admitted to replication",
      nodes.join(" "),
      [...nodes, web].join(" "),
    ],
    [
      "the cache's other nodes and clients, and nobody else, are admitted to Sentinel",
      [...nodes, web].join(" "),
      nodes.join(" "),
      ["eve.client.sessions.hipaa-redis.internal", ...nodes, web].join(" "),
    ],
    [
      "the node's certificate is good for both ends of a tunnel, and for nothing else",
      "TLS Web Server Authentication, TLS Web Client Authentication",
      "TLS Web Server Authentication",
      "TLS Web Server Authentication, TLS Web Client Authentication, Code Signing",
    ],
  ],
  "client-passwords": [
    [
      "the clients, the node's own agent and its peers are users, and nobody else is",
      "OK _agent _replica _sentinel default web",
      "OK _agent _replica _sentinel default eve web",
      "OK _agent default web",
    ],
    [
      "each client has as many passwords as generations are accepted, and shares none of them; peers have as many",
      "6, 4 of them different",
      "6, 2 of them different",
      "6, 6 of them different",
    ],
    [
      "Sentinel's users are those of the node's files, and may do what is planned",
      "0 other lines, 3 users as in its files",
      "1 other lines, 3 users as in its files",
      "0 other lines, not as in its files",
    ],
    ["Sentinel answers nobody without a password", "NOAUTH Authentication required.", "PONG"],
  ],
  "nothing-on-disk": [
    [
      "whole copies go from memory to memory",
      "OK repl-diskless-sync yes repl-diskless-load swapdb",
      "OK repl-diskless-sync yes repl-diskless-load disabled",
      "OK repl-diskless-sync no repl-diskless-load swapdb",
    ],
    [
      "Sentinel's own file is in memory, for Redis's user alone, and nothing is beside it",
      "/run/hipaa-redis/sentinel/sentinel.conf 600 redis on tmpfs",
      "/run/hipaa-redis/sentinel/sentinel.conf 604 redis on tmpfs",
      "/run/hipaa-redis/sentinel/sentinel.conf 600 redis on ext4",
      "/run/hipaa-redis/sentinel/sentinel.conf 600 redis,/run/hipaa-redis/sentinel/other 600 redis on tmpfs",
    ],
  ],
  "live-configuration": [
    [
      "CONFIG's name is that of the node's secret, and Redis's user alone can read it there",
      "400 redis",
      "404 redis",
      "",
    ],
  ],
  sandbox: [
    ["systemd counts Sentinel's exposure as 2.5 at most", "→ Overall exposure level for X: 1.1 OK", "nothing of it"],
    [
      "the process of Sentinel is confined",
      "redis CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 Root: ro",
      "root CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 Root: ro",
      "redis CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 0 Root: ro",
    ],
  ],
  failover: [
    [
      "of the nodes, by their own word, one is the primary and all others are replicas",
      "role:master role:slave role:slave",
      "role:master role:master role:slave",
      "role:slave role:slave role:slave",
      "role:master role:slave",
    ],
    [
      "the node is what a majority of the Sentinels says of it",
      "replica of 127.82.0.1, as the Sentinels say",
      "primary, but the Sentinels name 127.82.0.2",
      "replica of 127.82.0.9, as the Sentinels say",
    ],
    [
      "replication is up, and no more than 3 s behind",
      "the link is up, heard 3 s ago",
      "the link is up, heard 4 s ago",
      "the link is down, heard 0 s ago",
      "1 replicas follow",
    ],
    [
      "each Sentinel reaches as many others as a failover takes",
      "3 usable Sentinels 3 usable Sentinels 3 usable Sentinels",
      "2 usable Sentinels 2 usable Sentinels",
      "3 usable Sentinels 3 usable Sentinels",
    ],
    [
      "each Sentinel watches the primary with the planned times, quorum and others",
      sentinel(2),
      sentinel(1),
      sentinel(2).replace("2400", "2000"),
    ],
    ["each Sentinel looks at the nodes as often as planned", "1000 1000 1000", "1000 10000 1000", "1000 1000"],
    [
      "Redis takes no write that too few replicas follow",
      "OK min-replicas-to-write 1 min-replicas-max-lag 3",
      "OK min-replicas-to-write 0 min-replicas-max-lag 3",
      "OK min-replicas-to-write 1 min-replicas-max-lag 10",
    ],
  ],
};

/** What hosts answer to the checks that a cache with two replicas has and the sample's has not, each once for all nodes. */
export const replicationAnswers: Answers = merged([peers("replication"), peers("sentinel"), toSentinel, others]);

function merged(all: readonly Answers[]): Answers {
  const ids = [...new Set(all.flatMap((one) => Object.keys(one)))];
  return Object.fromEntries(ids.map((id) => [id, all.flatMap((one) => one[id] ?? [])]));
}
