import assert from "node:assert/strict";
import { median } from "../../../lab/load/statistics.js";
import { runApplication } from "../../../lab/load/applicationLoad.js";
import { putBenchmarkValue, redisBenchmark } from "../../../lab/load/redisBenchmark.js";
import { cpuMicroseconds } from "../../../lab/machines/usage.js";
import { openArticle } from "../../../lab/routes/openArticle.js";
import type { Route } from "../../../lab/routes/route.js";
import { openTunnel } from "../../../lab/routes/openTunnel.js";
import type { Fixture } from "../../../lab/routes/fixture.js";
import { openFixture } from "../../../lab/routes/openFixture.js";
import { isExhaustive } from "../../support/dimensions.js";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";

const rounds = 3;

/** As measured it is 0.95 for both tunnels, idle machine or busy: half as much again is seen. */
const mostOfArticle = 1.35;

/** As measured it is 1.8 and more, on a busy machine too: half of it is seen. */
const leastOfPlain = 1.5;

// Ratios of processor time vary with the machine: they are judged where time is taken for it. What `npm test` holds of them
// are counts: the client's writes (batching.test.ts).
if (isExhaustive) {
  describe("what the shipped tunnels cost", () => {
    let fixture: Fixture;
    let articleRoute: Route;
    before(async () => {
      await ensureDebianPackages(["haproxy", "iproute2", "openssl", "redis-server", "stunnel4"]);
      fixture = await openFixture("apart");
      articleRoute = await openArticle(fixture);
      await putBenchmarkValue(fixture, articleRoute);
    });
    after(() => fixture.stop());

    /**
     * Processor time of both ends for one operation, on one connection: each operation is then the same work, whatever
     * else the machine does. With more of them, a busy machine handles several at a time and each costs less.
     */
    const tunnelCpu = async (route: Route): Promise<number> => {
      assert.ok(route.tunnel);
      const { client, server } = route.tunnel;
      const used = (): number => cpuMicroseconds(client.pid) + cpuMicroseconds(server.pid);
      const before = used();
      await redisBenchmark(fixture, route, { connections: 1, pipeline: 1, operations: 6000 });
      return (used() - before) / 6000;
    };

    /** How many commands Redis finds there each time it reads from a socket: how well they were joined on the way. */
    const commandsPerRead = async (route: Route, client: "plain" | "connect"): Promise<number> => {
      const reads = async (): Promise<number> => {
        const command = ["redis-cli", "-s", hostPaths.redisSocket, "--no-auth-warning", "-a", fixture.password];
        const stats = await fixture.node.run([...command, "info", "stats"]);
        return Number(/total_reads_processed:(\d+)/.exec(stats)?.[1]);
      };
      const before = await reads();
      const load = { inFlight: 50, milliseconds: 0, operations: 20_000, seed: 1, preload: false } as const;
      const { operations } = await runApplication(fixture, route, { ...load, client });
      return operations / ((await reads()) - before);
    };

    for (const tunnel of tunnelEngines) {
      describe(tunnel, () => {
        let route: Route;
        before(async () => {
          route = await openTunnel(fixture, tunnel);
          await putBenchmarkValue(fixture, route);
          const load = { client: "plain", inFlight: 1, milliseconds: 0, seed: 0, preload: true } as const;
          await runApplication(fixture, route, load);
        });

        it("costs no more processor time for an operation than the article's configuration", async () => {
          await mostly(
            "the article's",
            (ratio) => ratio <= mostOfArticle,
            async () => {
              return (await tunnelCpu(route)) / (await tunnelCpu(articleRoute));
            },
          );
        });

        it("gets commands from connect() that are joined, and from plain ioredis more singly", async () => {
          await mostly(
            "plain ioredis's",
            (ratio) => ratio >= leastOfPlain,
            async () => {
              return (await commandsPerRead(route, "connect")) / (await commandsPerRead(route, "plain"));
            },
          );
        });
      });
    }
  });
}

/** Judges the median of a ratio that each round measures anew, both sides one after the other. */
async function mostly(base: string, isFine: (ratio: number) => boolean, measure: () => Promise<number>): Promise<void> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) ratios.push(await measure());
  console.log(`          ${median(ratios).toFixed(2)} of ${base}`);
  assert.ok(isFine(median(ratios)), `ratios ${ratios.map((ratio) => ratio.toFixed(2)).join(", ")}`);
}
