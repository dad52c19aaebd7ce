import assert from "node:assert/strict";
import { assess, type Assessment } from "../../../../src/evidence/assess.js";
import type { VerificationRecord } from "../../../../src/evidence/record.js";
import { assetSheet, population } from "../../../../src/evidence/sheets/assets.js";
import { evidenceOfAws, heldRecord, hosts, now, signed } from "../heldRecord.js";

const evidence = evidenceOfAws({ clients: ["web", "worker"] });
const node = heldRecord(evidence, "cache");
const web = heldRecord(evidence, "client");
const second = { ...web, host: hosts.client.replace("i-0b", "i-0c") };

function assessed(...records: readonly VerificationRecord[]): Assessment {
  return assessedOf(undefined, ...records);
}

function assessedOf(
  appHosts: Record<string, number> | undefined,
  ...records: readonly VerificationRecord[]
): Assessment {
  const verifications = records.map((one) => signed(one));
  return assess(evidence, { date: now, verifications, ...(appHosts === undefined ? {} : { appHosts }) });
}

function assets(...records: readonly VerificationRecord[]): (string | undefined)[][] {
  return assetSheet(assessed(...records)).rows.map((row) => [row.kind, row.name, row.identifier, row.lookedAt]);
}

describe("the assets", () => {
  it("are the inventory, of which nobody has looked at anything, and no app host, where there is no record", () => {
    const { assets: inventory } = assessed();
    assert.deepEqual(
      assets(),
      inventory.map(({ kind, name, identifier }) => [kind, name, identifier, "not looked at"]),
    );
  });

  it("have the app hosts that records are of, each once with its last look, and hosts that are no part of the cache", () => {
    const later = { ...web, date: "2026-11-21T00:00:00.000Z" };
    const strange = { ...web, host: "i-0d strange" };
    const found = assets(later, node, web, second, strange).filter(([kind]) => /host|^node$/.test(String(kind)));
    assert.deepEqual(found, [
      ["node", "sessions-0", "i-0123456789abcdef0", "2026-11-20"],
      ["app host", "web", "i-0b", "2026-11-21"],
      ["app host", "web", "i-0c", "2026-11-20"],
      ["host that is no part of the cache", "", "i-0d", "2026-11-20"],
    ]);
  });

  it("have each look at a host that says no id of an instance by itself: it can't be told from another", () => {
    const strange = { ...web, host: "web.client.sessions.hipaa-redis.internal web" };
    const found = assets(strange, { ...strange, date: "2026-11-21T00:00:00.000Z" }).filter(([kind]) =>
      String(kind).includes("host"),
    );
    assert.deepEqual(found, [
      ["host that is no part of the cache", "", "no instance id", "2026-11-20"],
      ["host that is no part of the cache", "", "no instance id", "2026-11-21"],
    ]);
    assert.deepEqual(assessed(strange).coverage.hosts[0], { client: "web", seen: 0, of: undefined });
  });

  it("were not looked at by a record without a check of a command", () => {
    for (const one of [node, web, heldRecord(evidence, "aws")]) {
      const empty = { ...one, controls: one.controls.map((control) => ({ ...control, checks: [] })) };
      const asked = heldRecord(evidence, one.target, {}, true);
      const byPeople = {
        ...asked,
        controls: asked.controls.map((control) => ({
          ...control,
          checks: control.checks.filter(({ by }) => by === "person"),
        })),
      };
      for (const nothing of [empty, byPeople]) {
        assert.deepEqual(assets(nothing), assets());
        assert.equal(assessed(nothing).coverage.hosts[0]?.seen, 0);
      }
      // The control case.
      assert.notDeepEqual(assets(one), assets());
    }
  });

  it("of AWS were looked at when AWS was", () => {
    const key = (...records: VerificationRecord[]): string | undefined =>
      assets(...records).find(([kind]) => kind === "encryption key (KMS)")?.[3];
    assert.deepEqual([key(node), key(heldRecord(evidence, "aws"))], ["not looked at", "2026-11-20"]);
  });
});

describe("an operator, as an asset", () => {
  it("was looked at when the nodes were, every one of them, whoever has looked at AWS", () => {
    const operator = (...records: readonly VerificationRecord[]): string | undefined =>
      assets(...records).find(([kind]) => kind === "operator")?.[3];
    assert.deepEqual([operator(heldRecord(evidence, "aws")), operator(node)], ["not looked at", "2026-11-20"]);
    // A plan has one node for now: here it is told of another one.
    const assessment = assessed(node);
    const { deployed } = evidence;
    const nodes = deployed.nodes.flatMap((one) => [one, { ...one, name: "sessions-1" }]);
    const [counted] = assessment.records.counted;
    assert.ok(counted);
    const record = { ...node, date: "2026-11-21T00:00:00.000Z" };
    const other = { ...counted, record, place: { kind: "cache" as const, name: "sessions-1" } };
    const looked = (...looks: readonly (typeof counted)[]): string | undefined =>
      assetSheet({
        ...assessment,
        evidence: { ...evidence, deployed: { ...deployed, nodes } },
        records: { counted: looks, refused: [] },
      }).rows.find(({ kind }) => kind === "operator")?.lookedAt;
    assert.equal(looked(other), "not looked at");
    assert.equal(looked(other, counted), "2026-11-20");
  });
});

describe("the population", () => {
  const rows = (appHosts: Record<string, number> | undefined, ...records: readonly VerificationRecord[]) =>
    population(assessedOf(appHosts, ...records)).rows.map((row) => [row.population, row.looked, row.of, row.notLooked]);

  it("is how many of how many, and what is not known is not known", () => {
    assert.deepEqual(rows(undefined, node, web, second).slice(0, 4), [
      ["nodes", "1", "1", ""],
      ["clients of which a host was looked at", "1", "2", "worker"],
      ["hosts of web", "2", "not known", "not known"],
      ["hosts of worker", "0", "not known", "not known"],
    ]);
    assert.deepEqual(rows(undefined)[0], ["nodes", "0", "1", "sessions-0"]);
  });

  it("has the organisation's number of app hosts, as far as that was given", () => {
    assert.deepEqual(rows({ web: 3 }, node, web, second).slice(2, 4), [
      ["hosts of web", "2", "3", "1"],
      ["hosts of worker", "0", "not known", "not known"],
    ]);
    assert.deepEqual(rows({ web: 2 }, web, second)[2], ["hosts of web", "2", "2", "0"]);
  });

  it("counts checks, by people and not", () => {
    const { coverage } = assessed(node);
    assert.deepEqual(rows(undefined, node).slice(-2), [
      [
        "automatic checks, each at every place",
        String(coverage.automatic.seen),
        String(coverage.automatic.of),
        String(coverage.automatic.of - coverage.automatic.seen),
      ],
      ["checks by people", "0", String(coverage.attestations.of), String(coverage.attestations.of)],
    ]);
  });

  it("refuses a client that there is not, and fewer hosts than were looked at", () => {
    assert.throws(
      () => rows({ wbe: 1 }),
      /^Error: --app-hosts: wbe: no such client. Clients of this cache: web, worker.$/,
    );
    assert.throws(() => rows({ web: 1 }, web, second), /^Error: --app-hosts: web=1, but signed records are of 2 /);
  });
});
