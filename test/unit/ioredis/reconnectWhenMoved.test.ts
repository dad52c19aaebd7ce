import assert from "node:assert/strict";
import { mock } from "node:test";
import { patient } from "../../../src/ioredis/index.js";
import { reconnectWhenMoved } from "../../../src/ioredis/reconnectWhenMoved.js";
import { isOfTransaction, noteError, Transactions } from "../../../src/ioredis/transactions.js";

const readOnly = new Error("READONLY You can't write against a read only replica.");
const unblocked = new Error(
  "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)",
);
const noReplicas = new Error("NOREPLICAS Not enough good replicas to write.");
const other = new Error("ERR value is not an integer or out of range");

describe("what a client does at an error that may mean that the primary is elsewhere", () => {
  it("is to send the command to another, where Redis has carried nothing out", () => {
    const decide = reconnectWhenMoved(undefined, "master");
    assert.deepEqual([readOnly, unblocked].map(decide), [2, 2]);
    for (const message of [
      "ERR READONLY",
      "UNBLOCKED client unblocked via CLIENT UNBLOCK",
      "READONLYX x",
      other.message,
    ]) {
      assert.equal(decide(new Error(message)), false, message);
    }
  });

  it("is to look for another at most once a second, where the primary has no replicas", () => {
    let now = 0;
    const clock = mock.method(performance, "now", () => now);
    try {
      const decide = reconnectWhenMoved(null, "master");
      const at = (ms: number): unknown => {
        now = ms;
        return decide(noReplicas);
      };
      assert.deepEqual([0, 1, 999, 1000, 1001, 1999, 2001].map(at), [true, false, false, true, false, false, true]);
    } finally {
      clock.mock.restore();
    }
  });

  it("is what the application says, where that says anything", () => {
    const decide = reconnectWhenMoved((error) => (error === other ? 1 : error === readOnly), "master");
    assert.deepEqual([other, readOnly, unblocked].map(decide), [1, true, 2]);
  });

  it("is nothing at a write on a replica that was meant to be read", () => {
    for (const given of [undefined, patient.reconnectOnError]) {
      const decide = reconnectWhenMoved(given, "slave");
      assert.equal(decide(readOnly), false);
    }
    assert.equal(reconnectWhenMoved(patient.reconnectOnError, "slave")(new Error("MASTERDOWN x")), 2);
  });

  it("is the same for a duplicate, with a second of its own", () => {
    const given = mock.fn((): false => false);
    const decide = reconnectWhenMoved(given, "master");
    assert.equal(decide(noReplicas), true);
    const ofDuplicate = reconnectWhenMoved(decide, "master");
    assert.deepEqual([ofDuplicate(noReplicas), ofDuplicate(noReplicas), decide(noReplicas)], [true, false, false]);
    assert.equal(given.mock.callCount(), 4);
  });

  it("sends no part of a transaction again, in whichever way it is given", () => {
    const transactions = new Transactions();
    const [before, multi, part, exec, after] = ["get", "multi", "set", "exec", "set"].map((name) => ({ name }));
    const decide = reconnectWhenMoved(patient.reconnectOnError, "master");
    const decided = [before, multi, part, exec, after].map((command = { name: "" }) => {
      transactions.note(command);
      const error = new Error(readOnly.message);
      noteError(command, error);
      return [decide(error), isOfTransaction(error)];
    });
    const [alone, within] = [
      [2, false],
      [true, true],
    ];
    assert.deepEqual(decided, [alone, within, within, within, alone]);
    // What is sent once more is what it was.
    transactions.note({ name: "MULTI" });
    transactions.note(after ?? assert.fail());
    const error = new Error(readOnly.message);
    noteError(after ?? assert.fail(), error);
    assert.equal(isOfTransaction(error), false);
    transactions.note({ name: "DISCARD" });
    const last = { name: "set" };
    transactions.note(last);
    noteError(last, error);
    assert.equal(isOfTransaction(error), false);
  });
});

describe("the options of a client that is `patient`", () => {
  it("are these, to the last value", () => {
    const { reconnectOnError, ...values } = patient;
    assert.deepEqual(values, { commandTimeout: 10_000, maxRetriesPerRequest: 50, autoResendUnfulfilledCommands: true });
    for (const error of [readOnly, unblocked, noReplicas, new Error("MASTERDOWN x")]) {
      assert.equal(reconnectOnError(error), 2, error.message);
    }
    for (const message of [other.message, "LOADING x", "READONLY", ""]) {
      assert.equal(reconnectOnError(new Error(message)), false, message);
    }
  });
});
