import assert from "node:assert/strict";
import { once } from "node:events";
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { batchWrites } from "../../../src/ioredis/batchWrites.js";

describe("batchWrites()", () => {
  let server: Server;
  let peer: Socket;
  let socket: Socket;
  /** What the peer has got. */
  let received: string;
  /** What has been handed to Node.js, in the pieces in which it was. */
  let written: string[];

  beforeEach(async () => {
    server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const accepted = once(server, "connection") as Promise<[Socket]>;
    socket = createConnection({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
    [peer] = await accepted;
    [received, written] = ["", []];
    peer.on("data", (data) => {
      received += data.toString();
    });
    const write = socket.write.bind(socket) as (...rest: unknown[]) => boolean;
    socket.write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => {
      written.push(chunk.toString());
      return write(chunk, ...rest);
    };
    batchWrites(socket);
  });
  afterEach(() => {
    socket.destroy();
    peer.destroy();
    server.close();
  });

  const answer = async (): Promise<void> => {
    const answered = once(socket, "data");
    peer.write("+OK\r\n");
    await answered;
  };
  const command = (text: string): boolean => socket.write(text);
  /** Commands and answers that take turns, until commands go out at once. */
  const alternate = async (): Promise<void> => {
    command("first ");
    await turn();
    await answer();
    written = [];
  };
  /** All that the peer has got, when the end of the stream has reached it. */
  const everything = async (): Promise<string> => {
    const ended = once(peer, "end");
    socket.end();
    await ended;
    return received;
  };

  it("sends what is written in one turn as one, from before it is connected on", async () => {
    for (const text of ["a", "b", "c"]) command(text);
    assert.deepEqual(written, []);
    await turn();
    assert.deepEqual(written, ["abc"]);
  });

  it("sends twenty-four without waiting for the end of the turn, so that the other side can begin", async () => {
    const commands = Array.from({ length: 60 }, (_, index) => `${index} `);
    for (const text of commands) command(text);
    const pieces = [commands.slice(0, 24).join(""), commands.slice(24, 48).join("")];
    assert.deepEqual(written, pieces);
    await turn();
    assert.deepEqual(written, [...pieces, commands.slice(48).join("")]);
  });

  it("holds twenty-three, and sends the twenty-fourth with them", async () => {
    for (let index = 0; index < 23; index += 1) command("x");
    assert.deepEqual(written, []);
    command("y");
    assert.deepEqual(written, [`${"x".repeat(23)}y`]);
    await turn();
    assert.equal(written.length, 1);
  });

  it("sends a command at once where answers and commands take turns", async () => {
    await alternate();
    for (const text of ["a", "b", "c"]) {
      command(text);
      assert.equal(written.at(-1), text);
      await answer();
    }
    assert.deepEqual(written, ["a", "b", "c"]);
  });

  it("sends none at once that another one, without an answer, precedes", async () => {
    await alternate();
    command("a");
    for (const text of ["b", "c"]) command(text);
    assert.deepEqual(written, ["a"]);
    await turn();
    command("d");
    assert.deepEqual(written, ["a", "bc"]);
    assert.equal(await everything(), "first abcd");
  });

  it("joins again, from the first one on, when several came between two answers", async () => {
    await alternate();
    for (const text of ["a", "b"]) command(text);
    await answer();
    command("c");
    assert.deepEqual(written, ["a", "b"]);
    command("d");
    await turn();
    assert.deepEqual(written, ["a", "b", "cd"]);
  });

  it("takes the parts of a long answer for one answer", async () => {
    await answer();
    for (const text of ["a", "b"]) command(text);
    await turn();
    for (let part = 0; part < 3; part += 1) await answer();
    command("c");
    assert.deepEqual(written, ["ab"]);
    await turn();
    for (let part = 0; part < 3; part += 1) await answer();
    command("d");
    assert.deepEqual(written, ["ab", "c", "d"]);
  });

  it("sends nothing ahead of what is held, also when an answer comes in the same turn", async () => {
    await alternate();
    for (const text of ["a", "b"]) command(text);
    await answer();
    command("c");
    // As a second read of the same turn would: no turn ends between the two.
    socket.emit("data", Buffer.from("+OK\r\n"));
    command("d");
    assert.equal(await everything(), "first abcd");
  });

  it("keeps the order whatever comes: texts, buffers, answers, ends of turns", async () => {
    const steps = fc.array(fc.constantFrom("text", "buffer", "callback", "answer", "turn"), {
      maxLength: 60,
    });
    let expected = "";
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        for (const step of all) {
          const text = `${expected.length} `;
          if (step === "text") command(text);
          else if (step === "buffer") socket.write(Buffer.from(text));
          else if (step === "callback") socket.write(text, () => undefined);
          else if (step === "answer") socket.emit("data", Buffer.from("+OK\r\n"));
          else await turn();
          if (["text", "buffer", "callback"].includes(step)) expected += text;
        }
      }),
    );
    assert.equal(await everything(), expected);
  });

  it("says when the socket has taken too much, and lets long texts go before the turn ends", () => {
    const long = "x".repeat(64 * 1024);
    assert.equal(command(long.slice(1)), true);
    assert.deepEqual(written, []);
    assert.equal(command("x"), false);
    assert.deepEqual(written, [long]);
  });

  it("sends what has an encoding or a callback at once, behind what is held, as it is", async () => {
    const done: string[] = [];
    command("held ");
    socket.write("e9", "hex");
    assert.deepEqual(written, ["held ", "e9"]);
    socket.write("2020", "hex", () => done.push("with encoding"));
    socket.write("a ", () => done.push("without"));
    const ended = once(peer, "end");
    socket.end("656e64", "hex", () => done.push("end"));
    await ended;
    assert.equal(received, Buffer.from("held \xe9  a end", "latin1").toString());
    assert.deepEqual(done, ["with encoding", "without", "end"]);
  });

  it("counts what it does not hold as commands: a buffer between two answers is one", async () => {
    socket.write(Buffer.from("a"));
    await answer();
    command("b");
    assert.deepEqual(written, ["a", "b"]);
  });

  it("sends what is held before the end, and nothing after destroy()", async () => {
    command("last");
    assert.equal(await everything(), "last");
    socket.destroy();
    command("late");
    await turn();
    assert.equal(received, "last");
    assert.deepEqual(written, ["last"]);
  });
});
