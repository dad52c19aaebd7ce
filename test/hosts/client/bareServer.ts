import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import type { ServerPrograms } from "../../../lab/servers/serverPrograms.js";

/** A real server with a configuration of its own, whom anybody may ask at its Unix socket. */
export class BareServer {
  private constructor(
    private readonly folder: string,
    private readonly process: ChildProcess,
    private readonly client: Redis,
    /** What it has said so far. */
    readonly said: () => string,
  ) {}

  /** @throws Error with what the server said, where it does not start. */
  static async start(
    { server: [program, ...before] }: ServerPrograms,
    config = "",
    args: readonly string[] = [],
  ): Promise<BareServer> {
    const folder = mkdtempSync(join(tmpdir(), "bare-server-"));
    const file = join(folder, "redis.conf");
    const socket = join(folder, "redis.sock");
    writeFileSync(file, `port 0\nunixsocket ${socket}\ndir ${folder}\nsave ""\n${config}`);
    const child = spawn(program, [...before, file, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    const said = await isReady(child).catch((error: unknown) => {
      rmSync(folder, { recursive: true });
      throw error;
    });
    const options = { protocol: 2, enableReadyCheck: false, disableClientInfo: true } as const;
    const client = new Redis({ path: socket, ...options, commandTimeout: 10_000, retryStrategy: () => null });
    client.on("error", () => undefined);
    return new BareServer(folder, child, client, said);
  }

  ask(name: string, ...words: readonly (string | Buffer)[]): Promise<unknown> {
    return this.client.call(name, ...words);
  }

  async end(): Promise<void> {
    this.client.disconnect();
    const exited = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await exited;
    rmSync(this.folder, { recursive: true });
  }
}

/** Until it takes connections; returns what tells what it says. */
async function isReady(child: ChildProcess): Promise<() => string> {
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (text: Buffer): void => {
      said += text.toString();
      if (/ready to accept connections|Sentinel ID is/i.test(said)) resolve();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", () => {
      reject(new Error(`The server ended before it was ready: ${said}`));
    });
  });
  return () => said;
}
