import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suites } from "../../../lab/scenario/attacks/index.js";
import { attacksOf } from "../../../lab/scenario/runSuite.js";
import { tryAttack, tryControlCase, type Attack } from "../../../lab/scenario/attack.js";
import type { Scene } from "../../../lab/scenario/scene.js";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { defaultOperatingSystem } from "../../../src/plan/operatingSystem.js";

describe("the list of attacks", () => {
  it("names each attack once", () => {
    const names = suites.flatMap(({ attacks }) => attacks.map(({ who, from, what }) => `${who}, ${from}: ${what}`));
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it("is as long as README says of the demo, which leaves the slow ones out", () => {
    const count = suites.flatMap((suite) => attacksOf(suite, defaultOperatingSystem, { slow: false })).length;
    const readme = readFileSync(join(repositoryRoot, "README.md"), "utf8");
    assert.equal(/\btries (\d+) ways in\b/.exec(readme)?.[1], String(count));
  });
});

describe("the judgement of an attack", () => {
  const attack = (came: string): Attack => ({
    who: "somebody",
    from: "somewhere",
    what: "something",
    refusal: /Permission denied/,
    attempt: () => Promise.resolve(came),
    controlCase: { what: "with the key", success: /PONG/, attempt: () => Promise.resolve("+PONG") },
  });
  const nowhere = {} as Scene;

  it("takes the reason that is meant for a refusal, and shows it", async () => {
    const { refused, cameBack } = await tryAttack(attack("cat: key: Permission denied"), nowhere);
    assert.deepEqual([refused, cameBack], [true, "Permission denied"]);
    assert.deepEqual(await tryControlCase(attack(""), nowhere), { cameBack: "+PONG".slice(1), succeeded: true });
  });

  it("takes nothing else for one: neither another reason, nor what comes back to the control case", async () => {
    for (const came of ["bash: cat: command not found", "", "Permission denied\n+PONG"]) {
      assert.equal((await tryAttack(attack(came), nowhere)).refused, false, came);
    }
  });

  it("takes a step that fails for no refusal", async () => {
    const broken = { ...attack(""), attempt: () => Promise.reject(new Error("no such host")) };
    const { refused, cameBack } = await tryAttack(broken, nowhere);
    assert.equal(refused, false);
    assert.match(cameBack, /no such host/);
  });
});
