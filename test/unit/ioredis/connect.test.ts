import assert from "node:assert/strict";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type ConnectOptions } from "../../../src/ioredis/index.js";

/** Enough of RESP to show what an ioredis client sends first. */
function listen(): { server: Server; received: () => string } {
  let text = "";
  const server = createServer((socket) => {
    socket.on("data", (data) => {
      text += data.toString();
    });
  }).listen(0, "127.0.0.1");
  return { server, received: () => text };
}

describe("connect()", () => {
  let folder: string;
  let record: Record<string, unknown>;
  const connectionFile = (): string => {
    const path = join(folder, "connection.json");
    writeFileSync(path, JSON.stringify(record));
    return path;
  };
  const refusal = (options: ConnectOptions): string => {
    try {
      connect(options).disconnect();
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "connect-"));
    writeFileSync(join(folder, "password"), "secret-password\n");
    record = {
      ...{ schemaVersion: 1, cache: "sessions", client: "web" },
      ...{ host: "127.0.0.1", port: 6379, username: "web", passwordFile: join(folder, "password") },
    };
  });
  afterEach(() => {
    delete process.env.HIPAA_REDIS_CONNECTION;
    rmSync(folder, { recursive: true });
  });

  it("goes to the tunnel of the connection file, with the password of the password file", async () => {
    const { server, received } = listen();
    await once(server, "listening");
    record.port = (server.address() as AddressInfo).port;
    const redis = connect({ connectionFile: connectionFile() });
    redis.on("error", () => undefined);
    const [socket] = (await once(server, "connection")) as [NodeJS.EventEmitter];
    await once(socket, "data");
    assert.match(received(), /web\r\n\$15\r\nsecret-password\r\n/);
    redis.disconnect();
    server.close();
  });

  it("takes the file that HIPAA_REDIS_CONNECTION names, and options of the caller's own", () => {
    process.env.HIPAA_REDIS_CONNECTION = connectionFile();
    const redis = connect({ lazyConnect: true, commandTimeout: 100 });
    assert.deepEqual(
      [
        redis.options.host,
        redis.options.port,
        redis.options.commandTimeout,
        redis.options.maxRetriesPerRequest,
      ],
      ["127.0.0.1", 6379, 100, 1],
    );
    redis.disconnect();
  });

  it("keeps Node's lists of its timeouts as long as the client lives, but no process alive", async () => {
    const { setInterval, clearInterval } = globalThis;
    const kept = new Map<unknown, number | undefined>();
    globalThis.setInterval = ((callback: () => void, duration?: number) => {
      const timer = setInterval(callback, duration);
      kept.set(timer, duration);
      return timer;
    }) as typeof setInterval;
    globalThis.clearInterval = (timer) => {
      kept.delete(timer);
      clearInterval(timer);
    };
    try {
      const redis = connect({ connectionFile: connectionFile(), lazyConnect: true, commandTimeout: 100 });
      assert.deepEqual([...kept.values()], [100, 2000]);
      assert.ok([...kept.keys()].every((timer) => !(timer as NodeJS.Timeout).hasRef()));
      const ended = once(redis, "end");
      redis.disconnect();
      await ended;
      assert.equal(kept.size, 0);
    } finally {
      Object.assign(globalThis, { setInterval, clearInterval });
    }
  });

  it("says what to do when there is no connection file, and never shows the password", () => {
    assert.match(
      refusal({ connectionFile: join(folder, "none") }),
      /Cannot read .*none \(ENOENT\).*appUser/s,
    );
    rmSync(join(folder, "password"));
    assert.match(refusal({ connectionFile: connectionFile() }), /Cannot read .*password \(ENOENT\)/);
  });

  it("refuses a connection file of another version, another host or broken JSON", () => {
    for (const change of [
      { schemaVersion: 2 },
      { host: "10.0.0.100" },
      { port: "6379" },
      { username: undefined },
      { passwordFile: 1 },
    ]) {
      const sound = record;
      record = { ...sound, ...change };
      assert.match(refusal({ connectionFile: connectionFile() }), /no connection file of this version/);
      record = sound;
    }
    const broken = join(folder, "broken.json");
    writeFileSync(broken, "{");
    chmodSync(broken, 0o400);
    assert.match(refusal({ connectionFile: broken }), /no JSON/);
    assert.equal(refusal({ connectionFile: connectionFile(), lazyConnect: true }), "");
  });
});
