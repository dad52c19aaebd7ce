import assert from "node:assert/strict";
import { debuggable } from "../../support/plainPromises.js";

const noted = debuggable.debuggablePromise;

describe("Pulumi's promises in tests", () => {
  it("note no stack, while errors have theirs", async () => {
    const promise = Promise.resolve(1) as Promise<number> & { _debugStackTrace?: string };
    assert.equal(await noted?.(promise, "a test"), 1);
    assert.equal(promise._debugStackTrace, "Error");
    assert.match(new Error("later").stack ?? "", /plainPromises\.test\.ts:\d+/);
  });

  it("fail as they do otherwise", async () => {
    const failing = Promise.reject(new Error("refused"));
    await assert.rejects(async () => noted?.(failing, "a test"), /^Error: refused$/);
  });
});
