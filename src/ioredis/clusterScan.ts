import { ScanStream, type Cluster, type Redis, type ScanStreamOptions } from "ioredis";
import { noMorePrimary, slotsMove } from "./noNode";

type Answer = [cursor: string | Buffer, keys: string[] | Buffer[]];
type Scan = (...args: [cursor: string, ...options: string[]]) => Promise<Answer>;
type Callback = (error: unknown, answer?: Answer) => void;

/** As ioredis's streams of keys of one Redis, from one primary after another. */
export function scanAll(cluster: Cluster, command: "scan" | "scanBuffer", options: ScanStreamOptions = {}): ScanStream {
  let at = 0;
  let all: readonly string[] | undefined;
  let before = "";
  const next = async ([cursor, ...rest]: [string, ...string[]]): Promise<Answer> => {
    if (all === undefined) {
      all = await addressesOf(cluster);
      before = await ownersIn(cluster, all);
    }
    const node = await primaryAt(cluster, all[at]);
    const scan = (node[command] as unknown as Scan).bind(node);
    const [itsNext, keys] = await scan(cursor === onward ? "0" : cursor, ...rest);
    if (String(itsNext) !== "0") return [itsNext, keys];
    at += 1;
    if (at < all.length) return [onward, keys];
    if ((await ownersIn(cluster, all)) !== before) throw new Error(slotsMove);
    return ["0", keys];
  };
  const redis = {
    [command]: (args: [string, ...string[]], callback: Callback): void => {
      next(args).then((answer) => {
        callback(null, answer);
      }, callback);
    },
  };
  return new ScanStream({ objectMode: true, redis, command, ...options });
}

function primaries(cluster: Cluster): ReadonlyMap<string, Redis> {
  return new Map(
    cluster.nodes("master").map((node) => [`${node.options.host ?? ""}:${node.options.port ?? ""}`, node]),
  );
}

/** Of all primaries: ioredis keeps none whose connection was lost, until it asks again or has a command for it. */
async function addressesOf(cluster: Cluster): Promise<string[]> {
  if (cluster.status !== "ready") await cluster.ping();
  await lookAnew(cluster);
  return [...primaries(cluster).keys()];
}

/** What a node that is gone has, no other says: without it, keys would be missing and nobody would know. */
async function primaryAt(cluster: Cluster, address = ""): Promise<Redis> {
  const known = primaries(cluster).get(address);
  if (known !== undefined) return known;
  await lookAnew(cluster);
  const found = primaries(cluster).get(address);
  if (found === undefined) throw new Error(noMorePrimary);
  return found;
}

/**
 * Which slots each has, as it says itself, and since which change of that: a text that is the same where no key has gone from one to another.
 * While slots are on their way, their keys are at two nodes.
 */
async function ownersIn(cluster: Cluster, all: readonly string[]): Promise<string> {
  const owners = await Promise.all(
    all.map(async (address) => {
      const told = String(await (await primaryAt(cluster, address)).cluster("NODES"));
      const [id, , , , , , epoch, , ...slots] = /^.* myself,.*$/m.exec(told)?.[0].split(" ") ?? [];
      if (id === undefined || slots.some((range) => range.startsWith("["))) throw new Error(slotsMove);
      return [id, epoch, ...slots].join(" ");
    }),
  );
  return owners.join("\n");
}

function lookAnew(cluster: Cluster): Promise<void> {
  return new Promise((resolve, reject) => {
    cluster.refreshSlotsCache((error) => {
      if (error == null) resolve();
      else reject(error);
    });
  });
}

/** In place of a cursor: at the next primary, from the beginning. */
const onward = "next";
