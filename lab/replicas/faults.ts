import type { Host } from "../hosts/index.js";
import { clusterRules } from "../../src/plan/cluster.js";
import { replicationRules } from "../../src/plan/replication.js";
import { unitNames } from "../../src/host/units.js";
import { onNode } from "./onNode.js";

/** Something that happens to a primary's host. */
export interface Fault {
  readonly name: string;
  inflict(primary: Host, others: readonly Host[]): Promise<unknown>;
  /** Ends it, where it does not end by itself. */
  mend?(primary: Host): Promise<unknown>;
  /** Whether another node has to lead; left out where either is right. */
  readonly failsOver?: boolean;
  /** For how many seconds acknowledged writes may be lost. */
  readonly losesSeconds: number;
}

const { redis, tunnel, sentinel } = unitNames;

/** What a fault is to a primary depends on who beside it decides that it is away. */
interface Kind {
  /** What a node runs for applications and for its peers. */
  readonly units: readonly string[];
  /** Whether a tunnel is back, a second after it was killed, before anybody misses it. */
  readonly isTunnelBackInTime: boolean;
  /** For how long a primary takes writes that the other nodes don't hear any more. */
  readonly untilItStopsSeconds: number;
}

const ofReplicas: Kind = {
  units: [redis, sentinel, tunnel],
  isTunnelBackInTime: true,
  /** For as long as it thinks that its replicas lag by less than it allows; it looks once a second, and they tell it once a second. */
  untilItStopsSeconds: replicationRules.minReplicasMaxLagSeconds + 2,
};

/**
 * For how long a primary without a majority takes writes: it asks each of the others at least every half of the time after which it takes
 * one that does not answer for away, and within the second that is left it looks.
 */
export const minorityStopsSeconds = (1.5 * clusterRules.nodeTimeoutMs) / 1000 + 1;

const ofShard: Kind = {
  units: [redis, tunnel],
  /** All of its connections have to be made anew within the nodes' timeout: on a machine that is busy they are not. */
  isTunnelBackInTime: false,
  untilItStopsSeconds: minorityStopsSeconds,
};

const cutName = "test_cut";

/**
 * Packets of the host's to or from anybody, or from these addresses alone, are dropped, as where a cable is cut. By the host's own nft: that of
 * another release may not read the rules that are there.
 */
async function cut(host: Host, hooks: readonly ("input" | "output")[], addresses?: readonly string[]): Promise<void> {
  const chains = hooks.map((hook) => {
    const [interfaceOf, addressOf] = hook === "input" ? ["iifname", "saddr"] : ["oifname", "daddr"];
    const which = addresses === undefined ? "" : `ip ${addressOf} { ${addresses.join(", ")} } `;
    return `chain ${hook} { type filter hook ${hook} priority -300; ${interfaceOf} != "lo" ${which}drop; };`;
  });
  await onNode(host, ["nft", `table inet ${cutName} { ${chains.join(" ")} }`]);
}

/** From these, and from nobody else. */
export function cutOff(host: Host, others: readonly Host[]): Promise<void> {
  return cut(
    host,
    ["input", "output"],
    others.map(({ privateIp }) => privateIp),
  );
}

export async function join(host: Host): Promise<void> {
  await onNode(host, ["nft", `delete table inet ${cutName}`]);
}

const signal = (host: Host, name: string, units: readonly string[]): Promise<string> =>
  onNode(host, ["systemctl", "kill", "--kill-whom=all", `--signal=${name}`, ...units]);

/** No fault: a stop that is meant, as for an update. */
export const handOver: Fault = {
  name: "its Redis is restarted, and hands over",
  inflict: (host) => onNode(host, ["systemctl", "restart", redis]),
  failsOver: true,
  losesSeconds: 0,
};

/** What was acknowledged in the moment before may be on no other host yet: Redis does not wait for its replicas. */
const lastMomentSeconds = 0.1;

const faultsOf = ({ units, isTunnelBackInTime, untilItStopsSeconds }: Kind): readonly Fault[] => [
  {
    name: "its Redis is killed",
    inflict: (host) => signal(host, "KILL", [redis]),
    failsOver: true,
    losesSeconds: 0,
  },
  {
    name: "its tunnel is killed",
    inflict: (host) => signal(host, "KILL", [tunnel]),
    ...(isTunnelBackInTime ? { failsOver: false, losesSeconds: 0 } : { losesSeconds: lastMomentSeconds }),
  },
  {
    name: "its host is lost with all that runs there",
    inflict: async (host) => {
      await cut(host, ["input", "output"]);
      await signal(host, "KILL", units);
    },
    mend: join,
    failsOver: true,
    losesSeconds: lastMomentSeconds,
  },
  {
    name: "its Redis stands still (SIGSTOP)",
    inflict: (host) => signal(host, "STOP", [redis]),
    mend: (host) => signal(host, "CONT", [redis]),
    failsOver: true,
    losesSeconds: 0,
  },
  {
    name: "its host is cut off",
    inflict: (host) => cut(host, ["input", "output"]),
    mend: join,
    failsOver: true,
    losesSeconds: lastMomentSeconds,
  },
  {
    name: "its host is heard by nobody, but hears the others",
    inflict: (host) => cut(host, ["output"]),
    mend: join,
    failsOver: true,
    losesSeconds: lastMomentSeconds,
  },
  {
    name: "its host is cut off from the other nodes, while applications reach it",
    inflict: cutOff,
    mend: join,
    failsOver: true,
    losesSeconds: untilItStopsSeconds,
  },
];

/** To the primary of a cache with replicas. */
export const faults = faultsOf(ofReplicas);

/** To the primary of a shard that has one replica. */
export const faultsOfShard = faultsOf(ofShard);
