import assert from "node:assert/strict";
import { assess, type Assessment } from "../../../src/evidence/assess.js";
import { exchangesSeen } from "../../../src/evidence/exchangesSeen.js";
import type { VerificationRecord } from "../../../src/evidence/record.js";
import { annexOf, under } from "./smallReport.js";
import { evidenceOfAws, heldRecord, now, signed } from "./heldRecord.js";

const evidence = evidenceOfAws();
const shown = "sessions-0 exchanges keys as planned";
const [hybrid, classical] = ["Negotiated TLS1.3 group: X25519MLKEM768", "Server Temp Key: X25519, 253 bits"];

/** What an app host of the client has found, by its instance. */
function lookedAt(
  client: string,
  instance: string,
  found: string,
  date = "2026-11-20T00:00:00.000Z",
): VerificationRecord {
  const host = `${instance} ${client}.client.sessions.hipaa-redis.internal ${client}`;
  const record = heldRecord(evidence, "client", { host, date });
  const controls = record.controls.map((control) => ({
    ...control,
    checks: control.checks.map((check) => (check.shows === shown ? { ...check, found } : check)),
  }));
  return { ...record, controls };
}

function assessed(...records: readonly VerificationRecord[]): Assessment {
  return assess(evidence, { date: now, verifications: records.map((one) => signed(one)) });
}

describe("how app hosts exchange keys", () => {
  it("is what each of them told when it was looked at last", () => {
    const early = lookedAt("web", "i-0a", classical, "2026-11-10T00:00:00.000Z");
    const late = lookedAt("web", "i-0a", hybrid);
    const other = lookedAt("web", "i-0b", classical);
    const date = "2026-11-20T00:00:00.000Z";
    for (const records of [
      [early, late, other],
      [late, early, other],
    ])
      assert.deepEqual(
        exchangesSeen(assessed(...records)).filter(({ client }) => client === "web"),
        [
          { client: "web", instanceId: "i-0a", date, group: "X25519MLKEM768" },
          { client: "web", instanceId: "i-0b", date, group: "X25519" },
        ],
      );
  });

  it("is not known of a client whose hosts nobody has looked at, nor of a host that told nothing", () => {
    const { clients } = evidence.arguments;
    assert.deepEqual(
      exchangesSeen(assessed()),
      clients.map((client) => ({ client })),
    );
    const [silent] = exchangesSeen(assessed(lookedAt("web", "i-0a", "")));
    assert.deepEqual([silent?.client, silent?.instanceId, silent?.group], ["web", "i-0a", undefined]);
  });

  it("stands in the annex, by client and instance, where nodes have a better one", () => {
    const seen = assessed(lookedAt("web", "i-0a", hybrid), lookedAt("web", "i-0b", classical));
    const section = under(annexOf(seen), "Key exchange with app hosts");
    const rows = section.flatMap((block) => (block.kind === "table" ? block.rows : []));
    assert.deepEqual(rows.slice(0, 2), [
      ["web", "i-0a", "X25519MLKEM768 (2026-11-20)"],
      ["web", "i-0b", "X25519 alone (2026-11-20)"],
    ]);
    assert.deepEqual(
      rows.slice(2),
      evidence.arguments.clients.slice(1).map((client) => [client, "", "not looked at"]),
    );
    const older = assess(evidenceOfAws({ operatingSystem: "debian-12" }));
    assert.deepEqual(under(annexOf(older), "Key exchange with app hosts"), []);
  });
});
