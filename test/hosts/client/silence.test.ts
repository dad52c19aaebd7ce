import assert from "node:assert/strict";
import { timeouts } from "../../../lab/load/timeouts.js";
import type { Route } from "../../../lab/routes/route.js";
import type { Fixture } from "../../../lab/routes/fixture.js";
import { startApplication, type Application, type CommandEnd } from "./startApplication.js";
import { openRoute } from "./openRoute.js";

/** How many connections the application gives up before the silence ends. */
const silences = [
  ["until commands fail", 0],
  ["until the connection is given up", 1],
  ["until a connection that was tried anew is given up", 2],
] as const;

/** Of a command that waited for its answer, of one that had none when its connection was given up, and of one that waited for a connection. */
const reasons =
  /^(Command timed out|The connection was lost before the answer came\..*|Reached the max retries per request limit .*)$/;

/**
 * Here is shown what happens on the real route; how long it takes at most is proven without a machine's noise, by a clock of
 * the test's own (test/unit/ioredis/silence.test.ts).
 */
describe("connect() through both tunnels, when something goes silent (SIGSTOP)", () => {
  let fixture: Fixture;
  let route: Route;
  let application: Application;
  before(async () => {
    ({ fixture, route } = await openRoute());
    application = await startApplication(fixture, route);
  });
  after(async () => {
    await application.stop();
    await fixture.stop();
  });

  const stoppable: [string, () => number][] = [
    ["Redis", () => fixture.shippedRedis.pid],
    ["the node's tunnel", () => tunnelOf(route).server.pid],
    ["the app host's tunnel", () => tunnelOf(route).client.pid],
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

  it("control case: without silence, and with the timeouts of a busy machine, every command is answered", async () => {
    const unhurried = await startApplication(fixture, route, timeouts);
    await unhurried.answersInARow(100);
    await unhurried.stop();
    assert.deepEqual(failures(unhurried.ended()), []);
  });
});

function failures(ended: readonly CommandEnd[]): CommandEnd[] {
  return ended.filter(({ error }) => error !== "");
}

function tunnelOf({ tunnel }: Route): NonNullable<Route["tunnel"]> {
  assert.ok(tunnel);
  return tunnel;
}
