import assert from "node:assert/strict";
import { describeOver, mixedChoices } from "../../support/dimensions.js";
import { shell } from "../cache/onHost.js";
import { appUser } from "./program.js";
import type { RotationFixture } from "./rotationFixture.js";
import { rotationFixture } from "./openFixture.js";

describeOver(
  ["tunnel"],
  "the caller's own parts of an app host's user data",
  (choice) => {
    let fixture: RotationFixture;
    before(async () => {
      fixture = await rotationFixture(choice);
    });
    const onEach = (command: string): Promise<string[]> =>
      Promise.all(fixture.apps.map((host) => shell(host, command)));

    it("write files that belong to the application's user, and those behind them", async () => {
      for (const told of await onEach("stat --format %U:%G /srv/app/settings; cat /srv/app/settings /srv/app/behind")) {
        assert.equal(told, `${appUser}:${appUser}\nminelater`);
      }
    });

    it("run commands with the very words that they have", async () => {
      for (const number of await onEach("cat /srv/app/number")) assert.equal(number, "089012345678");
    });

    it("run scripts once the tunnel comes: one that waits for it ends", async () => {
      for (const status of await onEach("cat /srv/app/waited")) assert.equal(status.trim(), "0");
    });
  },
  mixedChoices(["tunnel"]),
);
