import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterConnectionFile } from "../../../src/host/connectionFile.js";
import { list, ok, ready, RepeatingServer, type Answers } from "./repeatingServer.js";

const address = "127.82.0.1";
const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;

/**
 * A cluster of one node that answers as it is told, at a Unix socket for `connect()` and at a port for ioredis itself, with the connection
 * file that leads there.
 */
export class FakeCluster {
  readonly folder = mkdtempSync(join(tmpdir(), "fake-cluster-"));
  readonly connectionFile = join(this.folder, "connection.json");
  readonly path = join(this.folder, "sessions-0-0.sock");
  readonly #servers: RepeatingServer[] = [];

  constructor(password = "password-of-a-test") {
    const passwordFile = join(this.folder, "password");
    writeFileSync(passwordFile, password);
    const record = { schemaVersion: 4, cache: "sessions", client: "web", username: "web", passwordFile };
    const nodes = [{ name: "sessions-0-0", address, path: this.path }];
    writeFileSync(this.connectionFile, JSON.stringify({ ...record, nodes }));
  }

  get port(): number {
    return this.#servers[1]?.port ?? 0;
  }

  async start(): Promise<void> {
    this.#servers.push(await RepeatingServer.start(this.path), await RepeatingServer.start());
    this.answers = (words) => ready(words) ?? ok;
  }

  /** What it is asked of the cluster it answers itself, everything else as it is told. */
  set answers(answers: Answers) {
    const [here, there] = this.#servers;
    if (here !== undefined) here.answers = (words, index) => ofCluster(words, address, 6379) ?? answers(words, index);
    if (there !== undefined) {
      const { port } = there;
      there.answers = (words, index) => ofCluster(words, "127.0.0.1", port) ?? answers(words, index);
    }
  }

  /** Another node, with a view of its own; and a connection file of it alone. */
  async add({
    info,
    slots,
  }: {
    info: string;
    slots: string | undefined;
  }): Promise<{ connectionFile: string; others: Answers }> {
    const path = join(this.folder, "sessions-0-1.sock");
    const server = await RepeatingServer.start(path);
    this.#servers.push(server);
    const added = { connectionFile: join(this.folder, "added.json"), others: (() => ok) as Answers };
    server.answers = (words, index) => {
      const isOfCluster = words[0]?.toLowerCase() === "cluster";
      if (isOfCluster && words[1]?.toLowerCase() === "info") return bulk(info);
      if (isOfCluster && slots !== undefined) return slots;
      return ofCluster(words, "127.82.0.2", 6379) ?? added.others(words, index);
    };
    const record = JSON.parse(readFileSync(this.connectionFile, "utf8")) as ClusterConnectionFile;
    const node = { name: "sessions-0-1", address: "127.82.0.2", path };
    writeFileSync(this.connectionFile, JSON.stringify({ ...record, nodes: [...record.nodes, node] }));
    writeFileSync(added.connectionFile, JSON.stringify({ ...record, nodes: [node] }));
    return added;
  }

  async stop(): Promise<void> {
    for (const server of this.#servers.splice(0)) await server.stop();
    rmSync(this.folder, { recursive: true });
  }
}

/** One node that has all slots. */
function ofCluster([name, sub]: readonly string[], host: string, port: number): string | undefined {
  switch (name?.toLowerCase()) {
    case "asking":
    case "readonly":
      return ok;
    case "cluster":
      if (sub?.toLowerCase() === "info") return bulk("cluster_state:ok\r\n");
      return list(list(":0\r\n", ":16383\r\n", list(bulk(host), `:${port}\r\n`)));
    default:
      return undefined;
  }
}
