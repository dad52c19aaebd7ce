import { minorityStopsSeconds } from "../../../lab/replicas/faults.js";
import { planCache } from "../../../src/plan/cachePlan.js";
import { healthTimes } from "../../../src/plan/health.js";
import { clusterRules, planCluster, shardRange, slotCount } from "../../../src/plan/cluster.js";
import { placesPerShard, roomIn, shardPlaces, zoneNeeds } from "../../../src/plan/placement.js";
import { busPort, redisPort, replicationPort } from "../../../src/plan/ports.js";
import { defaultRefreshIntervalSeconds } from "../../../src/plan/refresh.js";
import { sampleArguments, sharded, threeZones } from "../../support/sample.js";
import { inSource, rows, thousands, word, type Documented } from "./numberRows.js";

const { cluster } = planCache("sessions", { ...sampleArguments, ...sharded() });
const loopbackOf = (shard: number): string =>
  cluster?.members.find((member) => member.shard === shard)?.loopbackAddress ?? "";
const settleIntervals = Number(inSource("src/plan/refresh.ts", /intervalsUntilAllKnow = (\d+)/));
const lookSeconds = Number(inSource("src/host/clusterFiles.ts", /lookSeconds = (\d+)/));
const { nodeTimeoutMs, formsAfterMs } = clusterRules;
const hasRoom = (shards: number): boolean =>
  zoneNeeds(threeZones, shards, 2).every(({ subnets, needed }) =>
    subnets.every(({ cidrBlock }) => needed <= roomIn(cidrBlock)),
  );
const mostInSmallSubnets = [6, 5, 4, 3].find(hasRoom) ?? 0;
const leastReplicas = (replicas: number): string =>
  String(
    planCluster(
      "sessions",
      { shards: 3, replicas, loopbackCidrBlock: "127.82.0.0/22" },
      shardPlaces(threeZones, 3, replicas),
    ).minReplicasToWrite,
  );

/** What documents say in numbers of a cache with shards. */
export const clusterNumbers: readonly Documented[] = [
  ...rows("docs/cluster.md", [
    [/\*\*From (\d+) to \d+\.\*\*/, String(shardRange.least)],
    [/\*\*From \d+ to (\d+)\.\*\*/, String(shardRange.most)],
    [/hipaa-redis-cluster\.service`, which looks every (\w+) seconds/, word(lookSeconds)],
    [/Nobody is there for (\d+) s/, String(formsAfterMs / 1000)],
    [/share of the ([\d,]+) slots/, thousands(slotCount)],
    [/after (\d+) s of silence/, String(nodeTimeoutMs / 1000)],
    [/hears no majority, (\d+) s at most/, String(minorityStopsSeconds)],
    [/one of them follows \(`min-replicas-to-write (\d+)`\)/, leastReplicas(2)],
    [/whenever the replica is away, so it is (\d+)/, leastReplicas(1)],
    [/the same for (\w+) such intervals/, word(settleIntervals)],
    [/such intervals, (\w+) minutes by default/, word((settleIntervals * defaultRefreshIntervalSeconds) / 60)],
    [/gives up after (\d+) minutes/, String(healthTimes.patienceMinutes)],
    [/Each shard keeps (\w+) places/, word(placesPerShard)],
    [/room in three zones for (\w+) shards/, word(mostInSmallSubnets)],
  ]),
  ...rows("docs/tunnel.md", [
    [/and so on, (\w+) addresses a shard/, word(placesPerShard)],
    [/of the first shard's nodes `([\d.]+)`/, loopbackOf(0)],
    [/of the second one's `([\d.]+)`/, loopbackOf(1)],
    [/\| (\d+) \| what nodes say to each other of who has/, String(busPort)],
    [/\| (\d+) \| what replicas copy, and slots/, String(replicationPort)],
    [/\| (\d+) \| commands of applications/, String(redisPort)],
  ]),
  ...rows("docs/article.md", [[/each other on 6380 and (16\d+)/, String(busPort)]]),
];
