import assert from "node:assert/strict";
import { asShown, inRedisOrder, isKeyspaceEvents, noKeyspaceEvents } from "../../../src/plan/keyspaceEvents.js";

describe("the letters of events of keys", () => {
  for (const sound of ["Ex", "xE", "KE$", "KEA", "AK", "EAnm", "Em", "Kg$lshzxetdnm"]) {
    it(`may be ${sound}`, () => {
      assert.equal(isKeyspaceEvents(sound), true);
    });
  }

  const refused = [
    ["", "nothing"],
    ["KE", "no event"],
    ["x", "no channel"],
    ["A", "no channel, with all events"],
    ["Exx", "a letter twice"],
    ["KAx", "an event that A has"],
    ["Eq", "a letter that Redis doesn't know"],
    ["E x", "a blank"],
    ["Ex\n", "a line's end"],
    ["ex", "another letter's case"],
    ["Ex💥", "more than letters"],
  ] as const;
  for (const [letters, what] of refused) {
    it(`may not be ${what}`, () => {
      assert.equal(isKeyspaceEvents(letters), false);
    });
  }

  it("are put into the order in which Redis shows them, so that the same events are the same text", () => {
    // The first of each as given, the second as Redis 7.0.15 is configured, the third as its CONFIG GET answers.
    for (const [given, configured, shown] of [
      ["Ex", "xE", "xE"],
      ["KEA", "AKE", "AKE"],
      ["KEAmn", "AnKEm", "AKEm"],
      ["K$g", "g$K", "g$K"],
      ["KEgsnm", "gsnKEm", "gsnKEm"],
      ["KEg$lshzxetdn", "AnKE", "AKE"],
      ["KEg$lshzxetd", "AKE", "AKE"],
      ["Kn", "nK", "nK"],
      ["Ed", "dE", "dE"],
      [noKeyspaceEvents, "", ""],
    ] as const) {
      assert.deepEqual([inRedisOrder(given), asShown(inRedisOrder(given))], [configured, shown], given);
    }
  });
});
