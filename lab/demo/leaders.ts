import { Command } from "ioredis";
import { hostPaths } from "../../src/host/hostPaths.js";
import type { Host } from "../hosts/index.js";
import { trafficKey } from "../scenario/honestTraffic.js";

/** How to see which node has what the application's traffic writes. */
export interface Leaders {
  readonly what: string;
  readonly leads: (node: Host) => Promise<boolean>;
}

/** With replicas a majority of the Sentinels names it; with shards a node of the cluster says so itself. */
export function leadersOf(ofShard: boolean): Leaders {
  return ofShard
    ? { what: "the primary of the shard with the application's keys", leads: leadsShard }
    : { what: "the primary", leads: isNamed };
}

const { scriptsFolder, replicationEnvironment } = hostPaths;

async function isNamed(node: Host): Promise<boolean> {
  const isPrimary = `. ${replicationEnvironment} && [ "$(${scriptsFolder}/find-primary)" = "$HIPAA_REDIS_SELF" ]`;
  const { exitCode } = await node.exec(["sh", "-c", isPrimary]);
  return exitCode === 0;
}

async function leadsShard(node: Host): Promise<boolean> {
  const question = `. ${replicationEnvironment} && echo CLUSTER NODES | ${scriptsFolder}/ask-peer "$HIPAA_REDIS_SELF" 6379 _node`;
  const { stdout } = await node.exec(["sh", "-c", question]);
  return leadsSlot(stdout, new Command("get", [trafficKey]).getSlot());
}

/** Whether the node whose answer to CLUSTER NODES this is has a slot (redis.io, "CLUSTER NODES"). */
export function leadsSlot(nodes: string, slot: number): boolean {
  const fields = nodes
    .split(/\r?\n/)
    .map((line) => line.split(" "))
    .find(([, , flags = ""]) => flags.split(",").includes("myself"));
  if (fields?.[2]?.split(",").includes("master") !== true) return false;
  return fields.slice(8).some((range) => {
    const [from, to = from] = range.split("-").map(Number);
    return from !== undefined && to !== undefined && from <= slot && slot <= to;
  });
}
