import assert from "node:assert/strict";
import { median } from "../../../bench/figures/statistics.js";
import { runApplication } from "../../../bench/load/applicationLoad.js";
import { cpuMicroseconds } from "../../../bench/machines/usage.js";
import type { Road } from "../../../bench/rivals/rival.js";
import type { World } from "../../../bench/rivals/world.js";
import { openRoad } from "./openRoad.js";

/** Processor time, unlike time, does not grow when the test machine is busy; the bench measures about 0.6. */
const mostOfPlain = 0.9;

describe("connect() through both tunnels", function () {
  this.timeout(120_000);
  let world: World;
  let road: Road;
  before(async () => {
    ({ world, road } = await openRoad());
  });
  after(() => world.stop());

  it("costs the tunnel less for each operation than plain ioredis does", async () => {
    const base = { inFlight: 50, milliseconds: 800, seed: 1 } as const;
    await runApplication(world, road, { ...base, client: "plain", preload: true });
    const cost = async (client: "plain" | "connect"): Promise<number> => {
      const before = tunnelCpu(road);
      const { operations } = await runApplication(world, road, { ...base, client, preload: false });
      return (tunnelCpu(road) - before) / operations;
    };
    const ratios: number[] = [];
    for (let round = 0; round < 5; round += 1) ratios.push((await cost("connect")) / (await cost("plain")));
    console.log(`        ${median(ratios).toFixed(2)} of plain ioredis's`);
    assert.ok(median(ratios) <= mostOfPlain, `ratios ${ratios.map((ratio) => ratio.toFixed(2)).join(", ")}`);
  });
});

function tunnelCpu({ tunnel }: Road): number {
  assert.ok(tunnel);
  return cpuMicroseconds(tunnel.client.pid) + cpuMicroseconds(tunnel.server.pid);
}
