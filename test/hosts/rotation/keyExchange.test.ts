import assert from "node:assert/strict";
import type { Host } from "../../../lab/hosts/index.js";
import { markJournal } from "../../../lab/scenario/journal.js";
import { lookAt } from "../../../lab/scenario/lookAt.js";
import { waitFor } from "../../../lab/until.js";
import type { Evidence } from "../../../src/evidence/index.js";
import { releases } from "../../../src/plan/operatingSystem.js";
import { describeOver, mixedChoices } from "../../support/dimensions.js";
import { shell } from "../cache/onHost.js";
import { exchangeLines, throughBoth } from "../cache/keyExchangeLog.js";
import { rotationFixture } from "./openFixture.js";
import type { RotationFixture } from "./rotationFixture.js";

describeOver(
  ["tunnel"],
  "the key exchange of an app host that runs another release than the node",
  (choice) => {
    let fixture: RotationFixture;
    let worker: Host;
    before(async () => {
      fixture = await rotationFixture(choice);
      const found = fixture.apps.find(({ name }) => name === "worker");
      assert.ok(found);
      worker = found;
      const codename = ". /etc/os-release && echo $VERSION_CODENAME";
      assert.notEqual(await shell(worker, codename), await shell(fixture.node, codename));
    });
    const { hybridAtNode, hybridAtApp, classical } = exchangeLines[choice.tunnel];

    const hybrid = hasHybrid() ? hybridAtNode : hybridAtApp;
    it(`is X25519${hybrid === undefined ? "" : ", which the log of the end tells that runs Debian 13"}`, async () => {
      const told = await markJournal(hasHybrid() ? fixture.node : worker);
      assert.match(await throughBoth(worker), /^-NOAUTH/);
      if (hybrid === undefined) return;
      await waitFor("the log tells it", async () => classical.test(await told()));
      assert.doesNotMatch(await told(), hybrid);
    });

    it("is found by verify, whose record names the host and the group", async () => {
      const { evidence } = await fixture.stack.outputs();
      const { place, controls } = await lookAt(worker, "client", evidence?.value as Evidence);
      assert.equal(place, "worker");
      const exchange = controls.find(({ id }) => id === "hybrid-key-exchange");
      assert.equal(exchange?.status, "holds");
      for (const { found } of exchange.checks) assert.match(found, /^(Server|Peer) Temp Key: X25519,/);
    });

    function hasHybrid(): boolean {
      return releases[choice.operatingSystem].hasHybridKeyExchange;
    }
  },
  mixedChoices(["tunnel"]),
);
