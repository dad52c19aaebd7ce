import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import type { Road } from "../../../lab/roads/road.js";
import type { World } from "../../../lab/roads/world.js";
import { startApplication, type CommandEnd } from "./startApplication.js";
import { openRoad } from "./openRoad.js";

/** What `connect()` guarantees, and what a busy test machine may add to it beside its stalls, which are taken off. */
const longestCommandMs = 500;
const longestReturnMs = 300;
const slackMs = 250;
/** Milliseconds of stall in which a command that waits 400 may fail although all of the road is sound. */
const stallOfFailure = 100;

/** Shorter than `socketTimeout`, in which the connection is kept; and longer, in which it is given up and tried anew. */
const silences = [1000, 3300, 4150];

describe("connect() through both tunnels, when something goes silent (SIGSTOP)", () => {
  let world: World;
  let road: Road;
  before(async () => {
    ({ world, road } = await openRoad());
  });
  after(() => world.stop());

  const stoppable: [string, () => number][] = [
    ["Redis", () => world.shippedRedis.pid],
    ["the node's tunnel", () => tunnelOf(road).server.pid],
    ["the app host's tunnel", () => tunnelOf(road).client.pid],
  ];
  for (const [what, pid] of stoppable) {
    for (const silenceMs of silences) {
      it(`${what}, for ${silenceMs} ms: no command hangs, and it is back soon after`, async () => {
        const application = await startApplication(world, road);
        process.kill(pid(), "SIGSTOP");
        try {
          await pause(silenceMs);
        } finally {
          process.kill(pid(), "SIGCONT");
        }
        const resumed = Date.now();
        await application.answers(200, resumed);
        const ended = await application.end();
        const { longest, failed, backAfter } = judge(ended, resumed);
        console.log(`        longest command ${longest} ms, back after ${backAfter} ms, ${failed} failed`);
        assert.ok(failed > 0, "nothing failed: the silence was none");
        assert.ok(longest <= longestCommandMs + slackMs, `a command took ${longest} ms`);
        assert.ok(backAfter <= longestReturnMs + slackMs, `back only after ${backAfter} ms`);
      });
    }
  }

  it("control case: without silence every command is answered", async () => {
    const application = await startApplication(world, road);
    await application.answers(100, 0);
    const ended = await application.end();
    assert.deepEqual(
      ended.filter((command) => !command.answered && stalled(command) < stallOfFailure),
      [],
    );
  });
});

/** It is back when commands are answered, and no command that starts from then on fails. */
function judge(
  ended: readonly CommandEnd[],
  resumed: number,
): { longest: number; failed: number; backAfter: number } {
  const failed = ended.filter(({ answered }) => !answered);
  const stalledBefore = Math.max(
    ...ended.filter(({ started }) => started <= resumed).map((command) => command.stalledAtStart),
  );
  const afterResumed = (time: number, stalledUntil: number): number =>
    time - resumed - Math.max(0, stalledUntil - stalledBefore);
  const answers = ended
    .filter(({ answered, ended: end }) => answered && end >= resumed)
    .map((command) => afterResumed(command.ended, command.stalledAtEnd));
  const failures = failed
    .filter((command) => stalled(command) < stallOfFailure)
    .map((command) => afterResumed(command.started, command.stalledAtStart));
  return {
    longest: Math.max(...ended.map((command) => command.ended - command.started - stalled(command))),
    failed: failed.length,
    backAfter: Math.max(Math.min(...answers), ...failures),
  };
}

function stalled({ stalledAtStart, stalledAtEnd }: CommandEnd): number {
  return stalledAtEnd - stalledAtStart;
}

function tunnelOf({ tunnel }: Road): NonNullable<Road["tunnel"]> {
  assert.ok(tunnel);
  return tunnel;
}
