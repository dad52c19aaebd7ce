import assert from "node:assert/strict";
import { execa } from "execa";

describe("endAtLast()", () => {
  const run = async (left: string): Promise<{ exitCode: number | undefined; stderr: string }> => {
    const script = `
      const { endAtLast } = await import("./test/support/endAtLast.ts");
      process.on("exit", () => (process.exitCode = 3));
      ${left}
      endAtLast(1);`;
    const { exitCode, stderr } = await execa("node", ["--import", "tsx", "--input-type=module", "-e", script], {
      reject: false,
    });
    return { exitCode, stderr };
  };

  it("ends a process that something keeps, with its own code, and says what that is", async () => {
    const { exitCode, stderr } = await run("setInterval(() => undefined, 1000);");
    assert.equal(exitCode, 3);
    assert.match(
      stderr,
      /^1 s after the last test this process had not ended\. What is left: .*Timeout.*\. It is ended\.$/,
    );
  });

  it("leaves one alone that ends by itself", async () => {
    assert.deepEqual(await run(""), { exitCode: 3, stderr: "" });
  });
});
