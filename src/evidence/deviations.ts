import { counted } from "../plan/counted";
import { openScripting } from "../plan/commands";
import type { CacheArguments } from "../arguments/cacheArguments";
import { evictsEveryKey } from "../plan/eviction";
import { noKeyspaceEvents } from "../plan/keyspaceEvents";
import { bytesInWords } from "../plan/limits";
import { releases } from "../plan/operatingSystem";
import { planCache, type CachePlan } from "../plan/cachePlan";
import { hasWeakness, primaryZonesInWords, sentinelZonesInWords, zonesOfMajority } from "./zones";

/** A choice of the user's that is weaker than the default. */
export interface Deviation {
  /** The argument's name. */
  readonly argument: string;
  /** What it decides here. */
  readonly chosen: string;
  /** What the default decides. */
  readonly byDefault: string;
  /** What follows from the choice. */
  readonly consequence: string;
  /** The id of the control that it weakens. */
  readonly control: string;
}

interface Weakening {
  readonly control: string;
  readonly consequence: string;
  /** The same of a cache with shards, where that is another. */
  readonly consequenceWithShards?: string;
  /** The value in a plan, as the report shows it. */
  readonly value: (plan: CachePlan) => string | number;
  /** Whether the first plan is weaker in this than the second, which has the default. */
  readonly weaker: (plan: CachePlan, standard: CachePlan) => boolean;
  /** Of an argument that every cache has to give: what is as strong as others are by default, and what is to be done for it. */
  readonly required?: { readonly asStrong: string; readonly asStrongWithShards?: string; readonly closes: string };
}

/** Arguments whose name says that they weaken: each of them has to be in the table. */
type WeakeningArgument = keyof CacheArguments & `allow${string}`;

/** Other arguments that may be chosen weaker than the default is. */
type AdjustableArgument =
  | "operatingSystem"
  | "operatorIdleLogoffMinutes"
  | "securityUpdateWindow"
  | "refreshIntervalSeconds"
  | "certificates"
  | "evictionPolicy"
  | "keyspaceEvents"
  | "maxMemoryPercent"
  | "maxValueBytes"
  | "subnets"
  | "shards"
  | "replicas";

/** Every argument that a cache can be weakened by. */
export type DeviationArgument = WeakeningArgument | AdjustableArgument;

const weakenings: Readonly<Record<DeviationArgument, Weakening>> = {
  allowSharedTenancy: {
    control: "dedicated-tenancy",
    consequence: "The node shares hardware with other AWS customers, against the article's first demand.",
    value: ({ tenancy }) => `tenancy ${tenancy}`,
    weaker: ({ tenancy }) => tenancy !== "dedicated",
  },
  allowScripting: {
    control: "scripting",
    consequence:
      "Any client may run Lua in the server (EVAL, EVALSHA; no functions). Whoever breaks into an application can use a flaw of the interpreter. A script that doesn't end stops all clients until the node's agent ends it, or ends Redis with all that it holds. The words of errors that scripts make up stay in Redis's statistics, where every client can read them, and may be counted as wrong passwords, until the agent has Redis count from zero.",
    value: ({ lockedCommands }) => `${openScripting(lockedCommands).join(", ") || "nothing"} open`,
    weaker: (plan, standard) =>
      openScripting(plan.lockedCommands).length > openScripting(standard.lockedCommands).length,
  },
  operatingSystem: {
    control: "hybrid-key-exchange",
    consequence:
      "Keys are exchanged by X25519 alone. What somebody records on the way today can be read by whoever has a quantum computer later.",
    value: ({ operatingSystem }) => releases[operatingSystem].title,
    weaker: (plan, standard) =>
      releases[standard.operatingSystem].hasHybridKeyExchange && !releases[plan.operatingSystem].hasHybridKeyExchange,
  },
  operatorIdleLogoffMinutes: {
    control: "automatic-logoff",
    consequence: "A session that its operator has left stays open for longer.",
    value: ({ operatorIdleLogoffMinutes }) => counted(operatorIdleLogoffMinutes, "minute"),
    weaker: (plan, standard) => plan.operatorIdleLogoffMinutes > standard.operatorIdleLogoffMinutes,
  },
  securityUpdateWindow: {
    control: "security-updates",
    consequence: "A known hole stays open until the next day with a window.",
    value: ({ securityUpdateWindow }) => `${securityUpdateWindow} UTC`,
    // A window that names days is not open every day.
    weaker: ({ securityUpdateWindow }) => securityUpdateWindow.includes(" "),
  },
  refreshIntervalSeconds: {
    control: "mutual-authentication",
    consequence: "A client that is taken off the list is locked out later.",
    value: ({ refreshIntervalSeconds }) => `${refreshIntervalSeconds} s`,
    weaker: (plan, standard) => plan.refreshIntervalSeconds > standard.refreshIntervalSeconds,
  },
  certificates: {
    control: "certificate-life",
    consequence: "A certificate whose key was stolen stays valid for longer.",
    value: ({ validity }) => counted(validity.validityHours, "hour"),
    weaker: (plan, standard) => plan.validity.validityHours > standard.validity.validityHours,
  },
  evictionPolicy: {
    control: "limits",
    consequence:
      "Keys that stay are never evicted, with PHI in them, until they expire or are deleted. A client that fills the memory with them keeps all others from writing; the node's agent does not restart Redis for that.",
    value: ({ evictionPolicy }) => evictionPolicy,
    weaker: ({ evictionPolicy }) => !evictsEveryKey(evictionPolicy),
  },
  keyspaceEvents: {
    control: "dangerous-commands",
    consequence:
      "The names of keys, and what was done with them, are published to every client that subscribes, whichever client's keys they are. A name that identifies a patient is PHI. Any client may publish a false event.",
    value: ({ keyspaceEvents }) => keyspaceEvents || "none",
    weaker: ({ keyspaceEvents }) => keyspaceEvents !== noKeyspaceEvents,
  },
  maxMemoryPercent: {
    control: "limits",
    consequence:
      "Redis holds more keys, with PHI in them, before it evicts any, and less memory is left to the tunnel. Where the tunnel's connections need more, it is restarted, which cuts them all.",
    value: ({ maxMemoryPercent }) => `${maxMemoryPercent} %`,
    weaker: (plan, standard) => plan.maxMemoryPercent > standard.maxMemoryPercent,
  },
  maxValueBytes: {
    control: "limits",
    consequence:
      "One client may hold more of the memory that all clients' buffers have, with PHI in them, and keeps Redis from the others for longer with one command.",
    value: ({ maxValueBytes }) => bytesInWords(maxValueBytes),
    weaker: (plan, standard) => plan.maxValueBytes > standard.maxValueBytes,
  },
  subnets: {
    control: "failover",
    consequence:
      "An Availability Zone holds a majority of the Sentinels. While it is away no other node takes over, and applications that look for the primary find none.",
    consequenceWithShards:
      "There are fewer than three Availability Zones, so that one of them holds half of the primaries or more. While it is away no other node takes over, in no shard, and the primaries that are left take no writes.",
    value: (plan) => (plan.cluster === undefined ? sentinelZonesInWords(plan) : primaryZonesInWords(plan)),
    weaker: (plan) => zonesOfMajority(plan).length > 0 || hasWeakness(plan, "zones"),
    required: {
      asStrong: "no Availability Zone with a majority of the Sentinels",
      asStrongWithShards: "no Availability Zone with half of the primaries",
      closes: "Give subnets in three Availability Zones.",
    },
  },
  shards: {
    control: "failover",
    consequence:
      "Of so many shards one Availability Zone holds half of the primaries, though there are three. While it is away no other node takes over, in no shard, and the primaries that are left take no writes.",
    value: (plan) => primaryZonesInWords(plan),
    weaker: (plan) => hasWeakness(plan, "primaries") && !hasWeakness(plan, "zones"),
    required: {
      asStrong: "no Availability Zone with half of the primaries",
      closes: "Set `shards` to another number than four, or give subnets in four Availability Zones.",
    },
  },
  replicas: {
    control: "failover",
    consequence:
      "No node of a shard has a copy. When one is away, be it for an update, its part of the keys is away until it is back, and empty then.",
    value: ({ cluster }) => counted(cluster?.replicas ?? 0, "replica"),
    weaker: (plan) => hasWeakness(plan, "replicas"),
    required: { asStrong: "a replica of each shard", closes: "Set `replicas` to 1 or more." },
  },
};

/** Every choice in a cache's arguments that is weaker than the default. */
export function deviations(name: string, shape: CacheArguments): Deviation[] {
  const plan = planCache(name, shape);
  return Object.entries(weakenings).flatMap(([argument, weakening]) => {
    const { control, value, weaker, required } = weakening;
    const standard = required === undefined ? planCache(name, { ...shape, [argument]: undefined }) : plan;
    if (!weaker(plan, standard)) return [];
    const ofShards = plan.cluster === undefined ? undefined : weakening;
    const consequence = ofShards?.consequenceWithShards ?? weakening.consequence;
    const asStrong = ofShards?.required?.asStrongWithShards ?? required?.asStrong;
    return [
      { argument, chosen: String(value(plan)), byDefault: asStrong ?? String(value(standard)), consequence, control },
    ];
  });
}

/** What is to be done so that an argument weakens nothing. */
export function closesDeviation(argument: string): string {
  const { required } = (weakenings as Readonly<Record<string, Weakening | undefined>>)[argument] ?? {};
  return required?.closes ?? `Leave ${argument} at its default.`;
}
