import assert from "node:assert/strict";
import { assess, type Assessment } from "../../../src/evidence/assess.js";
import { meets, type CommandResult } from "../../../src/evidence/check.js";
import { replicated, sampleEvidence } from "../../support/sample.js";
import { changingValues } from "../evidence/controlText.js";
import { replicationAnswers } from "./answers/replication.js";

/** Checks on hosts, those of several nodes once: `control: what it shows`. */
function hostChecks({ controls }: Assessment): string[] {
  const shown = controls.flatMap(({ id, checks }) =>
    checks.flatMap(({ by, shows }) => (by === "host" ? [`${id}: ${shows.replace(/sessions-\d/, "sessions-0")}`] : [])),
  );
  return [...new Set(shown)].sort();
}

describe("checks of a cache with replicas", () => {
  const replicas = assess(sampleEvidence(replicated()));
  const alone = hostChecks(assess(sampleEvidence()));
  const written = (answer: string): string =>
    changingValues(replicas).reduce((text, [name, value]) => text.replaceAll(name, value), answer);

  it("are answered one by one, those that every cache has left out", () => {
    const more = hostChecks(replicas).filter((one) => !alone.includes(one));
    const answered = Object.entries(replicationAnswers).flatMap(([id, rows]) =>
      rows.map(([shows]) => `${id}: ${shows}`),
    );
    assert.deepEqual(more, answered.sort());
  });

  it("replace those of Redis alone, and no other", () => {
    const all = hostChecks(replicas);
    assert.deepEqual(
      alone.filter((one) => !all.includes(one)),
      [
        "client-passwords: each client has as many passwords as generations are accepted, and shares none of them",
        "client-passwords: the clients, and the node's own agent, are users, and nobody else is",
        "configuration-drift: the user data is the one that was planned for sessions-0",
        "tls: Redis has no network",
      ],
    );
  });

  for (const [id, rows] of Object.entries(replicationAnswers))
    for (const [shows, holds, ...not] of rows)
      it(`hold for what is as it should be, and for nothing else: ${id}: ${shows}`, () => {
        const [check] = replicas.controls.flatMap((control) =>
          control.id === id ? control.checks.filter((one) => one.shows === shows) : [],
        );
        assert.ok(check !== undefined && check.by !== "person");
        const { expect } = check;
        const result = (answer: string | CommandResult): CommandResult =>
          typeof answer === "string" ? { exitCode: 0, stdout: written(answer) } : answer;
        assert.ok(meets(expect, result(holds)), JSON.stringify(holds));
        assert.ok(not.length > 0);
        for (const answer of [...not, ""]) assert.ok(!meets(expect, result(answer)), JSON.stringify(answer));
      });

  it("of nodes without a Sentinel hold where these say so, and others don't", () => {
    const { controls } = assess(sampleEvidence(replicated(3)));
    const [check] = controls.flatMap(({ checks }) =>
      checks.filter(({ shows }) => shows === "Sentinel answers nobody without a password"),
    );
    assert.ok(check !== undefined && check.by !== "person");
    const holds = (stdout: string): boolean => meets(check.expect, { exitCode: 0, stdout });
    assert.deepEqual(
      ["NOAUTH Authentication required.", "no Sentinel on 127.82.0.4", "no Sentinel on 127.82.0.1"].map(holds),
      [true, true, false],
    );
  });
});
