import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { putBenchmarkValue, redisBenchmark } from "../../../lab/load/redisBenchmark.js";
import { pageFaults } from "../../../lab/machines/usage.js";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import type { Fixture } from "../../../lab/routes/fixture.js";
import { openFixture } from "../../../lab/routes/openFixture.js";
import { openTunnel } from "../../../lab/routes/openTunnel.js";
import type { TunnelRoute } from "../../../lab/routes/route.js";
import { tunnelPrograms } from "../../../lab/routes/tunnelPrograms.js";
import { defaultOperatingSystem } from "../../../src/plan/operatingSystem.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";

/** More than malloc has arenas, which are eight for a processor (mallopt(3), M_ARENA_MAX): in one of its own, a thread finds room. */
const connections = 32 * availableParallelism();
const operations = 20_000;

for (const tunnel of tunnelEngines)
  describe(`the tunnel of the default release, by ${tunnel},`, () => {
    let fixture: Fixture;
    let route: TunnelRoute;
    before(async () => {
      await ensureDebianPackages(["iproute2", "mmdebstrap", "redis-server"]);
      fixture = await openFixture("shared");
      const programs = await tunnelPrograms(defaultOperatingSystem, fixture, console.log);
      route = await openTunnel(fixture, tunnel, "both", programs);
    });
    after(() => fixture.stop());

    it("takes no memory from the system anew for an operation", async () => {
      await putBenchmarkValue(fixture, route);
      for (const { name, pid } of Object.values(route.tunnel)) {
        const before = pageFaults(pid);
        await redisBenchmark(fixture, route, { connections, pipeline: 1, operations });
        const faults = pageFaults(pid) - before;
        // A connection's thread has some tens; a buffer that is mapped for each record has one at least.
        assert.ok(faults < operations / 4, `${name}: ${faults} page faults for ${operations} operations`);
      }
    });

    it("carries large values whose records arrive in parts, and resets no connection", async () => {
      assert.ok(route.socketPath);
      const sets = ["-t", "set,get", "-d", String(1024 ** 2), "-c", "8", "-n", "64", "-k", "0"];
      await fixture.app.run(["redis-benchmark", "-s", route.socketPath, "-a", fixture.password, "--csv", ...sets]);
    });
  });
