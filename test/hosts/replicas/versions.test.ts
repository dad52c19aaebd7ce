import assert from "node:assert/strict";
import { engineProgram, engines } from "../../../src/plan/engine.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { releases } from "../../../src/plan/operatingSystem.js";
import { unitNames } from "../../../src/host/units.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { handsOver, loopbackAddress, nodeAt, settled } from "../../../lab/replicas/nodes.js";
import { amiss, nothingAmiss, startWrites, told } from "../../../lab/replicas/writes.js";
import { describeOver, seed } from "../../support/dimensions.js";
import { journal, shell } from "../cache/onHost.js";
import { replicasChoices, replicasFixture, type ReplicasFixture } from "./openFixture.js";

const nodes = ["sessions-0", "sessions-1", "sessions-2"];

/** The last tests of their hosts: one of them is enough, and another server than the others expect is on its nodes afterwards. */
const older = replicasChoices(["tunnel"]).filter(({ operatingSystem }) => operatingSystem === "debian-12");

describeOver(
  ["tunnel"],
  "a cache with replicas that goes to another release",
  (choice) => {
    // Each of the two in turn, by a digit of the seed that no dimension has.
    const engine =
      engines[(Math.floor(seed / 97) + tunnelEngines.indexOf(choice.tunnel)) % engines.length] ?? engines[0];
    const { server, title } = engineProgram(engine);
    let fixture: ReplicasFixture;
    before(async () => {
      fixture = await replicasFixture(choice);
      await settled(fixture);
    });

    it(`is on ${releases["debian-13"].title} with ${title} after one pulumi up: no value is lost, and with the documented options no operation fails, where an older node follows a newer one meanwhile`, async () => {
      await newerLeadsOlder(fixture);
      const writes = await startWrites(fixture, "patient");
      await writes.goOn();
      const { booted, gone } = await fixture.changeNodes({ operatingSystem: "debian-13", engine });
      assert.deepEqual([booted, gone], [nodes, nodes]);
      await settled(fixture);
      const outcome = await writes.stop();
      console.error(`      ${told(outcome)}`);
      assert.deepEqual(amiss(outcome), nothingAmiss);
      for (const node of fixture.nodes) assert.match(await shell(node, `pgrep -ox ${server}`), /^\d+$/, node.name);
      // The last one was still of the release before when it came to follow the first: it went on where it was.
      const said = await journal(nodeAt(fixture, 0), "--unit", unitNames.redis);
      assert.match(said, new RegExp(`Partial resynchronization request from ${loopbackAddress(2)}:\\d+ accepted`));
      assert.doesNotMatch(said, /Partial resynchronization not accepted/);
    });
  },
  older,
);

/** Has the second node lead and the third be the last to take over from it: when its turn comes, the first one leads, which is newer than the third. */
async function newerLeadsOlder(fixture: ReplicasFixture): Promise<void> {
  const prefer = (index: number, priority: number): Promise<string> =>
    shell(
      nodeAt(fixture, index),
      `echo 'CONFIG SET replica-priority ${priority}' | ${hostPaths.scriptsFolder}/ask-redis`,
    );
  await prefer(1, 1);
  for (let { primary } = await settled(fixture); primary !== 1; { primary } = await settled(fixture))
    await handsOver(fixture, primary);
  await prefer(2, 200);
}
