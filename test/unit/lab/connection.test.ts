import assert from "node:assert/strict";
import { ofConnection, perConnection } from "../../../lab/plugins/framework/connection.js";

describe("what a plugin holds for each of the engine's connections", () => {
  it("is what that one was configured with, also while others are answered", async () => {
    const region = perConnection<string>();
    const configuredAs = async (value: string): Promise<string | undefined> => {
      region.set(value);
      await new Promise(setImmediate);
      return region.get();
    };
    const answers = ["us-east-1", "eu-central-1"].map((value, index) =>
      ofConnection(`127.0.0.1:${index}`, () => configuredAs(value)),
    );
    assert.deepEqual(await Promise.all(answers), ["us-east-1", "eu-central-1"]);
    assert.equal(
      ofConnection("127.0.0.1:0", () => region.get()),
      "us-east-1",
    );
    assert.equal(
      ofConnection("127.0.0.1:2", () => region.get()),
      undefined,
    );
  });

  it("throws outside of a call by a connection", () => {
    assert.throws(() => perConnection().get(), /Only what a connection has asked for/);
  });
});
