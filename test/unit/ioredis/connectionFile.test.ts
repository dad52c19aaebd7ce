import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type ConnectOptions } from "../../../src/ioredis/index.js";

describe("the connection file of connect()", () => {
  let folder: string;
  let file: string;
  let passwordFile: string;
  let sound: Record<string, unknown>;
  const before = process.env.HIPAA_REDIS_CONNECTION;

  beforeEach(() => {
    delete process.env.HIPAA_REDIS_CONNECTION;
    folder = mkdtempSync(join(tmpdir(), "connection-"));
    [file, passwordFile] = [join(folder, "connection.json"), join(folder, "password")];
    writeFileSync(passwordFile, "secret-password\n");
    const where = { host: "127.0.0.1", port: 6379, username: "web", passwordFile };
    sound = { schemaVersion: 1, cache: "sessions", client: "web", ...where };
  });
  afterEach(() => {
    if (before === undefined) delete process.env.HIPAA_REDIS_CONNECTION;
    else process.env.HIPAA_REDIS_CONNECTION = before;
    rmSync(folder, { recursive: true });
  });

  const refusal = (options?: ConnectOptions): string => {
    try {
      connect({ lazyConnect: true, ...options }).disconnect();
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  };
  const refusalOf = (text: string): string => {
    writeFileSync(file, text);
    return refusal({ connectionFile: file });
  };
  const unreadable = (path: string, code: string): string =>
    `Cannot read ${path} (${code}). It is laid down by HipaaRedisClient's user data for the application's Unix ` +
    "user (appUser) alone: run as that user, and see `systemctl status hipaa-redis-secrets` on the host.";

  it("is taken as HipaaRedisClient's user data lays it down", () => {
    assert.equal(refusalOf(JSON.stringify(sound)), "");
    assert.equal(refusalOf(JSON.stringify({ ...sound, port: 7000, more: true })), "");
  });

  it("is taken with the tunnel's socket, whether the port is open beside it or not", () => {
    const { host, port, ...rest } = sound;
    const withSocket = { ...rest, schemaVersion: 2, path: join(folder, "redis.sock") };
    assert.equal(refusalOf(JSON.stringify(withSocket)), "");
    assert.equal(refusalOf(JSON.stringify({ ...withSocket, host, port })), "");
    for (const change of [
      { path: undefined },
      { path: 5 },
      { path: "redis.sock" },
      { schemaVersion: 1 },
      { schemaVersion: 3 },
      { username: 5 },
      { passwordFile: undefined },
    ]) {
      const text = JSON.stringify({ ...withSocket, ...change });
      assert.match(refusalOf(text), /is no connection file of this version/, text);
    }
  });

  it("is taken with a way to each node, and to Sentinels", () => {
    const { host, port, ...rest } = sound;
    assert.ok(host && port);
    const nodes = [0, 1, 2].map((index) => ({
      name: `sessions-${index}`,
      address: `127.82.0.${index + 1}`,
      path: join(folder, `sessions-${index}.sock`),
      sentinelPath: join(folder, `sessions-${index}.sentinel.sock`),
    }));
    const replicated = { ...rest, schemaVersion: 3, sentinelName: "main", nodes };
    assert.equal(refusalOf(JSON.stringify(replicated)), "");
    const [first, ...others] = nodes;
    const { sentinelPath, ...without } = first ?? assert.fail();
    assert.ok(sentinelPath);
    assert.equal(refusalOf(JSON.stringify({ ...replicated, nodes: [...others, without] })), "");
    for (const change of [
      { nodes: undefined },
      { nodes: [] },
      { nodes: {} },
      { nodes: [null] },
      { nodes: [without] },
      { nodes: [...others, { ...first, path: "sessions-0.sock" }] },
      { nodes: [...others, { ...first, sentinelPath: 5 }] },
      { nodes: [...others, { ...first, address: undefined }] },
      { sentinelName: undefined },
      { schemaVersion: 5 },
      { username: 5 },
    ]) {
      const text = JSON.stringify({ ...replicated, ...change });
      assert.match(refusalOf(text), /is no connection file of this version/, text);
    }
  });

  it("is taken with a way to each node of a cluster, by its address", () => {
    const { host, port, ...rest } = sound;
    assert.ok(host && port);
    const node = (index: number): object => ({
      name: `sessions-0-${index}`,
      address: `127.82.0.${index + 1}`,
      path: join(folder, `sessions-0-${index}.sock`),
    });
    const cluster = { ...rest, schemaVersion: 4, nodes: [node(0), node(1)] };
    assert.equal(refusalOf(JSON.stringify(cluster)), "");
    for (const change of [
      { nodes: undefined },
      { nodes: [] },
      { nodes: {} },
      { nodes: [null] },
      { nodes: [node(0), { ...node(1), path: "sessions-0-1.sock" }] },
      { nodes: [node(0), { ...node(1), address: undefined }] },
      { nodes: [node(0), { ...node(1), address: "sessions-0-1" }] },
      { schemaVersion: 5 },
      { username: 5 },
    ]) {
      const text = JSON.stringify({ ...cluster, ...change });
      assert.match(refusalOf(text), /is no connection file of this version/, text);
    }
  });

  it("is the one that is named, else that of the environment, else that of the host", () => {
    const [named, ofEnvironment] = [join(folder, "named"), join(folder, "environment")];
    assert.equal(refusal(), unreadable("/etc/hipaa-redis/connection.json", "ENOENT"));
    process.env.HIPAA_REDIS_CONNECTION = ofEnvironment;
    assert.equal(refusal(), unreadable(ofEnvironment, "ENOENT"));
    assert.equal(refusal({ connectionFile: named }), unreadable(named, "ENOENT"));
  });

  it("is refused where the environment variable is set but empty, unless another is named", () => {
    process.env.HIPAA_REDIS_CONNECTION = "";
    assert.equal(
      refusal(),
      "The environment variable HIPAA_REDIS_CONNECTION is set, but empty. Give it the path of the connection file, or " +
        "unset it: then /etc/hipaa-redis/connection.json is read.",
    );
    const named = join(folder, "named");
    assert.equal(refusal({ connectionFile: named }), unreadable(named, "ENOENT"));
  });

  it("is missing: the error says why it can't be read, and what to do", () => {
    mkdirSync(join(folder, "sub"));
    assert.equal(refusal({ connectionFile: join(folder, "sub") }), unreadable(join(folder, "sub"), "EISDIR"));
  });

  it("names a password file that can't be read: the error is the same, and shows no password", () => {
    writeFileSync(file, JSON.stringify(sound));
    rmSync(passwordFile);
    assert.equal(refusal({ connectionFile: file }), unreadable(passwordFile, "ENOENT"));
  });

  it("is refused where it is not JSON", () => {
    for (const broken of ["", "{", "schemaVersion: 1"]) {
      assert.equal(
        refusalOf(broken),
        `${file} is not JSON. HipaaRedisClient's user data writes this file; let nothing else write it.`,
      );
    }
  });

  const another = [null, 5, "text", [], {}];
  const changes: Record<string, unknown[]> = {
    schemaVersion: [2, 0, "1", undefined],
    host: ["10.0.0.100", "localhost", undefined],
    port: ["6379", null, undefined],
    username: [5, null, undefined],
    passwordFile: [1, null, undefined],
  };
  for (const [key, values] of Object.entries(changes)) {
    it(`is refused as of another version with another ${key}`, () => {
      for (const value of values) {
        assert.equal(
          refusalOf(JSON.stringify({ ...sound, [key]: value })),
          `${file} is no connection file of this version: boot the app host with this version's user data.`,
          String(value),
        );
      }
    });
  }

  it("is refused as of another version where it is no record", () => {
    for (const value of another) {
      assert.match(refusalOf(JSON.stringify(value)), /is no connection file of this version/);
    }
  });
});
