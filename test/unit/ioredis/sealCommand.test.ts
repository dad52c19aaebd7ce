import assert from "node:assert/strict";
import { Command } from "ioredis";
import { describeCommand, sealCommand } from "../../../src/ioredis/sealCommand.js";

describe("sealCommand()", () => {
  it("has errors tell the command's name, how much was sent and to which address", () => {
    const command = new Command("set", ["visit:1", "Jane Roe"]);
    assert.equal(describeCommand(command), undefined);
    assert.ok(sealCommand(command, { host: "127.0.0.1", port: 6379 }));
    assert.deepEqual(describeCommand(command), {
      name: "set",
      args: ["7 bytes", "8 bytes"],
      to: "127.0.0.1:6379",
    });
  });
});
