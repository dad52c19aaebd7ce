import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { putBenchmarkValue, redisBenchmark } from "../../../lab/load/redisBenchmark.js";
import { pageFaults } from "../../../lab/machines/usage.js";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import type { Fixture } from "../../../lab/routes/fixture.js";
import { openFixture } from "../../../lab/routes/openFixture.js";
import { openTunnel } from "../../../lab/routes/openTunnel.js";
import { tunnelPrograms } from "../../../lab/routes/tunnelPrograms.js";
import { defaultOperatingSystem } from "../../../src/plan/operatingSystem.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";

/** More than malloc has arenas, which are eight for a processor (mallopt(3), M_ARENA_MAX): in one of its own, a thread finds room. */
const connections = 32 * availableParallelism();
const operations = 20_000;

describe("the tunnels of the default release", () => {
  let fixture: Fixture;
  before(async () => {
    await ensureDebianPackages(["iproute2", "mmdebstrap", "redis-server"]);
    fixture = await openFixture("shared");
  });
  after(() => fixture.stop());

  for (const tunnel of tunnelEngines)
    it(`take no memory from the system anew for an operation: ${tunnel}`, async () => {
      const programs = await tunnelPrograms(defaultOperatingSystem, fixture, console.log);
      const route = await openTunnel(fixture, tunnel, "both", programs);
      await putBenchmarkValue(fixture, route);
      for (const { name, pid } of Object.values(route.tunnel)) {
        const before = pageFaults(pid);
        await redisBenchmark(fixture, route, { connections, pipeline: 1, operations });
        const faults = pageFaults(pid) - before;
        // A connection's thread has some tens; a buffer that is mapped for each record has one at least.
        assert.ok(faults < operations / 4, `${name}: ${faults} page faults for ${operations} operations`);
      }
    });

  for (const tunnel of tunnelEngines)
    it(`carry large values whose records arrive in parts, and reset no connection: ${tunnel}`, async () => {
      const programs = await tunnelPrograms(defaultOperatingSystem, fixture, console.log);
      const { socketPath } = await openTunnel(fixture, tunnel, "both", programs);
      assert.ok(socketPath);
      const sets = ["-t", "set,get", "-d", String(1024 ** 2), "-c", "8", "-n", "64", "-k", "0"];
      await fixture.app.run(["redis-benchmark", "-s", socketPath, "-a", fixture.password, "--csv", ...sets]);
    });
});
