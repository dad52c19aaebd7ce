import assert from "node:assert/strict";
import { patience } from "../../../lab/load/patience.js";
import type { Road } from "../../../lab/roads/road.js";
import type { World } from "../../../lab/roads/roadWorld.js";
import { startApplication, type Application, type CommandEnd } from "./startApplication.js";
import { openRoad } from "./openRoad.js";

/** How many connections the application gives up before the silence ends. */
const silences = [
  ["until commands fail", 0],
  ["until the connection is given up", 1],
  ["until a connection that was tried anew is given up", 2],
] as const;

/** Of a command that waited for its answer, and of one that waited for a connection. */
const reasons = /^(Command timed out|Reached the max retries per request limit .*)$/;

/**
 * Here is shown what happens on the real road; how long it takes at most is proven without a machine's noise, by a clock of
 * the test's own (test/unit/ioredis/silence.test.ts).
 */
describe("connect() through both tunnels, when something goes silent (SIGSTOP)", () => {
  let world: World;
  let road: Road;
  let application: Application;
  before(async () => {
    ({ world, road } = await openRoad());
    application = await startApplication(world, road);
  });
  after(async () => {
    await application.stop();
    await world.stop();
  });

  const stoppable: [string, () => number][] = [
    ["Redis", () => world.shippedRedis.pid],
    ["the node's tunnel", () => tunnelOf(road).server.pid],
    ["the app host's tunnel", () => tunnelOf(road).client.pid],
  ];
  for (const [what, pid] of stoppable) {
    for (const [until, given] of silences) {
      it(`${what}, ${until}: commands fail while it lasts, and are answered again by themselves`, async () => {
        await application.answersInARow(20);
        application.ended();
        process.kill(pid(), "SIGSTOP");
        try {
          await Promise.all([application.fails(20), application.givesUp(given)]);
        } finally {
          process.kill(pid(), "SIGCONT");
        }
        await application.answersInARow(100);
        const failed = failures(application.ended());
        assert.ok(failed.length >= 20);
        assert.deepEqual(
          failed.filter(({ error }) => !reasons.test(error)),
          [],
        );
      });
    }
  }

  it("control case: without silence, and with patience for a busy machine, every command is answered", async () => {
    const patient = await startApplication(world, road, patience);
    await patient.answersInARow(100);
    await patient.stop();
    assert.deepEqual(failures(patient.ended()), []);
  });
});

function failures(ended: readonly CommandEnd[]): CommandEnd[] {
  return ended.filter(({ error }) => error !== "");
}

function tunnelOf({ tunnel }: Road): NonNullable<Road["tunnel"]> {
  assert.ok(tunnel);
  return tunnel;
}
