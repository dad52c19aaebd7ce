import { planCache } from "../../../src/plan/cachePlan.js";
import { replicationCommands } from "../../../src/plan/commands.js";
import {
  defaultMemoryPercent,
  memoryPercentRange,
  memoryPercents,
  replicatedMemoryPercentRange,
  sentinelLimits,
} from "../../../src/plan/limits.js";
import { healthTimes } from "../../../src/plan/health.js";
import { replicationRules, sentinelsOf } from "../../../src/plan/replication.js";
import { tunnelServices } from "../../../src/plan/services.js";
import { patient } from "../../../src/ioredis/patient.js";
import { timeouts } from "../../../src/ioredis/timeouts.js";
import { sampleArguments } from "../../support/sample.js";
import { inSource, rows, word, type Documented } from "./numberRows.js";

const planned = (replicas: number) => {
  const { replication } = planCache("sessions", { ...sampleArguments, replicas });
  if (replication === undefined) throw new Error("There is no such plan.");
  return replication;
};
const two = planned(2);
const seconds = (index: number): string => ((sentinelsOf(two)[index]?.downAfterMs ?? 0) / 1000).toFixed(1);
const { minReplicasToWrite, minReplicasMaxLagSeconds, backlogBytes } = replicationRules;
/** In whole seconds, of which the first may be almost over; and once a second (redis/src/replication.c, "replicationCron"). */
const mostSecondsUnnoticed = minReplicasMaxLagSeconds + 2;
const { most, standard } = replicatedMemoryPercentRange;
const { redis, replication, sentinel } = tunnelServices;

const listed = (names: readonly string[]): string => `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;

/** What documents say in numbers of a cache with replicas. */
export const replicaNumbers: readonly Documented[] = [
  ...rows("docs/replicas.md", [
    [/With `replicas: 2` a cache is (\w+) nodes/, word(two.members.length)],
    [/There are still (\w+) Sentinels/, word(sentinelsOf(planned(3)).length)],
    [/\*\*Four or five\*\* bring (\w+) Sentinels/, word(sentinelsOf(planned(4)).length)],
    [/\*\*Four or five\*\* bring (\w+) Sentinels/, word(sentinelsOf(planned(5)).length)],
    [/Sentinels: any (\w+) nodes may be lost/, word(sentinelsOf(planned(5)).length - planned(5).quorum)],
    [/after ([\d.]+), [\d.]+ and [\d.]+ s of silence/, seconds(0)],
    [/after [\d.]+, ([\d.]+) and [\d.]+ s of silence/, seconds(1)],
    [/after [\d.]+, [\d.]+ and ([\d.]+) s of silence/, seconds(2)],
    [/until it notices, (\d+) s at most/, String(mostSecondsUnnoticed)],
    [/The (\d+) s follow from two settings/, String(mostSecondsUnnoticed)],
    [/a replica has told it within (\d+) s/, String(minReplicasMaxLagSeconds)],
    [/`min-replicas-to-write (\d+)`/, String(minReplicasToWrite)],
    [/`min-replicas-max-lag (\d+)`/, String(minReplicasMaxLagSeconds)],
    [/node 1 an (hour) later/, inSource("src/host/updates.ts", /turnMinutes = (\d+)/) === "60" ? "hour" : "other time"],
    [
      /not so for (half an hour)/,
      inSource("src/host/scripts/wait-for-peers.sh", /\+%s\) \+ (\d+)/) === "1800" ? "half an hour" : "other",
    ],
    [/in the\s+same way, for (\d+) s at most/, inSource("src/host/scripts/choose-role.sh", /patience_seconds=(\d+)/)],
    [
      /after (\d+) s where none can take over/,
      inSource("src/host/scripts/hand-over.sh", /last=\$\(\(\$\(date \+%s\) \+ (\d+)\)\)/),
    ],
    [/asks the node's own Redis every (\d+) seconds/, String(healthTimes.lookSeconds)],
    [/and every (\w+) minutes what has not/, word(healthTimes.reportSeconds / 60)],
    [/older than (\w+) minutes counts for nothing/, word(healthTimes.staleSeconds / 60)],
    [/After (\d+) minutes `pulumi up` fails/, String(healthTimes.patienceMinutes)],
    [/each command waits, for (\d+) s at most/, String(patient.commandTimeout / 1000)],
    [/within the (\d+) ms of a command/, String(timeouts.commandTimeout)],
    [/Redis may use (\d+) % of a machine's memory/, String(standard)],
    [/for values by default, and (\d+) at most/, String(most)],
    [/at most, in place of (\d+) and/, String(defaultMemoryPercent(false))],
    [/in place of \d+ and (\d+)\./, String(memoryPercentRange.most)],
    [/a node needs about ([\d.]+) times the machine/, (defaultMemoryPercent(false) / standard).toFixed(1)],
    [/from a buffer of (\d+) MiB/, String(backlogBytes / 1024 ** 2)],
  ]),
  ...rows("docs/hardening.md", [
    [/port is apart: (\d+) connections from one host/, String(sentinelLimits.connectionsFromOneHost)],
    [/from one host, and (\d+) once there are/, String(sentinelLimits.crowd.connectionsFromOneHost)],
    [/and \d+ once there are (\d+) in all/, String(sentinelLimits.crowd.connections)],
    [/With replicas Redis may use (\d+) % by default/, String(standard)],
    [/by default, its unit (\d+) %/, String(memoryPercents(standard, true).redisUnit)],
    [/its unit \d+ % and the tunnel (\d+) %/, String(memoryPercents(standard, true).tunnel)],
    [/replicas, ([A-Z, ]+ and ROLE) are denied by ACL alone/, listed(replicationCommands)],
  ]),
  ...rows("docs/article.md", [
    [/applications also reach Sentinel on (\d+)/, String(sentinel.port)],
    [/nodes each other on (\d+) and/, String(replication.port)],
  ]),
  ...rows("docs/tunnel.md", [
    [/Node 0 has the address `([\d.]+)`/, two.members[0]?.loopbackAddress ?? ""],
    [/on every host, node 1 `([\d.]+)`/, two.members[1]?.loopbackAddress ?? ""],
    [/\| (\d+) \| commands of applications/, String(redis.port)],
    [/\| (\d+) \| what replicas copy/, String(replication.port)],
    [/\| (\d+) \| what Sentinels say/, String(sentinel.port)],
    [/Sentinels, the name `(\w+)`/, inSource("src/plan/replication.ts", /replicationName = "(\w+)"/)],
  ]),
  ...rows("docs/replicas.svg", [
    [/commands<\/text> <text [^>]*>TCP (\d+)/, String(redis.port)],
    [/primary\?”<\/text> <text [^>]*>TCP (\d+)/, String(sentinel.port)],
    [/tunnel: (\d+) for clients/, String(redis.port)],
    [/(\d+) for nodes alone/, String(replication.port)],
    [/(\d+) for both/, String(sentinel.port)],
  ]),
];
