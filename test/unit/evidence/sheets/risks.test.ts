import assert from "node:assert/strict";
import type { CacheArguments } from "../../../../src/arguments/cacheArguments.js";
import type { RiskAcceptance } from "../../../../src/evidence/acceptance.js";
import { assess, type Assessment } from "../../../../src/evidence/assess.js";
import { controls } from "../../../../src/evidence/controls/index.js";
import { openItems } from "../../../../src/evidence/openItems.js";
import { riskIds } from "../../../../src/evidence/risks.js";
import { evidenceSheets } from "../../../../src/evidence/sheets/index.js";
import { planOfAction } from "../../../../src/evidence/sheets/planOfAction.js";
import { riskRegister } from "../../../../src/evidence/sheets/riskRegister.js";
import { sheetCsv, sheetJson } from "../../../../src/evidence/sheets/sheet.js";
import { riskAcceptances } from "../../../../src/verify/acceptances.js";
import { evidenceOfAws, heldRecord, now, signed, withFinding } from "../heldRecord.js";

const tls = "sessions-0 speaks TLS 1.3";

function assessed(
  change: Partial<CacheArguments> = {},
  found?: string,
  acceptances: readonly RiskAcceptance[] = [],
): Assessment {
  const evidence = evidenceOfAws(change);
  const client = heldRecord(evidence, "client");
  const record = found === undefined ? client : withFinding(client, "tls", tls, found);
  return assess(evidence, { date: now, verifications: [signed(record)], acceptances });
}

const register = (assessment: Assessment): Map<string, Readonly<Record<string, string>>> =>
  new Map(riskRegister(assessment).rows.map((row) => [row.id ?? "", row]));

describe("the risk register", () => {
  it("has each deviation, what is left open, and what remains of every control, each by an id of its own", () => {
    const assessment = assessed({ allowScripting: true });
    const { rows } = riskRegister(assessment);
    assert.deepEqual(
      rows.map(({ id, kind }) => [id, kind]),
      [
        ["risk-allowScripting", "deviation"],
        ...assessment.leftOpen.map(({ name }) => [`risk-${name}`, "left open"]),
        ...assessment.controls.map(({ id }) => [`risk-${id}`, "residual"]),
      ],
    );
    assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
    for (const { id = "" } of rows) assert.ok(riskIds.has(id), id);
    // Beside them there are those of the other arguments, and of what replicas and shards are for.
    assert.equal(riskIds.size, controls.length + 14 + 6);
    assert.equal(controls.length, assessment.controls.length + 1);
  });

  it("proposes likelihood and impact with a reason, names an owner, and leaves the rest to the organisation", () => {
    const row = register(assessed()).get("risk-tls");
    assert.deepEqual(
      [row?.likelihood, row?.impact, row?.level, row?.owner, row?.controlStatus],
      ["low", "high", "low", "component", "partly met"],
    );
    assert.match(String(row?.because), /^It takes root on a host/);
    assert.deepEqual(
      [row?.accepted, row?.acceptance, row?.acceptedUntil, row?.treatment, row?.responsible, row?.dueDate],
      ["no", "", "", "", "", ""],
    );
    assert.equal(register(assessed()).get("risk-one-node")?.owner, "organisation");
  });

  it("takes a control that is not met for likely to go wrong", () => {
    const row = register(assessed({}, "TLSv1.2")).get("risk-tls");
    assert.deepEqual(
      [row?.likelihood, row?.impact, row?.level, row?.controlStatus],
      ["high", "high", "high", "not met"],
    );
  });

  describe("takes a risk for accepted", () => {
    const entry = {
      cache: "sessions",
      control_id: "risk-allowScripting",
      chosen: "EVAL, EVALSHA, SCRIPT open",
      explanation: "accepted by Ada Lovelace; decision 12",
      frequency: "semiannually",
      status: "passed",
      updated: "2026-11-01",
      updated_by: "Ada Lovelace",
    };
    const signedBy = { signedBy: "ada" };
    const row = (change: object, signature: Parameters<typeof riskAcceptances>[2] = signedBy) => {
      const acceptances = riskAcceptances(JSON.stringify([{ ...entry, ...change }]), "sessions", signature, now);
      const found = register(assessed({ allowScripting: true }, undefined, acceptances)).get("risk-allowScripting");
      return [found?.accepted, found?.acceptedUntil, found?.acceptance];
    };
    const words = "passed on 2026-11-01 by Ada Lovelace: accepted by Ada Lovelace; decision 12";

    it("by a signed decision, until that is due again", () => {
      assert.deepEqual(row({}), ["yes", "2027-05-01", `${words} (signed by ada)`]);
    });

    it("not by one that nobody has signed who may, that is due again, or that says no", () => {
      const refused = { refused: "it is not signed: there is no x.sig" };
      assert.deepEqual(row({}, refused), [
        "no",
        "",
        `${words}; it does not count: it is not signed: there is no x.sig`,
      ]);
      assert.deepEqual(row({ updated: "2026-01-01" }).slice(0, 2), ["no", ""]);
      assert.match(String(row({ updated: "2026-01-01" })[2]), /, due again since 2026-07-01 \(signed by ada\)$/);
      const no = row({ status: "failed", explanation: "no Lua here" });
      assert.deepEqual(no, ["no", "", "failed on 2026-11-01 by Ada Lovelace: no Lua here (signed by ada)"]);
    });

    it("not while the control is not met", () => {
      const decision = JSON.stringify([{ ...entry, control_id: "risk-tls", chosen: undefined }]);
      const accepted = (found?: string) => {
        const given = riskAcceptances(decision, "sessions", signedBy, now);
        const tlsRow = register(assessed({}, found, given)).get("risk-tls");
        return [tlsRow?.accepted, tlsRow?.acceptedUntil, tlsRow?.acceptance];
      };
      assert.deepEqual(accepted("TLSv1.2"), [
        "no",
        "",
        `${words} (signed by ada); it does not hold while the control is not met`,
      ]);
      // The control case.
      assert.deepEqual(accepted(), ["yes", "2027-05-01", `${words} (signed by ada)`]);
    });

    it("not by one of another choice: what is accepted is what the decision names", () => {
      const chosen = { control_id: "risk-evictionPolicy", chosen: "noeviction" };
      const accepted = (policy: CacheArguments["evictionPolicy"], ...choices: string[]) => {
        const decisions = choices.map((one) => ({ ...entry, ...chosen, chosen: one }));
        const given = riskAcceptances(JSON.stringify(decisions), "sessions", signedBy, now);
        const assessment = assessed(policy === undefined ? {} : { evictionPolicy: policy }, undefined, given);
        const found = register(assessment).get("risk-evictionPolicy");
        const item = planOfAction(assessment).rows.find(({ id }) => id === "weakened: limits: evictionPolicy");
        assert.deepEqual(
          [item?.accepted, item?.acceptance, item?.acceptedUntil],
          [found?.accepted, found?.acceptance, found?.acceptedUntil],
        );
        assert.equal(item?.closes?.startsWith("Accepted until 2027-05-01. Then: "), found?.accepted === "yes");
        return [found?.chosen, found?.accepted, found?.acceptance];
      };
      assert.deepEqual(accepted("noeviction", "noeviction"), ["noeviction", "yes", `${words} (signed by ada)`]);
      assert.deepEqual(accepted("volatile-lru", "noeviction"), [
        "volatile-lru",
        "no",
        `${words} (signed by ada); it is of noeviction, and what is chosen is volatile-lru`,
      ]);
      assert.deepEqual(accepted("volatile-lru", "noeviction", "volatile-lru").slice(0, 2), ["volatile-lru", "yes"]);
      // What a default leaves open is a choice, too.
      const image = (imageId: string) => {
        const decision = { ...entry, control_id: "risk-imageId", chosen: "ami-0123456789abcdef0" };
        const given = riskAcceptances(JSON.stringify([decision]), "sessions", signedBy, now);
        return register(assessed({ imageId }, undefined, given)).get("risk-imageId")?.accepted;
      };
      assert.deepEqual([image("ami-0123456789abcdef0"), image("ami-0f")], ["yes", "no"]);
    });

    it("not by one that names no choice where there is one, or names one where there is none: these are refused", () => {
      assert.throws(() => row({ chosen: undefined }), /\[0\]\.chosen: Name what is accepted, as the column chosen of/);
      assert.throws(() => row({ control_id: "risk-tls" }), /\[0\]\.chosen: Leave this out: nothing is chosen here\./);
      assert.equal(row({})[0], "yes");
    });

    it("not by one that a program gives, when it is due again", () => {
      const given = (until: string) => {
        const one = { risk: "risk-tls", holds: true, found: "x", until };
        const found = register(assessed({}, undefined, [one])).get("risk-tls");
        return [found?.accepted, found?.acceptance];
      };
      assert.deepEqual(given("2026-11-22T01:02:04Z"), ["yes", "x"]);
      assert.deepEqual(given("2026-11-22T01:02:03Z"), ["no", "x; due again since 2026-11-22"]);
    });

    it("not by one of another cache, or of none: these are refused", () => {
      for (const cache of ["billing", ""])
        assert.throws(() => row({ cache }), /\[0\]\.cache: Name the cache that the evidence is of: "sessions"/);
      assert.throws(() => row({ cache: undefined }), /\[0\]\.cache: /);
      assert.equal(row({ cache: "sessions" })[0], "yes");
    });

    it("not by one of no risk, or without a name: these are refused", () => {
      assert.throws(
        () => row({ control_id: "allowScripting", chosen: undefined }),
        /^Error: --acceptances: [^]*There is no risk with that id/,
      );
      for (const explanation of ["fine", "Not yet accepted by Ada", "never accepted by Ada", "Accepted by nobody"])
        assert.throws(
          () => row({ explanation }),
          /Begin with "Accepted by", and name who accepted it, such as "Accepted by Ada Lovelace; /,
          explanation,
        );
      assert.throws(() => row({ updated: "2027-01-01" }), /This is in the future/);
    });
  });
});

describe("the plan of action", () => {
  it("has a row for everything that is open, and leaves who closes it when to the organisation", () => {
    const assessment = assessed({ allowScripting: true }, "TLSv1.2");
    const items = openItems(assessment);
    const { rows } = planOfAction(assessment);
    assert.deepEqual(
      rows.map(({ id }) => id),
      items.map(({ id }) => id),
    );
    const finding = rows.find(({ kind }) => kind === "finding");
    assert.deepEqual(
      [finding?.control, finding?.since, finding?.hipaa, finding?.what],
      ["tls", "2026-11-20", "164.312(e)(1), 164.312(e)(2)(ii)", `Not so: ${tls} (found: TLSv1.2)`],
    );
    for (const row of rows) {
      assert.deepEqual([row.responsible, row.dueDate, row.milestones, row.closedOn], ["", "", "", ""]);
      assert.notEqual(row.closes, "");
    }
  });
});

describe("a sheet", () => {
  const hostile = "=cmd|' /C calc'!A0\u001b[31m, \"x\"";

  it("as CSV has every column in every row, and no cell that a spreadsheet or a terminal obeys", () => {
    const sheets = evidenceSheets(assessed({ allowScripting: true }, hostile));
    for (const sheet of sheets) {
      for (const row of sheet.rows) assert.deepEqual(Object.keys(row).sort(), [...sheet.columns].sort(), sheet.name);
      const text = sheetCsv(sheet, "sessions");
      assert.ok(text.startsWith(`cache,${sheet.columns.join(",")}\r\n`), sheet.name);
      assert.doesNotMatch(text, /[\u0000-\u0009\u000b\u000c\u000e-\u001f]/);
    }
    const one = { name: "x", columns: ["a"], rows: [{ a: hostile }] };
    assert.equal(sheetCsv(one, "sessions"), 'cache,a\r\nsessions,"\'=cmd|\' /C calc\'!A0\\u{1b}[31m, ""x"""\r\n');
  });

  it("as CSV has a line for each row, whatever a host or a file says", () => {
    const evil = "x\r\nsessions,operator,mallory\n\u2028y\u0085z";
    const lines = (found: string): string[][] => {
      const evidence = evidenceOfAws();
      const broken = withFinding(heldRecord(evidence, "client"), "tls", tls, found);
      const strange = withFinding({ ...broken, host: `i-0d ${found}`, place: found }, "tls", tls, found);
      const given = { name: found, record: { ...broken, cache: found }, signature: { refused: found } };
      const acceptances = [{ risk: "risk-tls", holds: false, found }];
      const verifications = [signed(broken), signed(strange), given];
      const assessment = assess(evidence, { date: now, verifications, acceptances });
      return evidenceSheets(assessment).map((sheet) => sheetCsv(sheet, "sessions").split(/[\r\n\u0085\u2028]+/));
    };
    assert.deepEqual(
      lines(evil).map(({ length }) => length),
      lines("x").map(({ length }) => length),
    );
    for (const line of lines(evil).flat()) assert.doesNotMatch(line, /^sessions,operator,mallory/);
  });

  it("as JSON has what it is of, and the texts as they are", () => {
    const assessment = assessed({}, hostile);
    const sheet = planOfAction(assessment);
    const { rows, ...about } = sheetJson(sheet, assessment, now) as { rows: { what: string }[] };
    assert.deepEqual(Object.keys(about), ["sheet", "cache", "date", "libraryVersion", "evidenceSha256"]);
    assert.deepEqual(
      { ...about, evidenceSha256: "", libraryVersion: "" },
      {
        sheet: "plan-of-action",
        cache: "sessions",
        date: now.toISOString(),
        libraryVersion: "",
        evidenceSha256: "",
      },
    );
    assert.ok(rows.some(({ what }) => what.includes(hostile)));
  });
});
