import assert from "node:assert/strict";
import { operatorFiles } from "../../../src/host/operatorFiles.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { unitNames } from "../../../src/host/units.js";
import { samplePlan } from "../../support/sample.js";

describe("what governs the sessions of operators", () => {
  const content = (change: Parameters<typeof samplePlan>[0], path: string): string =>
    operatorFiles(samplePlan(change)).find((file) => file.path === path)?.content ?? "";

  it("ends them after the minutes that were asked for, by sshd and by the host", () => {
    for (const [change, minutes] of [
      [{}, 15],
      [{ operatorIdleLogoffMinutes: 5 }, 5],
    ] as const) {
      assert.match(content(change, hostPaths.sshdConfig), new RegExp(`^ChannelTimeout session:\\*=${minutes}m$`, "m"));
      const unit = content(change, `/etc/systemd/system/${unitNames.idle}`);
      assert.match(unit, new RegExp(`^ExecStart=${hostPaths.scriptsFolder}/end-idle ${minutes}$`, "m"));
    }
  });

  it("is readable to sudo as sudo asks", () => {
    const sudo = operatorFiles(samplePlan()).find(({ path }) => path === hostPaths.sudoConfig);
    assert.equal(sudo?.permissions, "0440");
  });

  it("is nothing where there are none", () => {
    assert.deepEqual(operatorFiles(samplePlan({ operators: [] })), []);
  });
});
