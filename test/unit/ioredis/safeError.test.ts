import assert from "node:assert/strict";
import { createConnection } from "node:net";
import fc from "fast-check";
import * as ioredis from "ioredis";
import { redisTexts } from "../../../src/ioredis/redisTexts.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { safeError, type CommandOfError } from "../../../src/ioredis/safeError.js";
import { safeMessage } from "../../../src/ioredis/safeMessage.js";
import { notSentAgain } from "../../../src/ioredis/unanswered.js";
import { noLongerWatched } from "../../../src/ioredis/watched.js";
import { secretsIn } from "../../support/eavesdrop.js";

const ReplyError = ioredis.ReplyError as new (message: string) => Error;
const command: CommandOfError = {
  name: "hset",
  args: ["7 bytes", "4 bytes", "25 bytes"],
  to: "127.0.0.1:6379",
};
const secret = "phi7713";

/** What shows when the error is printed, beside its stack. */
const own = (error: Error): object => Object.fromEntries(Object.entries(error));

describe("safeError()", () => {
  it("keeps class, code and text of what Redis says to everybody, and tells of the command", () => {
    const text = "WRONGTYPE Operation against a key holding the wrong kind of value";
    const error = safeError(new ReplyError(text), command);
    assert.ok(error instanceof ReplyError);
    assert.equal(error.name, "ReplyError");
    assert.equal(error.message, text);
    assert.deepEqual(own(error), { command });
    assert.match(error.stack ?? "", /^ReplyError: WRONGTYPE Operation.*\n {4}at /);
  });

  it("keeps the code alone of what may repeat something, and says how much was sent", () => {
    const { message } = safeError(new ReplyError(`NOGROUP No such key '${secret}'`), command);
    assert.equal(
      message,
      "NOGROUP hset with 3 arguments (7 bytes, 4 bytes, 25 bytes) failed: the message is left out, it may repeat what was sent or stored",
    );
    const without = { ...command, args: [] };
    assert.match(safeError(new ReplyError(secret), without).message, /^hset with no arguments failed: /);
    const one = { ...command, args: ["1 bytes"] };
    assert.match(safeError(new ReplyError(secret), one).message, /^hset with 1 argument \(1 bytes\) failed: /);
    const many = { ...command, args: Array.from({ length: 9 }, () => "1 bytes") };
    assert.match(safeError(new ReplyError(secret), many).message, /^hset with 9 arguments \((1 bytes, ){8}…\) /);
    assert.match(safeError(new Error(secret)).message, /^the message is left out, /);
  });

  it("keeps of the network's errors what was tried, where, and what came of it", async () => {
    const refused = await new Promise<Error>((resolve) => {
      createConnection({ host: "127.0.0.1", port: 1 }).once("error", resolve);
    });
    const error = safeError(refused);
    assert.equal(error.message, refused.message);
    assert.deepEqual(own(error), own(refused));
    const late = Object.assign(new Error("connect ETIMEDOUT"), { code: "ETIMEDOUT", syscall: "connect" });
    assert.deepEqual(own(safeError(late)), { code: "ETIMEDOUT", syscall: "connect" });
    assert.equal(safeError(late).message, "connect ETIMEDOUT");
    const facts = { code: "ECONNRESET", syscall: secret, address: secret, port: secret, errno: secret };
    assert.deepEqual(own(safeError(Object.assign(new Error("x"), facts))), { code: "ECONNRESET" });
    assert.equal(safeError(Object.assign(new Error("x"), { ...facts, address: "::1" })).message, "ECONNRESET ::1");
    for (const path of ["sessions-0.sock", "sessions-0.sentinel.sock"]) {
      const address = `${hostPaths.clientFolder}/${path}`;
      assert.equal(safeError(Object.assign(new Error("x"), { code: "ENOENT", address })).message, `ENOENT ${address}`);
    }
    for (const path of ["a secret.sock", "sessions-0.sock.x", "../sessions-0.sock", "x"]) {
      const address = `${hostPaths.clientFolder}/${path}`;
      assert.equal(safeError(Object.assign(new Error("x"), { code: "ENOENT", address })).message, "ENOENT");
    }
    const address = hostPaths.clientSocket;
    assert.equal(
      safeError(Object.assign(new Error("x"), { code: "ENOENT", syscall: "connect", address })).message,
      `connect ENOENT ${address}`,
    );
  });

  it("gives back what it has made", () => {
    const error = safeError(new ReplyError(secret), command);
    assert.equal(safeError(error), error);
    assert.equal(safeError(error, { ...command, name: "get" }), error);
  });

  it("makes the errors in an error safe as well, also where they lead back to it", () => {
    const inner = (): Error => Object.assign(new ReplyError(`ERR ${secret}`), { args: [secret] });
    const outer = Object.assign(new AggregateError([inner(), secret], secret, { cause: inner() }), {
      previousErrors: [inner()],
      lastNodeError: inner(),
    });
    Object.assign(outer.errors[0] as object, { cause: outer });
    const error = safeError(outer) as typeof outer;
    assert.ok(error instanceof AggregateError);
    const held = [...(error.errors as unknown[]), error.cause, ...error.previousErrors, error.lastNodeError];
    assert.equal(held.length, 5);
    assert.ok(held.every((each) => each instanceof Error));
    assert.ok(held[0] instanceof ReplyError && held[0].cause instanceof AggregateError);
    assert.deepEqual(secretsIn([error], [secret]), []);
  });

  it("takes anything for an error", () => {
    for (const thrown of [undefined, null, secret, 5, { message: secret }, [secret], () => secret]) {
      assert.match(safeError(thrown).message, /^the message is left out/);
    }
    const ofTheWeb = safeError(new DOMException(secret, secret));
    assert.ok(ofTheWeb instanceof Error);
    assert.deepEqual(secretsIn([ofTheWeb], [secret]), []);
    const heir = Object.create(new Error(secret)) as Error;
    assert.deepEqual(secretsIn([safeError(heir)], [secret]), []);
  });

  it("holds nothing of an error's message, name, code, stack or properties, whatever they are", () => {
    const text = fc.tuple(fc.string(), fc.string({ unit: "binary" })).map((parts) => parts.join(secret));
    const start = fc.constantFrom("", "ERR ", "EXECABORT Transaction discarded because of: ", "MOVED 1 ", "NOPERM ");
    const properties = fc.dictionary(
      fc.constantFrom("name", "code", "syscall", "address", "command", "args", "buffer", "stack", "own"),
      fc.oneof(
        text,
        fc.constantFrom("ECONNRESET", "connect"),
        fc.array(text),
        fc.record({ args: fc.array(text) }, { noNullPrototype: true }),
      ),
    );
    const classes = fc.constantFrom(Error, TypeError, ReplyError);
    fc.assert(
      fc.property(classes, start, text, properties, (Class, first, rest, more) => {
        const given = new Class(first + rest);
        for (const [name, value] of Object.entries(more)) Object.defineProperty(given, name, { value });
        const error = safeError(given);
        assert.ok(error instanceof Class);
        assert.equal(error.name, Class.name);
        assert.deepEqual(secretsIn([error], [secret]), []);
      }),
    );
  });
});

describe("safeMessage()", () => {
  it("lets through what is the same whatever was sent, by itself and from a script", () => {
    const script = ` script: ${"0a".repeat(20)}, on @user_script:12.`;
    for (const text of redisTexts) {
      assert.equal(safeMessage(text), text);
      assert.equal(safeMessage(text + script), text);
    }
  });

  for (const [message, told] of [
    [
      'Reached the max retries per request limit (which is 20). Refer to "maxRetriesPerRequest" option for details.',
      true,
    ],
    ["Socket timeout. Expecting data, but didn't receive any in 2000ms.", true],
    ["Command timed out", true],
    [notSentAgain, true],
    [noLongerWatched, true],
    ["Connection is closed.", true],
    ["OOM command not allowed when used memory > 'maxmemory'.", true],
    ["READONLY You can't write against a read only replica.", true],
    ["WRONGTYPE Operation against a key holding the wrong kind of value", true],
    ["WRONGTYPE Key is not a valid HyperLogLog string value.", true],
    ["MOVED 3999 127.0.1.2:6379", true],
    ["ASK 3999 ::1:6379", true],
    ["NOPERM this user has no permissions to run the 'client|kill' command", true],
    [
      "NOPERM User web has no permissions to run the 'client|kill' command",
      "NOPERM this user has no permissions to run the 'client|kill' command",
    ],
    [
      "NOPERM User jane has no permissions to run the 'roe' command",
      "NOPERM this user has no permissions to run the '?' command",
    ],
    ["NOPERM User jane roe has no permissions to run the 'get' command", undefined],
    ["NOPERM User web has no permissions to access the 'jane' key", undefined],
    ["NOPERM No permissions to access a key", true],
    ["LOADING Valkey is loading the dataset in memory", true],
    ["ERR wrong number of arguments for 'auth' command", true],
    ["ERR invalid expire time in 'set' command", true],
    ["ERR wrong number of arguments for 'jane' command", "ERR wrong number of arguments for '?' command"],
    [
      "NOPERM this user has no permissions to run the 'get|Jane Roe' command",
      "NOPERM this user has no permissions to run the '?' command",
    ],
    [
      "NOPERM this user has no permissions to run the 'set|jane-roe' command",
      "NOPERM this user has no permissions to run the '?' command",
    ],
    ["ERR unknown command 'get|JaneRoe'", "ERR unknown command '?'"],
    ["ERR unknown command 'get|help|jane'", "ERR unknown command '?'"],
    ["ERR unknown command 'get|help'", true],
    ["ERR unknown command 'CONFIG', with args beginning with: 'GET' 'dir' ", "ERR unknown command 'CONFIG'"],
    ["ERR unknown command 'jane', with args beginning with: 'roe' ", "ERR unknown command '?'"],
    ["ERR unknown command 'hello', with args beginning with: '3' ", "ERR unknown command 'hello'"],
    ["ERR unknown subcommand 'jane'. Try CLIENT HELP.", "ERR unknown subcommand"],
    [
      "ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING",
      "ERR Can't execute 'get': only (P|S)SUBSCRIBE",
    ],
    [
      "Command queue state error. If you can reproduce this, please report it. Last reply: jane",
      "Command queue state error. If you can reproduce this, please report it.",
    ],
    ['Protocol error, got "j" as reply type byte. Please report this.', "Protocol error"],
    ['Unknown RESP type 106 "j". Please report this.', "Unknown RESP type"],
    ["EXECABORT Transaction discarded because of: OOM jane", "EXECABORT Transaction discarded because of: OOM"],
    ["EXECABORT Transaction discarded because of: NOAUTH Authentication required.", true],
    ["EXECABORT Transaction discarded because of: jane", "EXECABORT Transaction discarded because of"],
    ["MOVED 3999 jane:6379", undefined],
    ["MOVED 1 4a616e65526f65:1", undefined],
    ["MOVED 3999 127.0.1.2:6379 jane", undefined],
    ["Command timed out: jane", undefined],
    ["jane Command timed out", undefined],
    ["NOGROUP No such key 'jane' or consumer group 'roe'", undefined],
    ["", undefined],
  ] as const) {
    it(`of "${message}" tells ${told === true ? "all" : JSON.stringify(told)}`, () => {
      assert.equal(safeMessage(message), told === true ? message : told);
    });
  }
});
