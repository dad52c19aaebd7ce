import { tunnelProgram } from "../../host/tunnelProgram";
import { unitNames } from "../../host/units";
import { engineProgram } from "../../plan/engine";
import { evictsEveryKey } from "../../plan/eviction";
import {
  bytesInWords,
  clientBuffers,
  hostsThatFill,
  memoryPercents,
  type MemoryPercents,
  redisLimits,
  sentinelLimits,
  tunnelLimits,
} from "../../plan/limits";
import { judgedByHost } from "../../plan/flow";
import { peersOf } from "../../plan/peers";
import type { ReplicationPlan } from "../../plan/replication";
import { hostKinds, type HostKind } from "../../plan/hostKinds";
import { tunnelEngines } from "../../plan/tunnel";
import { onHost, type Check } from "../check";
import type { Control, Subject } from "../control";
import { askRedis, processOf } from "../hostCommands";
import { onSentinels } from "../replicationChecks";
import { shapeOf, type Shape } from "../shape";
import { updateControls } from "./updates";

/** What `systemd-analyze security` may count at most, in tenths; 0 is best, 100 an unhardened service. */
const mostExposure = 25;

/** What Redis and the tunnel reach. */
const reach: Readonly<Record<Shape, string>> = {
  alone: "Redis has no network (`tls`); the tunnel reaches only the applications' networks",
  replicas:
    "Redis and Sentinel reach the loopback alone, and listen there (`tls`); the tunnel reaches only the applications' networks and the other nodes",
  shards:
    "Redis reaches the loopback alone, and listens there (`tls`); the tunnel reaches only the applications' networks and the other nodes",
};

const sandbox: Control = {
  id: "sandbox",
  title: "Services are sandboxed",
  hipaa: ["164.312(a)(1)"],
  article: ["environment"],
  nist: ["SC-39", "AC-6", "SI-16"],
  proposed: ["proposed 164.312(c)", "proposed 164.312(c)(2)(iii)"],
  demand: "A flaw in Redis or in the tunnel opens nothing else.",
  owners: ["component"],
  how: ({ plan }) => [
    `${plan.replication === undefined ? "Redis" : "Redis, Sentinel"} and ${tunnelProgram(plan.tunnel).packageName} run as users of their own, without capabilities, on a read-only file system, with filtered system calls and no executable memory; ${reach[shapeOf(plan)]}.`,
    "Of what runs, a check sees the account, the capabilities, that system calls are filtered and that the file system is read-only. Which calls are filtered, and all else, it reads from the unit, whose file is compared with the one that was laid down (`configuration-drift`).",
  ],
  checks: ({ plan }) => [
    onHost(
      hostKinds,
      `systemd counts the tunnel's exposure as ${mostExposure / 10} at most`,
      exposure(unitNames.tunnel),
      "Overall exposure level",
    ),
    onHost(
      ["cache"],
      `systemd counts Redis's exposure as ${mostExposure / 10} at most`,
      exposure(unitNames.redis),
      "Overall exposure level",
    ),
    confined(
      hostKinds,
      "tunnel",
      tunnelEngines.map((tunnel) => tunnelProgram(tunnel).account),
    ),
    confined(["cache"], "redis", [engineProgram(plan.engine).account]),
    ...(plan.replication === undefined ? [] : sentinelSandbox(plan.replication, engineProgram(plan.engine).account)),
  ],
  risk: {
    remains: "A flaw in the kernel itself.",
    mitigation: "Debian's security updates restart the node for a new kernel (`security-updates`).",
  },
};

const { connectionsFromOneHost, crowd } = tunnelLimits;

function memoryPercentsOf(plan: Subject["plan"]): MemoryPercents {
  return memoryPercents(plan.maxMemoryPercent, peersOf(plan)?.areCopied);
}

/** In the order in which the firewall counts. */
function limitsOfConnections({ flows }: Subject["plan"]): number[] {
  return judgedByHost(flows).flatMap(({ limits: of }) =>
    of === undefined ? [] : [of.connectionsFromOneHost, of.crowd.connectionsFromOneHost, of.crowd.connections],
  );
}

const limits: Control = {
  id: "limits",
  title: "Limits for each client",
  hipaa: ["164.306(a)(1)"],
  article: [],
  nist: ["SC-5", "SC-6"],
  demand: "A client that sends or asks too much is refused or disconnected; the others keep what they have.",
  owners: ["component"],
  how: ({ plan }) => [
    `One host may have ${connectionsFromOneHost} connections, or ${crowd.connectionsFromOneHost} once there are ${crowd.connections} in all. The tunnel takes ${tunnelLimits.connections} and Redis ${redisLimits.clients}, so that the node's agent can connect even when clients use all of theirs. The tunnel's own number is bounded by the files that it may open, which a check sees.`,
    ...(plan.replication === undefined
      ? []
      : [
          `To Sentinel one host may have ${sentinelLimits.connectionsFromOneHost} connections, or ${sentinelLimits.crowd.connectionsFromOneHost} once there are ${sentinelLimits.crowd.connections} in all.`,
        ]),
    `Redis may use ${plan.maxMemoryPercent} % of the machine's memory, and all clients' buffers ${redisLimits.clientMemoryPercent} % of that; at ${memoryPercentsOf(plan).redisUnit} % it is ended and restarted. The tunnel may use ${memoryPercentsOf(plan).tunnel} %. A value has at most ${bytesInWords(plan.maxValueBytes)}.`,
    evictsEveryKey(plan.evictionPolicy)
      ? `A full Redis makes room by evicting keys (${plan.evictionPolicy}), any of them.`
      : `A full Redis evicts ${plan.evictionPolicy === "noeviction" ? "no key" : "none but keys that have an expiry"} (${plan.evictionPolicy}): writes fail while the memory is full of keys that stay.`,
    "Disabled, because its memory outlives the client's connection: the table of keys of CLIENT TRACKING (`dangerous-commands`) and the log of refused sign-ins (`nothing-on-disk`).",
  ],
  checks: ({ plan }) => [
    onHost(
      ["cache"],
      "connections from one host are limited",
      'nft list chain inet hipaa_redis input | grep --only-matching "ct count over [0-9]*" | paste --serial --delimiters=,',
      `^${limitsOfConnections(plan)
        .map((limit) => `ct count over ${limit}`)
        .join(",")}$`,
    ),
    onHost(
      ["cache"],
      "Redis's memory is limited, and its unit's, and what is evicted is as planned",
      `echo "$(${askRedis("CONFIG GET maxmemory")}) of ${shareOfMemory(plan.maxMemoryPercent)} $(${askRedis("CONFIG GET maxmemory-policy")}) $(${memoryOf(unitNames.redis)})"`,
      `^OK maxmemory ([1-9][0-9]*) of \\1 OK maxmemory-policy ${plan.evictionPolicy} ${memoryPercentsOf(plan).redisUnit}$`,
    ),
    onHost(
      ["cache"],
      "Redis's clients are limited",
      askRedis("CONFIG GET maxclients"),
      `^OK maxclients ${redisLimits.clients}$`,
    ),
    onHost(
      ["cache"],
      "what Redis keeps for clients is limited, of each and of all together",
      `echo "$(${askRedis("CONFIG GET maxmemory-clients")}) $(${askRedis("CONFIG GET client-query-buffer-limit")}) $(${askRedis("CONFIG GET client-output-buffer-limit")})"`,
      buffersOf(plan.maxValueBytes),
    ),
    onHost(
      ["cache"],
      "the tunnel's files, which bound its connections, and its memory are limited",
      `echo "$(prlimit --nofile --noheadings --raw --output=HARD --pid ${processOf(unitNames.tunnel)}) $(${memoryOf(unitNames.tunnel)})"`,
      `^${plan.cluster === undefined ? tunnelLimits.openFiles : tunnelLimits.openFilesInCluster} ${memoryPercentsOf(plan).tunnel}$`,
    ),
    onHost(
      ["cache"],
      "the largest value is the planned one",
      askRedis("CONFIG GET proto-max-bulk-len"),
      `^OK proto-max-bulk-len ${plan.maxValueBytes}$`,
    ),
  ],
  risk: {
    remains: `Handshakes by strangers in the applications' network cost the node CPU. ${hostsThatFill(tunnelLimits.connections)} hosts there can together keep out new clients on all other hosts; with stunnel, a handshake that trickles keeps its place for as long as it goes on. A client that is admitted may fill the cache with keys, which evicts the keys of others. While it is connected it may also fill it with names that it subscribes to or watches, which keeps others from writing.`,
    mitigation:
      "`appSecurityGroupIds`, a larger `instanceType`, and a cache of its own for an application that the others do not trust.",
  },
};

/** So many percent of the machine's memory, in bytes, as `size-memory` reckons it. */
function shareOfMemory(percent: number): string {
  return `$((1024 * ($(awk '/^MemTotal:/ { print $2 }' /proc/meminfo) * ${percent} / 100)))`;
}

/** What a running unit may have of the machine's memory, in percent; 0 where that is not limited. */
function memoryOf(unit: string): string {
  return `most=$(systemctl show --property=MemoryMax --value ${unit}) all=$((1024 * $(awk '/^MemTotal:/ { print $2 }' /proc/meminfo))); [ "$most" = infinity ] && echo 0 || echo $(((100 * most + all / 2) / all))`;
}

function buffersOf(maxValueBytes: number): string {
  const { queryBufferBytes, outputBuffer } = clientBuffers(maxValueBytes);
  const { mostBytes, lastingBytes, seconds } = outputBuffer;
  const { subscriberBuffer: subscriber, clientMemoryPercent } = redisLimits;
  const normal = `normal ${mostBytes} ${lastingBytes} ${seconds}`;
  const pubsub = `pubsub ${subscriber.mostBytes} ${subscriber.lastingBytes} ${subscriber.seconds}`;
  return `^OK maxmemory-clients ${clientMemoryPercent}% OK client-query-buffer-limit ${queryBufferBytes} OK client-output-buffer-limit ${normal} slave [0-9 ]+ ${pubsub}$`;
}

/** The running process of a service: its account, no capabilities, no way to more of them, system calls filtered, a root that can't be written. */
function confined(hosts: readonly HostKind[], service: "tunnel" | "redis", accounts: readonly string[]): Check {
  const { command, prints } = confinement(service, accounts);
  return onHost(hosts, `the process of ${service === "redis" ? "Redis" : "the tunnel"} is confined`, command, prints);
}

function confinement(
  service: "tunnel" | "redis" | "sentinel",
  accounts: readonly string[],
): { command: string; prints: string } {
  return {
    command: `process=${processOf(unitNames[service])}; echo "$(ps --no-headers --format=user:32 --pid "$process" | tr --delete ' ') $(grep --extended-regexp '^(CapEff|NoNewPrivs|Seccomp):' "/proc/$process/status" | tr '\\t' ' ' | paste --serial --delimiters=' ') Root: $(awk '$5 == "/" { print substr($6, 1, 2) }' "/proc/$process/mountinfo" | tail --lines=1)"`,
    prints: `^(${accounts.join("|")}) CapEff: 0{16} NoNewPrivs: 1 Seccomp: 2 Root: ro$`,
  };
}

function sentinelSandbox(replication: ReplicationPlan, account: string): Check[] {
  const { command, prints } = confinement("sentinel", [account]);
  return [
    onSentinels(
      replication,
      `systemd counts Sentinel's exposure as ${mostExposure / 10} at most`,
      exposure(unitNames.sentinel),
      "Overall exposure level",
    ),
    onSentinels(replication, "the process of Sentinel is confined", command, prints),
  ];
}

function exposure(unit: string): string {
  return `systemd-analyze security --no-pager --threshold=${mostExposure} ${unit}`;
}

export const hostControls: readonly Control[] = [sandbox, limits, ...updateControls];
