import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BatchingConnector } from "../../../src/ioredis/batchingConnector.js";
import { connect } from "../../../src/ioredis/index.js";
import { timeouts } from "../../../src/ioredis/timeouts.js";

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

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "connect-"));
    writeFileSync(join(folder, "password"), "secret-password\n");
    record = {
      schemaVersion: 1,
      cache: "sessions",
      client: "web",
      host: "127.0.0.1",
      port: 6379,
      username: "web",
      passwordFile: join(folder, "password"),
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

  it("goes to the tunnel's Unix socket where the connection file has one, past the port beside it", async () => {
    const path = join(folder, "redis.sock");
    const server = createServer().listen(path);
    await once(server, "listening");
    Object.assign(record, { schemaVersion: 2, path, port: 1 });
    const redis = connect({ connectionFile: connectionFile() });
    redis.on("error", () => undefined);
    const [socket] = (await once(server, "connection")) as [NodeJS.EventEmitter];
    const [data] = (await once(socket, "data")) as [Buffer];
    assert.match(data.toString(), /web\r\n\$15\r\nsecret-password\r\n/);
    const copy = redis.duplicate({ lazyConnect: true });
    assert.deepEqual([redis.options.path, copy.options.path], [path, path]);
    assert.deepEqual(JSON.parse(JSON.stringify(redis)), { status: "connect", path, username: "web" });
    redis.disconnect();
    server.close();
  });

  it("says which socket, in the error of a command and of a connection", async () => {
    const path = join(folder, "redis.sock");
    Object.assign(record, { schemaVersion: 2, path });
    const redis = connect({ connectionFile: connectionFile(), lazyConnect: true, retryStrategy: null });
    redis.on("error", () => undefined);
    const failed = (await redis.get("k").catch((error: unknown) => error)) as { command: { to: string } };
    assert.equal(failed.command.to, path);
  });

  it("asks the password file anew at each connection, and goes on with the last when it is gone", async () => {
    const passwords: (string | undefined)[] = [];
    const server = createServer((socket) => {
      socket.once("data", (data) => {
        passwords.push(/\r\nweb\r\n\$\d+\r\n(.*)\r\n/.exec(data.toString())?.[1]);
        if (passwords.length === 1) writeFileSync(join(folder, "password"), "second");
        else rmSync(join(folder, "password"), { force: true });
        socket.destroy();
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    record.port = (server.address() as AddressInfo).port;
    const redis = connect({ connectionFile: connectionFile(), retryStrategy: () => 1 });
    redis.on("error", () => undefined);
    while (passwords.length < 3) await once(server, "connection");
    assert.deepEqual(passwords.slice(0, 3), ["secret-password", "second", "second"]);
    redis.disconnect();
    server.close();
  });

  it("waits as long as `timeouts` says, and takes the tunnel, the user and the connector from nobody else", () => {
    const redis = connect({ connectionFile: connectionFile(), lazyConnect: true });
    const { host, port, username, password, Connector, ...rest } = redis.options;
    assert.deepEqual([host, port, username, password], ["127.0.0.1", 6379, "web", "secret-password"]);
    assert.deepEqual({ ...rest, ...timeouts }, rest);
    assert.equal(Connector?.prototype, BatchingConnector.prototype);
    redis.disconnect();
  });

  it("takes a connector of the caller's own, with the password read anew all the same", () => {
    class Own extends BatchingConnector {}
    const redis = connect({ connectionFile: connectionFile(), lazyConnect: true, Connector: Own });
    assert.equal(redis.options.Connector?.prototype, Own.prototype);
    writeFileSync(join(folder, "password"), "changed");
    assert.equal(redis.options.password, "changed");
    redis.disconnect();
  });

  it("takes the file that HIPAA_REDIS_CONNECTION names, and options of the caller's own", () => {
    process.env.HIPAA_REDIS_CONNECTION = connectionFile();
    const redis = connect({ lazyConnect: true, commandTimeout: 100 });
    assert.deepEqual(
      [redis.options.host, redis.options.port, redis.options.commandTimeout, redis.options.maxRetriesPerRequest],
      ["127.0.0.1", 6379, 100, 1],
    );
    redis.disconnect();
  });

  it("refuses what is no time to wait, of a duplicate too, and takes what is one", () => {
    const options = { connectionFile: connectionFile(), lazyConnect: true };
    const noTime = { commandTimeout: 0 };
    assert.throws(() => connect({ ...options, ...noTime }), /commandTimeout: got 0\. .* give blocking: true\./);
    const redis = connect({ ...options, commandTimeout: 1 });
    assert.throws(() => redis.duplicate(noTime), /commandTimeout: got 0/);
    assert.equal(redis.duplicate({ commandTimeout: 2 }).options.commandTimeout, 2);
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
});
