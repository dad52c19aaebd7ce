import assert from "node:assert/strict";
import { engineProgram, engines } from "../../../src/plan/engine.js";
import { releases } from "../../../src/plan/operatingSystem.js";
import { tunnelEngines } from "../../../src/plan/tunnel.js";
import { settled } from "../../../lab/replicas/nodes.js";
import type { Change } from "../../../lab/replicas/program.js";
import { amiss, nothingAmiss, startWrites, told } from "../../../lab/replicas/writes.js";
import type { Choice } from "../../../lab/scenario/dimensions.js";
import { describeOver, seed } from "../../support/dimensions.js";
import { shell } from "../cache/onHost.js";
import { replicasFixture, type ReplicasFixture } from "./openFixture.js";

const nodes = ["sessions-0", "sessions-1", "sessions-2"];

describeOver(["tunnel"], "a cache with replicas whose nodes are replaced by pulumi up", (choice) => {
  const { change, replaces, server, why } = replacement(choice);
  let fixture: ReplicasFixture;
  before(async () => {
    fixture = await replicasFixture(choice);
    await settled(fixture);
  });

  it(`has each replaced, ${why}, once the one before is well: no value is lost, and with the documented options no operation fails`, async () => {
    const writes = await startWrites(fixture, "patient");
    await writes.goOn();
    const { booted, gone, done } = await fixture.changeNodes(change);
    assert.deepEqual([booted, gone], [nodes, nodes]);
    assert.equal(done.replace ?? done["create-replacement"], replaces);
    await settled(fixture);
    const outcome = await writes.stop();
    console.error(`      ${told(outcome)}`);
    assert.deepEqual(amiss(outcome), nothingAmiss);
    for (const node of fixture.nodes) assert.match(await shell(node, `pgrep -ox ${server}`), /^\d+$/, node.name);
  });
});

/**
 * A cache on Debian 12 goes to Debian 13, with an engine that the seed chooses, and the secrets of its nodes have what is locked in that; another
 * gets another limit.
 */
function replacement({ tunnel, operatingSystem }: Choice): Replacement {
  if (operatingSystem !== "debian-12")
    return {
      change: { maxMemoryPercent: 30 },
      replaces: nodes.length,
      server: engineProgram("redis").server,
      why: "for another limit",
    };
  const engine = engines[(Math.floor(seed / 97) + tunnelEngines.indexOf(tunnel)) % engines.length] ?? "redis";
  const { server, title } = engineProgram(engine);
  return {
    change: { operatingSystem: "debian-13", engine },
    replaces: 2 * nodes.length,
    server,
    why: `to go from ${releases[operatingSystem].title} to ${releases["debian-13"].title} with ${title}`,
  };
}

interface Replacement {
  readonly change: Change;
  /** How many resources are replaced. */
  readonly replaces: number;
  /** The server that each node runs afterwards. */
  readonly server: string;
  readonly why: string;
}
