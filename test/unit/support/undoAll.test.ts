import assert from "node:assert/strict";
import { undoAll } from "../../support/undoAll.js";

describe("undoAll()", () => {
  const undone: string[] = [];
  const undo = (name: string) => (): Promise<void> => {
    undone.push(name);
    return name.startsWith("bad") ? Promise.reject(new Error(name)) : Promise.resolve();
  };
  beforeEach(() => {
    undone.length = 0;
  });

  it("undoes the last thing first", async () => {
    await undoAll(["first", "second"].map(undo), "Not undone");
    assert.deepEqual(undone, ["second", "first"]);
  });

  it("undoes each even where another fails, and fails with all of them", async () => {
    const all = ["first", "bad one", "second", "bad two"].map(undo);
    await assert.rejects(undoAll(all, "Not undone"), (error) => {
      assert.ok(error instanceof AggregateError);
      assert.equal(error.message, "Not undone: Error: bad two; Error: bad one");
      assert.equal(error.errors.length, 2);
      return true;
    });
    assert.deepEqual(undone, ["bad two", "second", "bad one", "first"]);
  });
});
