import { hostPaths } from "../../src/host/hostPaths.js";
import { replicaUser, sentinelPeer } from "../../src/host/redisUsers.js";
import { replicationPort, sentinelPort } from "../../src/plan/ports.js";
import { replicationName, replicationRules } from "../../src/plan/replication.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import type { CheckName } from "./checkName.js";
import {
  askRedis,
  edited,
  runningWith,
  runningWithoutFilters,
  tunnelConfig,
  withMode,
  withoutSandbox,
  type LastingChange,
  type Restart,
} from "./hostChange.js";
import { appHost, node, type MutationThere } from "./hostMutation.js";

/** To which node they are done: one with a Sentinel that is a replica, as what is restarted there leads no more. */
export const changedReplica = "sessions-1";

const { admitted, admittedPeers, admittedToSentinel, configCommand, redisConfig, scriptsFolder, sentinelFolder } =
  hostPaths;

/** Sentinel of this node is told otherwise while it runs. */
function sentinel(command: string, back: string): LastingChange {
  const ask = (words: string): string =>
    `. ${hostPaths.replicationEnvironment} && echo '${words}' | ${scriptsFolder}/ask-peer "$HIPAA_REDIS_SELF" ${sentinelPort} ${sentinelPeer} | tail --lines=1 | grep --quiet --line-regexp OK`;
  return { changes: "what Sentinel runs with", does: ask(command), mends: ask(back) };
}

/** The users of Sentinel are those of the secret again once the host's agent has told it. */
function sentinelUser(name: string, rules: string): LastingChange {
  const { does } = sentinel(`ACL SETUSER ${name} ${rules}`, "");
  return { changes: `the user ${name} of Sentinel`, does, mends: `${scriptsFolder}/apply-replication` };
}

/** A parameter of Redis that its agent may set: Redis itself would take it up at once. */
function redisSetting(name: string, value: string | number, planned: string | number): LastingChange {
  return {
    changes: `${name} of Redis`,
    does: askRedis(`CONFIG SET ${name} ${value}`),
    mends: askRedis(`CONFIG SET ${name} ${planned}`),
  };
}

/** One more name on a list, in the form of the one that is there. */
function admitting(path: string, dnsName: string): LastingChange {
  return edited(
    path,
    `sed --quiet '1s/[a-z0-9-]*[.].*/${dnsName}/p' ${path} >/run/mutated && cat /run/mutated >>${path}`,
  );
}

interface Weaker {
  /** Admits whoever shows no certificate. */
  readonly anybody: (service: "replication" | "sentinel", port: number) => string;
  readonly olderToo: (service: "replication", port: number) => string;
}

/** How one of the tunnel's services is weakened: scripts for sed(1). */
const weaker: Readonly<Record<TunnelEngine, Weaker>> = {
  haproxy: {
    anybody: (_, port) => `/bind .*:${port} /s/verify required/verify optional/`,
    olderToo: (_, port) => `/bind .*:${port} /s/$/ ssl-min-ver TLSv1.2/`,
  },
  stunnel: {
    anybody: (service) => inService(service, "s/^verifyChain = yes/&\\nrequireCert = no/"),
    olderToo: (service) => inService(service, "s/^sslVersionMin = .*/sslVersionMin = TLSv1.2/"),
  },
};

function inService(service: string, script: string): string {
  return `/^\\[${service}\\]/,/^\\[/{${script}}`;
}

const failover = (shows: string): CheckName => node.check("failover", shows);
const authentication = (shows: string): CheckName => node.check("mutual-authentication", shows);
const sentinelsUsers = node.check(
  "client-passwords",
  "Sentinel's users are those of the node's files, and may do what is planned",
);
const watched = failover("each Sentinel watches the primary with the planned times, quorum and others");
const looks = failover("each Sentinel looks at the nodes as often as planned");
const sharedName = node.check(
  "live-configuration",
  "CONFIG's name is that of the node's secret, and Redis's user alone can read it there",
);

/** What is done to a node of a cache with two replicas: each has a Sentinel. */
export function replicaMutations(tunnel: TunnelEngine): readonly MutationThere[] {
  const path = tunnelConfig(tunnel);
  const tunnelWith = (script: string): Restart => runningWith("tunnel", path, `sed -i '${script}' ${path}`);
  const { anybody, olderToo } = weaker[tunnel];
  return [
    ...ofSentinel,
    ...ofRedis,
    ...ofLists,
    {
      what: "run the tunnel's replication for whoever has no certificate",
      breaks: [authentication("replication of every other node refuses whoever shows no certificate")],
      change: tunnelWith(anybody("replication", replicationPort)),
      ofTunnel: true,
    },
    {
      what: "run the tunnel's replication with TLS 1.2 as well",
      breaks: [node.check("tls", "replication of every other node refuses TLS 1.2")],
      change: tunnelWith(olderToo("replication", replicationPort)),
      ofTunnel: true,
    },
    {
      what: "run the tunnel to Sentinel for whoever has no certificate",
      breaks: [
        authentication("sentinel of every other node refuses whoever shows no certificate"),
        appHost.check("mutual-authentication", `${changedReplica}'s Sentinel refuses whoever shows no certificate`),
      ],
      change: tunnelWith(anybody("sentinel", sentinelPort)),
      ofTunnel: true,
    },
  ];
}

const ofSentinel: readonly MutationThere[] = [
  {
    what: "have fewer Sentinels than a majority agree",
    breaks: [watched],
    change: sentinel(`SENTINEL SET ${replicationName} quorum 1`, `SENTINEL SET ${replicationName} quorum 2`),
  },
  {
    what: "have Sentinel wait for a minute longer, or for good",
    breaks: [watched],
    change: sentinel(
      `SENTINEL SET ${replicationName} failover-timeout 60000`,
      `SENTINEL SET ${replicationName} failover-timeout ${replicationRules.failoverTimeoutMs}`,
    ),
  },
  {
    what: "have Sentinel look at the nodes as seldom as it does by itself",
    breaks: [looks],
    change: sentinel("SENTINEL DEBUG INFO-PERIOD 10000", `SENTINEL DEBUG INFO-PERIOD ${replicationRules.infoPeriodMs}`),
  },
  {
    what: "add a user of Sentinel",
    breaks: [sentinelsUsers],
    change: sentinelUser("eve", `reset on #${"0".repeat(64)} +ping`),
  },
  {
    what: "let a client have Sentinel fail over",
    breaks: [sentinelsUsers],
    change: sentinelUser("web", "+sentinel|failover"),
  },
  {
    what: "let anybody ask Sentinel",
    // It no longer says that who asks has not signed in, by which it is known behind the tunnel.
    breaks: [
      node.check("client-passwords", "Sentinel answers nobody without a password"),
      sentinelsUsers,
      authentication("sentinel of every other node shows a certificate of its own name, and admits this node's"),
      appHost.check(
        "mutual-authentication",
        `${changedReplica}'s Sentinel shows a certificate of its own name, and admits this host's`,
      ),
    ],
    change: sentinelUser("default", "on nopass +ping"),
  },
  {
    what: "let everybody read what Sentinel writes down",
    breaks: [
      node.check(
        "nothing-on-disk",
        "Sentinel's own file is in memory, for Redis's user alone, and nothing is beside it",
      ),
    ],
    change: withMode(`${sentinelFolder}/sentinel.conf`, "o+r", "o-r"),
  },
  {
    what: "run Sentinel without a filter of system calls",
    breaks: [node.confined("Sentinel")],
    change: runningWithoutFilters("sentinel"),
  },
  {
    what: "take Sentinel out of its sandbox at its next start",
    breaks: [node.exposure("Sentinel"), node.files],
    change: withoutSandbox("sentinel"),
  },
];

const ofRedis: readonly MutationThere[] = [
  {
    what: "have Redis take writes that no replica follows",
    breaks: [failover("Redis takes no write that too few replicas follow")],
    change: redisSetting("min-replicas-to-write", 0, replicationRules.minReplicasToWrite),
  },
  {
    what: "have Redis write a whole copy to its disk",
    breaks: [node.check("nothing-on-disk", "whole copies go from memory to memory")],
    change: redisSetting("repl-diskless-load", "disabled", "swapdb"),
  },
  {
    what: "run Redis on one more address of the host",
    breaks: [node.check("tls", "Redis and Sentinel listen on the node's own loopback address alone")],
    change: runningWith("redis", redisConfig, `sed -i 's/^bind .*/& 127.0.0.1/' ${redisConfig}`),
  },
  {
    what: "let the user that copies read values",
    breaks: [
      node.check("dangerous-commands", "every user of the running Redis may do what is planned, and nothing else"),
    ],
    change: {
      changes: `the user ${replicaUser} of Redis`,
      does: askRedis(`ACL SETUSER ${replicaUser} +get ~*`),
      mends: `${scriptsFolder}/apply-users ${hostPaths.redisUsers}`,
    },
  },
  {
    what: "have another name of CONFIG in the secret than Redis runs with",
    breaks: [sharedName],
    change: edited(
      configCommand,
      `tr 'a-zA-Z0-9' 'b-zaB-ZA1-90' <${configCommand} >/run/mutated && cat /run/mutated >${configCommand}`,
    ),
  },
  {
    what: "let everybody read the name of CONFIG",
    breaks: [sharedName],
    change: withMode(configCommand, "o+r", "o-r"),
  },
];

const ofLists: readonly MutationThere[] = [
  {
    what: "admit a client to replication",
    breaks: [authentication("the cache's other nodes, and nobody else, are admitted to replication")],
    change: admitting(admittedPeers, "web.client.sessions.hipaa-redis.internal"),
  },
  {
    what: "admit a node to the clients' service",
    breaks: [authentication("no name but those of clients is admitted to the clients' service")],
    change: admitting(admitted, "sessions-1.node.sessions.hipaa-redis.internal"),
  },
  {
    what: "admit a stranger to Sentinel",
    breaks: [authentication("the cache's other nodes and clients, and nobody else, are admitted to Sentinel")],
    change: admitting(admittedToSentinel, "eve.client.other.hipaa-redis.internal"),
  },
];
