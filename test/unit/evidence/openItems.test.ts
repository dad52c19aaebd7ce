import assert from "node:assert/strict";
import fc from "fast-check";
import { assess, type AssessOptions } from "../../../src/evidence/assess.js";
import { openAttestation } from "../../../src/evidence/attestationWords.js";
import { openItems, type OpenItem } from "../../../src/evidence/openItems.js";
import { targets } from "../../../src/evidence/target.js";
import { attested, type Attestation } from "../../../src/verify/attestations.js";
import { evidenceOfAws, heldRecord, looked, now, signed, withAttested, withFinding } from "./heldRecord.js";

const evidence = evidenceOfAws();
const node = heldRecord(evidence, "cache");
const client = heldRecord(evidence, "client");
const asked = heldRecord(evidence, "aws", {}, true);
const tls = "sessions-0 speaks TLS 1.3";

function items(control: string, ...records: readonly Parameters<typeof signed>[0][]): OpenItem[] {
  const verifications = records.map((one) => signed(one));
  return openItems(assess(evidence, { date: now, verifications })).filter((one) => one.control === control);
}

describe("what is open", () => {
  it("is nothing of a control that is met, nor of one that is not applicable, and something of every other", () => {
    const whole = { date: now, verifications: [node, client, asked].map((one) => signed(one)) };
    assert.deepEqual(openItems(assess(evidence, whole)), []);
    fc.assert(
      fc.property(
        fc.subarray([...targets]),
        fc.boolean(),
        fc.subarray(["tls", "multi-factor", "scripting"]),
        fc.boolean(),
        (some, people, broken, allowScripting) => {
          const one = evidenceOfAws({ allowScripting });
          const given = some.map((target) => {
            const record = heldRecord(one, target, {}, people);
            return signed(
              broken.reduce((changed, id) => {
                const [first] = record.controls.find((control) => control.id === id)?.checks ?? [];
                return withFinding(changed, id, first?.shows ?? "");
              }, record),
            );
          });
          const assessment = assess(one, { date: now, verifications: given });
          const found = openItems(assessment);
          const open = new Set(found.map(({ control }) => control));
          for (const { id, status } of assessment.controls)
            assert.equal(open.has(id), status !== "met" && status !== "not applicable", `${id} ${status}`);
          assert.equal(new Set(found.map(({ id }) => id)).size, found.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("is a finding, in its words, with where it is known from and which look closes it", () => {
    assert.deepEqual(items("tls", node, withFinding(client, "tls", tls, "TLSv1.2"), asked), [
      {
        id: `finding: tls: the app host of web: ${tls}`,
        kind: "finding",
        control: "tls",
        title: "Encryption in transit",
        hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"],
        owner: "component",
        what: `Not so: ${tls} (found: TLSv1.2)`,
        from: "a signed record of verify, 2026-11-20, the app host of web; expected: x",
        closes:
          "Put it right; then run pulumi-hipaa-redis verify with --target client on the app host of web, sign the record, and give it to the report.",
        since: looked,
      },
    ]);
  });

  it("is one finding of several hosts of a client, and one of a host that is no part of the cache", () => {
    const second = { ...client, host: client.host.replace("i-0b", "i-0c") };
    const both = [withFinding(client, "tls", tls, "TLSv1.2"), withFinding(second, "tls", tls, "")];
    const [only, ...others] = items("tls", node, ...both);
    assert.deepEqual([only?.what, others], [`Not so: ${tls} (found: TLSv1.2; nothing)`, []]);
    const [strange] = items("tls", node, client, withFinding({ ...client, host: "i-0d strange" }, "tls", tls));
    assert.match(String(strange?.closes), /^Put it right; then run pulumi-hipaa-redis verify there, /);
  });

  it("is what nobody has looked at, by the place where it has to be seen", () => {
    const found = items("tls", client).map(({ kind, owner, what, closes }) => [kind, owner, what, closes]);
    assert.deepEqual(found, [
      [
        "not looked at",
        "organisation",
        "Nobody has looked: 1 check on sessions-0",
        "Run pulumi-hipaa-redis verify with --target cache on sessions-0, sign the record, and give it to the report.",
      ],
    ]);
    assert.match(String(items("private-subnets")[0]?.closes), /verify with --target aws, sign/);
  });

  it("is the organisation's part: not attested, due again, or seen not to be so; the first two are the same item", () => {
    const [shows = ""] = items("multi-factor").map(({ what }) => what.replace("Not attested: ", ""));
    const late = withAttested(asked, "multi-factor", "passed on 2025-01-01 by Ada: seen");
    const broken = (found: string) => withFinding(late, "multi-factor", shows, found);
    const kinds = [
      items("multi-factor"),
      items("multi-factor", broken("nobody has attested it")),
      items("multi-factor", broken("passed on 2025-01-01 by Ada, due again since 2026-01-01")),
      items("multi-factor", broken("failed on 2026-01-01 by Ada: due again since 2025-01-01")),
    ].map(([one]) => [one?.kind, one?.owner, one?.id]);
    assert.deepEqual(kinds, [
      ["not attested", "organisation", "not attested: multi-factor"],
      ["not attested", "organisation", "not attested: multi-factor"],
      ["attestation due", "organisation", "not attested: multi-factor"],
      ["finding", "organisation", "finding: multi-factor"],
    ]);
  });

  it("is known since the day of the attestation, or since it is due again, not since the record", () => {
    const [shows = ""] = items("multi-factor").map(({ what }) => what.replace("Not attested: ", ""));
    const said = (found: string, updated: string): (string | undefined)[] => {
      const broken = withFinding(asked, "multi-factor", shows, found);
      const controls = broken.controls.map((one) => ({
        ...one,
        checks: one.checks.map((check) => (check.by === "person" ? { ...check, updated } : check)),
      }));
      const [one] = items("multi-factor", { ...broken, controls });
      return [one?.since, one?.from];
    };
    assert.deepEqual(said("failed on 2026-01-05 by Ada: no", "2026-01-05"), [
      "2026-01-05T00:00:00.000Z",
      "an attestation of 2026-01-05, in a signed record of verify",
    ]);
    assert.equal(
      said("passed on 2025-01-01 by Ada, due again since 2026-01-01", "2025-01-01")[0],
      "2026-01-01T00:00:00.000Z",
    );
  });

  it("is each of a client's hosts that nobody has looked at, where the number is known, by an id that stays", () => {
    const left = (web: number, ...records: readonly Parameters<typeof signed>[0][]): string[][] => {
      const verifications = records.map((one) => signed(one));
      const assessment = assess(evidence, { date: now, verifications, appHosts: { web } });
      return openItems(assessment)
        .filter(({ control }) => control === "wall")
        .map(({ id, what, closes }) => [id, what.replace(/\d+ checks?/, "n checks"), closes]);
    };
    const closes =
      "Run pulumi-hipaa-redis verify with --target client on 2 other app hosts of web, sign the record, and give it to the report.";
    assert.deepEqual(left(3, node, client), [
      [
        "not looked at: wall: other app hosts of web",
        "Nobody has looked: n checks on 2 other app hosts of web",
        closes,
      ],
    ]);
    const second = { ...client, host: client.host.replace("i-0b", "i-0c") };
    assert.deepEqual(
      left(3, node, client, second).map(([id]) => id),
      ["not looked at: wall: other app hosts of web"],
    );
    assert.deepEqual(left(2, node, client, second), []);
  });

  it("is what an argument weakens, whoever has looked", () => {
    const weak = evidenceOfAws({ allowScripting: true });
    const options: AssessOptions = { date: now, verifications: [signed(heldRecord(weak, "cache"))] };
    const found = openItems(assess(weak, options)).filter(({ control }) => control === "scripting");
    assert.deepEqual(
      found.map(({ id, owner, from }) => [id, owner, from]),
      [
        [
          "weakened: scripting: allowScripting",
          "organisation",
          "the argument allowScripting: EVAL, EVALSHA, SCRIPT open; by default: nothing open",
        ],
      ],
    );
  });
});

describe("why an attestation does not hold", () => {
  const one: Attestation = {
    control_id: "multi-factor",
    explanation: "seen",
    frequency: "monthly",
    status: "passed",
    updated: "2026-01-01",
    updated_by: "Ada",
  };
  const cases: readonly [string, readonly Attestation[]][] = [
    ["not attested", []],
    ["attestation due", [one]],
    ["finding", [{ ...one, status: "failed" }]],
  ];
  for (const [kind, attestations] of cases) {
    it(`is told by the words of a record: ${kind}`, () => {
      const { holds, found } = attested("multi-factor", attestations, now);
      assert.deepEqual([holds, openAttestation(found)], [false, kind]);
    });
  }
});
