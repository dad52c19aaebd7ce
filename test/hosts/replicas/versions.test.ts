import assert from "node:assert/strict";
import { engineProgram, engines } from "../../../src/plan/engine.js";
import { releases } from "../../../src/plan/operatingSystem.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { settled } from "../../../lab/replicas/nodes.js";
import { amiss, nothingAmiss, startWrites, told } from "../../../lab/replicas/writes.js";
import { choicesFor, describeOver, isExhaustive, seed } from "../../support/dimensions.js";
import { shell } from "../cache/onHost.js";
import { replicasFixture, type ReplicasFixture } from "./openFixture.js";

const nodes = ["sessions-0", "sessions-1", "sessions-2"];

/** The last tests of their hosts: one of them is enough, and another server than the others expect is on its nodes afterwards. */
const older = choicesFor(["tunnel"]).filter(
  (choice, index) => choice.operatingSystem === "debian-12" && (isExhaustive || index > 0),
);

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

    it(`is on ${releases["debian-13"].title} with ${title} after one pulumi up, and no value is lost`, async () => {
      const writes = await startWrites(fixture, "patient");
      await writes.goOn();
      const { booted, gone } = await fixture.changeNodes({ operatingSystem: "debian-13", engine });
      assert.deepEqual([booted, gone], [nodes, nodes]);
      await settled(fixture);
      const outcome = await writes.stop();
      console.error(`      ${told(outcome)}`);
      // Writes may wait for longer than their limit: a replica of before can't follow a newer primary (docs/upgrading.md).
      const { failed, failedReads } = outcome;
      assert.deepEqual(amiss(outcome), { ...nothingAmiss, failed, failedReads });
      for (const node of fixture.nodes) assert.match(await shell(node, `pgrep -ox ${server}`), /^\d+$/, node.name);
    });
  },
  older,
);
