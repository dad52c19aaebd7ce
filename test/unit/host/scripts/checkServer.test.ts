import assert from "node:assert/strict";
import { hostPaths } from "../../../../src/host/hostPaths.js";
import { readReport, unhealthyBecause } from "../../../../src/plan/health.js";
import { ScriptHost, type Ended } from "../../../support/scriptHost.js";

const fixed = "5:7.0.15-1~deb12u10";
const told = `${hostPaths.redisStartFolder}/too-old`;

/** Versions are compared by this machine's own dpkg. */
describe("check-server", () => {
  let host: ScriptHost;
  beforeEach(() => {
    host = new ScriptHost();
    host.install("check-server");
    host.write(`${hostPaths.redisStartFolder}/agent`, "");
    host.standIn("logger", `cat >>${host.path("/journal")}`);
    host.standIn("sleep");
    host.write("/journal", "");
  });
  afterEach(() => {
    host.remove();
  });

  const start = (version: string | undefined, least = fixed): Ended => {
    host.standIn("dpkg-query", version === undefined ? "exit 1" : `printf %s '${version}'`);
    return host.run("check-server", ["redis-tools", least]);
  };
  const alarms = (): string[] => host.read("/journal").match(/^MESSAGE=.*$/gm) ?? [];

  for (const version of [
    fixed,
    `${fixed}+b1`,
    "5:7.0.15-1~deb12u11",
    "5:7.0.15-1~deb12u100",
    "5:7.0.15-1",
    "5:7.0.16-1~deb12u1",
    "5:8.0.2-3+deb13u1",
    "6:1.0-1",
  ])
    it(`lets a server start that has the fix, or is newer: ${version}`, () => {
      assert.deepEqual(start(version), { status: 0, stdout: "", stderr: "" });
      assert.deepEqual([alarms(), host.has(told)], [[], false]);
    });

  for (const version of [
    "5:7.0.15-1~deb12u9",
    "5:7.0.15-1~deb12u1",
    "5:7.0.15-1~deb12u10~rc1",
    "5:6.2.20-1",
    "7.0.15-1~deb12u10",
    "4:99.0-1",
  ])
    it(`lets none start that is older, and says which, what it lacks and where to read on: ${version}`, () => {
      assert.equal(start(version).status, 1);
      assert.deepEqual(alarms(), [
        `MESSAGE=hipaa-redis: alarm: redis-tools ${version} is older than ${fixed} and not started: docs/operating.md.`,
      ]);
    });

  it("lets none start that is not there", () => {
    assert.equal(start(undefined).status, 1);
    assert.match(alarms().join(), /redis-tools {2}is older/);
  });

  it("asks for the package that it is given, and fails slowly, as systemd tries again for ever", () => {
    start("5:7.0.15-1~deb12u9");
    const calls = host.calls();
    assert.equal(calls[0], "dpkg-query --show --showformat=${Version} redis-tools");
    assert.equal(calls.at(-1), "sleep 60");
  });

  it("forgets that it was too old once it is not", () => {
    start("5:7.0.15-1~deb12u9");
    assert.ok(host.has(told));
    assert.equal(start("5:7.0.15-1~deb12u9").status, 1);
    assert.equal(start(fixed).status, 0);
    assert.ok(!host.has(told));
  });

  it("leaves what pulumi up reads in a node's report", () => {
    start("5:7.0.15-1~deb12u9");
    const time = new Date().toISOString();
    const report = { schemaVersion: 1, instanceId: "i-0a", instanceType: "m6i.large", time };
    const because = unhealthyBecause(
      readReport(JSON.stringify({ ...report, replication: `\n${host.read(told).trim()}` })),
      new Date(),
    );
    assert.equal(
      because,
      `redis-tools 5:7.0.15-1~deb12u9 is older than ${fixed} and not started (docs/operating.md, "A server that is too old")`,
    );
  });
});
