import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { encodeLines } from "../../../src/host/encode.js";

/** A real Redis on 127.0.0.1, with the connection file that leads `connect()` to it. */
export interface RedisServer {
  readonly port: number;
  readonly password: string;
  readonly connectionFile: string;
  stop(): Promise<void>;
}

export async function startRedisServer(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "connect-redis-"));
  const [port, password] = [await freePort(), "password-of-a-test"];
  const config = join(folder, "redis.conf");
  writeFileSync(
    config,
    encodeLines([
      ["bind", "127.0.0.1"],
      ["port", port],
      ["requirepass", password],
      ["save", '""'],
      ["dir", folder],
    ]),
  );
  const child = spawn("redis-server", [config], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      if (line.includes("Ready to accept connections")) resolve();
    });
    child.once("exit", () => {
      reject(new Error("redis-server ended before it was ready."));
    });
  });
  const connectionFile = join(folder, "connection.json");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password);
  const record = {
    schemaVersion: 1,
    cache: "sessions",
    client: "web",
    host: "127.0.0.1",
    port,
    username: "default",
    passwordFile,
  };
  writeFileSync(connectionFile, JSON.stringify(record));
  return {
    port,
    password,
    connectionFile,
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
