import assert from "node:assert/strict";
import { assess, type Assessment } from "../../../src/evidence/assess.js";
import { meets, type CommandResult } from "../../../src/evidence/check.js";
import { sampleEvidence, sharded } from "../../support/sample.js";
import { changingValues } from "../evidence/controlText.js";
import { clusterAnswers } from "./answers/cluster.js";

/** Checks on hosts: `control: what it shows`. */
function hostChecks({ controls }: Assessment): string[] {
  const shown = controls.flatMap(({ id, checks }) =>
    checks.flatMap(({ by, shows }) => (by === "host" ? [`${id}: ${shows}`] : [])),
  );
  return [...new Set(shown)].sort();
}

describe("checks of a cache with shards", () => {
  const shards = assess(sampleEvidence(sharded()));
  const alone = hostChecks(assess(sampleEvidence()));
  const written = (answer: string): string =>
    changingValues(shards).reduce((text, [name, value]) => text.replaceAll(name, value), answer);

  it("are answered one by one, those that every cache has left out", () => {
    const more = hostChecks(shards).filter((one) => !alone.includes(one));
    const answered = Object.entries(clusterAnswers).flatMap(([id, rows]) => rows.map(([shows]) => `${id}: ${shows}`));
    assert.deepEqual(more, answered.sort());
  });

  it("replace those of one node, and no other", () => {
    const all = hostChecks(shards);
    const gone = alone.filter((one) => !all.includes(one));
    assert.deepEqual(
      gone.filter((one) => !one.includes(": sessions-0 ")),
      [
        "client-passwords: each client has as many passwords as generations are accepted, and shares none of them",
        "client-passwords: the clients, and the node's own agent, are users, and nobody else is",
        "configuration-drift: the user data is the one that was planned for sessions-0",
        "tls: Redis has no network",
        "wall: the application's folder is for its user, and holds the socket, the connection file and the password alone",
        "wall: the socket in it is the one that systemd holds",
      ],
    );
    // What is asked of the one node's tunnel is asked of every node's.
    for (const one of gone.filter((two) => two.includes(": sessions-0 ")))
      assert.ok(all.includes(one.replace(": sessions-0 ", ": every node ")), one);
  });

  for (const [id, rows] of Object.entries(clusterAnswers))
    for (const [shows, holds, ...not] of rows)
      it(`hold for what is as it should be, and for nothing else: ${id}: ${shows}`, () => {
        const [check] = shards.controls.flatMap((control) =>
          control.id === id ? control.checks.filter((one) => one.shows === shows) : [],
        );
        assert.ok(check !== undefined && check.by !== "person");
        const result = (answer: string | CommandResult): CommandResult =>
          typeof answer === "string" ? { exitCode: 0, stdout: written(answer) } : answer;
        assert.ok(meets(check.expect, result(holds)), JSON.stringify(holds));
        assert.ok(not.length > 0);
        for (const answer of [...not, ""]) assert.ok(!meets(check.expect, result(answer)), JSON.stringify(answer));
      });

  it("ask for replicas where a primary waits for one, and for none where there are none", () => {
    const shown = (replicas: number): string[] => hostChecks(assess(sampleEvidence({ ...sharded(3, replicas) })));
    const least = "failover: Redis takes no write that too few replicas follow";
    assert.deepEqual(
      [0, 1, 2].map((replicas) => shown(replicas).includes(least)),
      [false, false, true],
    );
    const copies = "failover: replication is up, and no more than 3 s behind";
    assert.deepEqual(
      [0, 1].map((replicas) => shown(replicas).includes(copies)),
      [false, true],
    );
  });
});
