import assert from "node:assert/strict";
import { debuggablePromise } from "@pulumi/pulumi/runtime/debuggable.js";

describe("Pulumi's promises in tests", () => {
  it("note no stack, while errors have theirs", async () => {
    const promise = Promise.resolve(1) as Promise<number> & { _debugStackTrace?: string };
    assert.equal(await debuggablePromise(promise, "a test"), 1);
    assert.equal(promise._debugStackTrace, "Error");
    assert.match(new Error("later").stack ?? "", /plainPromises\.test\.ts:\d+/);
  });

  it("fail as they do otherwise", async () => {
    await assert.rejects(
      debuggablePromise(Promise.reject(new Error("refused")), "a test"),
      /^Error: refused$/,
    );
  });
});
