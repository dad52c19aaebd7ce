import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net, { createServer, Socket, type AddressInfo, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { inspect } from "node:util";
import { AbstractConnector, type RedisOptions } from "ioredis";
import { BatchingConnector } from "../../../src/ioredis/batchingConnector.js";
import { withFreshPassword } from "../../../src/ioredis/freshPassword.js";

/** What ioredis's own class keeps from others. */
const inner = (connector: BatchingConnector) =>
  connector as unknown as { connecting: boolean; disconnectTimeout: number; firstError?: Error };

describe("BatchingConnector", () => {
  let server: Server;
  let port: number;
  beforeEach(async () => {
    server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(() => {
    server.close();
    mock.restoreAll();
  });

  it("gives a socket at once that is being connected, and batches already", async () => {
    const write = mock.method(Socket.prototype, "write");
    const connector = new BatchingConnector({ host: "127.0.0.1", port });
    const accepted = once(server, "connection") as Promise<[Socket]>;
    const socket = await connector.connect();
    assert.equal(socket.connecting, true);
    assert.equal(inner(connector).connecting, true);
    for (let index = 0; index < 30; index += 1) socket.write("x");
    assert.equal(write.mock.callCount(), 1);
    await turn();
    assert.deepEqual(
      write.mock.calls.map((call) => String(call.arguments[0]).length),
      [24, 6],
    );
    const [peer] = await accepted;
    const ended = once(peer, "end");
    peer.resume();
    connector.disconnect();
    await ended;
    assert.equal(inner(connector).connecting, false);
    peer.destroy();
  });

  it("ends a connection once, however often it is told to, and the next one as well", async () => {
    const connector = new BatchingConnector({ host: "127.0.0.1", port });
    for (let connection = 0; connection < 2; connection += 1) {
      const socket = await connector.connect();
      const listeners = socket.listenerCount("close");
      const end = mock.method(socket, "end");
      for (let time = 0; time < 30; time += 1) connector.disconnect();
      assert.deepEqual([end.mock.callCount(), socket.listenerCount("close")], [1, listeners + 1]);
      await once(socket, "close");
    }
  });

  it("gives a new socket at each call", async () => {
    const connector = new BatchingConnector({ port });
    const [first, second] = [await connector.connect(), await connector.connect()];
    assert.notEqual(first, second);
    for (const socket of [first, second]) socket.destroy();
  });

  it("keeps the first error, for ioredis to tell", async () => {
    mock.method(net, "createConnection", () => new Socket());
    const connector = new BatchingConnector({ port });
    const socket = await connector.connect();
    socket.on("error", () => undefined);
    const [first, second] = [new Error("first"), new Error("second")];
    for (const error of [first, second]) socket.emit("error", error);
    assert.equal(inner(connector).firstError, first);
  });

  for (const [options, target] of [
    [{}, { host: "127.0.0.1", port: 6379 }],
    [{ host: "127.0.0.2" }, { host: "127.0.0.2", port: 6379 }],
    [{ port: 7000 }, { host: "127.0.0.1", port: 7000 }],
  ] as const) {
    it(`connects to ${target.host}:${target.port} with ${JSON.stringify(options)}`, async () => {
      const create = mock.method(net, "createConnection", () => new Socket());
      await new BatchingConnector(options).connect();
      assert.deepEqual(
        create.mock.calls.map((call) => call.arguments as unknown[]),
        [[target]],
      );
    });
  }

  it("gives a socket that is to close the time that ioredis's option says, or none", () => {
    const timeout = (options: object): number => inner(new BatchingConnector(options)).disconnectTimeout;
    assert.deepEqual([timeout({ disconnectTimeout: 50 }), timeout({})], [50, 0]);
  });
});

describe("withFreshPassword()", () => {
  class Recorder extends AbstractConnector {
    readonly options: RedisOptions;
    constructor(options: unknown) {
      super(0);
      this.options = options as RedisOptions;
    }
    override connect(): Promise<Socket> {
      return Promise.resolve(new Socket());
    }
  }
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "password-"));
    file = join(folder, "password");
    writeFileSync(file, "first\n");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const made = (options: RedisOptions): Recorder =>
    new (withFreshPassword(Recorder, file))(options) as unknown as Recorder;

  it("makes the connector that it is given, with the client's own options", () => {
    const options = { port: 1 };
    const connector = made(options);
    assert.ok(connector instanceof Recorder);
    assert.equal(connector.options, options);
  });

  it("reads the file anew whenever the password is asked for, without what ends its line", () => {
    const options: RedisOptions = { password: "given" };
    made(options);
    assert.equal(options.password, "first");
    writeFileSync(file, " second \r\n\n");
    assert.equal(options.password, " second");
  });

  it("keeps to the last password that was there", () => {
    const options: RedisOptions = { password: "given" };
    rmSync(file);
    made(options);
    assert.equal(options.password, "given");
    writeFileSync(file, "second");
    assert.equal(options.password, "second");
    rmSync(file);
    assert.equal(options.password, "second");
  });

  it("may be used again with the same options, and with options that had no password", () => {
    const options: RedisOptions = {};
    made(options);
    made(options);
    assert.equal(options.password, "first");
  });

  it("shows it to nobody who prints or copies the options", () => {
    const options: RedisOptions = { port: 1, password: "given" };
    made(options);
    assert.deepEqual([{ ...options }, JSON.stringify(options)], [{ port: 1 }, '{"port":1}']);
    assert.doesNotMatch(inspect(options, { showHidden: true }), /given|first/);
  });
});
