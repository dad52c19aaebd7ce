import assert from "node:assert/strict";
import { hybridReleases, keyExchange } from "../../../src/plan/keyExchange.js";
import { operatingSystems, releases } from "../../../src/plan/operatingSystem.js";

describe("how a host's tunnel exchanges keys", () => {
  it("is by the hybrid group first, and by X25519 with who doesn't have that, on Debian 13", () => {
    assert.deepEqual(keyExchange("debian-13"), { groups: ["X25519MLKEM768", "X25519"] });
    assert.deepEqual(keyExchange("debian-13", false), keyExchange("debian-13"));
  });

  it("is by the hybrid group alone where that is asked for", () => {
    assert.deepEqual(keyExchange("debian-13", true), { groups: ["X25519MLKEM768"] });
  });

  it("is left to OpenSSL on Debian 12, which has no hybrid group", () => {
    assert.deepEqual(keyExchange("debian-12"), {});
  });

  it("is by name of every release that has it", () => {
    assert.deepEqual(hybridReleases, ["debian-13"]);
    for (const name of operatingSystems)
      assert.equal(keyExchange(name).groups !== undefined, releases[name].hasHybridKeyExchange);
  });
});
