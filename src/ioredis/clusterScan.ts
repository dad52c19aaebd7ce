import { ScanStream, type Cluster, type ScanStreamOptions } from "ioredis";

type Answer = [cursor: string | Buffer, keys: string[] | Buffer[]];
type Scan = (...args: [cursor: string, ...options: string[]]) => Promise<Answer>;
type Callback = (error: unknown, answer?: Answer) => void;

/** As ioredis's streams of keys of one Redis, from one primary after another. */
export function scanAll(cluster: Cluster, command: "scan" | "scanBuffer", options: ScanStreamOptions = {}): ScanStream {
  let at = 0;
  const next = async ([cursor, ...rest]: [string, ...string[]]): Promise<Answer> => {
    // Until the client knows who is a primary.
    if (cluster.status !== "ready") await cluster.ping();
    const nodes = cluster.nodes("master");
    const node = nodes[at];
    if (node === undefined) return ["0", []];
    const scan = (node[command] as unknown as Scan).bind(node);
    const [itsNext, keys] = await scan(cursor === onward ? "0" : cursor, ...rest);
    if (String(itsNext) !== "0") return [itsNext, keys];
    at += 1;
    return [at < nodes.length ? onward : "0", keys];
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

/** In place of a cursor: at the next primary, from the beginning. */
const onward = "next";
