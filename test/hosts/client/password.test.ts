import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Redis } from "ioredis";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import type { ConnectionFile } from "../../../src/host/connectionFile.js";
import { connect, type ConnectOptions } from "../../../src/ioredis/index.js";
import { timeouts } from "../../../lab/load/timeouts.js";
import { startRedisServer, type RedisServer } from "./redisServer.js";

describe("connect(), when the password changes", () => {
  let server: RedisServer;
  let passwordFile: string;
  const clients: Redis[] = [];
  const open = (options: ConnectOptions = {}): Redis => {
    const redis = connect({ connectionFile: server.connectionFile, ...timeouts, ...options });
    redis.on("error", () => undefined);
    clients.push(redis);
    return redis;
  };

  before(() => ensureDebianPackages(["redis-server"]));
  beforeEach(async () => {
    server = await startRedisServer();
    const record = JSON.parse(readFileSync(server.connectionFile, "utf8")) as ConnectionFile;
    ({ passwordFile } = record);
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.disconnect();
    await server.stop();
  });

  /** Redis takes the new password, and the old one as long as it is kept. */
  const change = async (redis: Redis, keepOld: boolean): Promise<void> => {
    await redis.call("ACL", "SETUSER", "default", ">new-password");
    writeFileSync(passwordFile, "new-password\n");
    if (!keepOld) await redis.call("ACL", "SETUSER", "default", `<${server.password}`);
  };
  const cut = async (redis: Redis): Promise<void> => {
    const again = once(redis, "ready");
    await redis.call("CLIENT", "KILL", "SKIPME", "no").catch(() => undefined);
    await again;
  };

  it("goes on with the connection that stands, and sends the new one at the next", async () => {
    const redis = open();
    await change(redis, false);
    assert.equal(await redis.ping(), "PONG");
    await cut(redis);
    assert.equal(await redis.ping(), "PONG");
    assert.equal(await open().ping(), "PONG");
  });

  it("does so in duplicates too", async () => {
    const copy = open().duplicate();
    clients.push(copy);
    await copy.ping();
    await change(copy, false);
    await cut(copy);
    assert.equal(await copy.ping(), "PONG");
  });

  it("fails no command that was under way", async () => {
    const redis = open();
    await change(redis, true);
    const commands = Array.from({ length: 200 }, (_, number) => redis.set(`key:${number}`, number));
    await redis.call("CLIENT", "KILL", "SKIPME", "no").catch(() => undefined);
    assert.equal((await Promise.all(commands)).length, 200);
  });

  it("is in again by itself when it had the old one, and the file came late", async () => {
    const redis = open({ commandTimeout: 2000 });
    await redis.call("ACL", "SETUSER", "default", ">new-password", `<${server.password}`);
    await redis.call("CLIENT", "KILL", "SKIPME", "no").catch(() => undefined);
    await assert.rejects(redis.ping());
    // Not `once` of node:events: an attempt with the old password that is still open ends in an error.
    const again = new Promise<void>((resolve) => redis.once("ready", resolve));
    writeFileSync(passwordFile, "new-password\n");
    await again;
    assert.equal(await redis.ping(), "PONG");
  });

  it("sends the last one that it has read when the file is gone", async () => {
    const redis = open();
    await redis.ping();
    rmSync(passwordFile);
    await cut(redis);
    assert.equal(await redis.ping(), "PONG");
  });
});
