import assert from "node:assert/strict";
import { assess, type AssessedControl } from "../../../src/evidence/assess.js";
import type { CommandResult } from "../../../src/evidence/check.js";
import type { Attestation } from "../../../src/verify/attestations.js";
import { evidenceDigest } from "../../../src/evidence/digest.js";
import { targets } from "../../../src/evidence/target.js";
import type { RecordedCheck, VerificationRecord } from "../../../src/evidence/record.js";
import { targetChecks, verification } from "../../../src/verify/verification.js";
import { sampleEvidence } from "../../support/sample.js";
import { smallControls } from "../evidence/smallAssessment.js";
import { about, assessment, judged, whole } from "./judged.js";

const [first, second] = smallControls as [AssessedControl, AssessedControl];

const statuses = ({ controls }: VerificationRecord): string[] => controls.map(({ id, status }) => `${id}: ${status}`);

/** What is said of one answer to a check. */
function said(expect: "prints" | "nothing" | "fails", result: CommandResult | undefined): RecordedCheck | undefined {
  const expected = {
    prints: { prints: "^a|b$" },
    nothing: { printsNothing: true },
    fails: { fails: true },
  } as const;
  const check = { by: "aws", shows: "it is", command: "", expect: expected[expect] } as const;
  const one = { ...assessment, controls: [{ ...first, checks: [check] }] };
  return verification({ assessment: one, target: "aws", commands: [] }, [result], about).controls[0]?.checks[0];
}

describe("the checks of a target", () => {
  it("are those of its hosts, or of AWS, in the order of the controls, and no person's", () => {
    const evidence = sampleEvidence();
    assert.deepEqual(targets, ["cache", "client", "aws"]);
    const sample = assess(evidence);
    for (const target of targets) {
      const { assessment: made, target: of, commands } = targetChecks(evidence, target);
      assert.equal(of, target);
      assert.deepEqual(made.controls.length, sample.controls.length);
      const expected = made.controls.flatMap(({ checks }) =>
        checks.flatMap((check) => {
          const its =
            check.by === "aws" ? target === "aws" : check.by === "host" && check.hosts.some((one) => one === target);
          return its && check.by !== "person" ? [check.command] : [];
        }),
      );
      assert.deepEqual(commands, expected);
      assert.ok(commands.length > 10);
    }
  });
});

describe("the record of a verification", () => {
  it("says what was looked at, where and when, by which evidence, and what was found", () => {
    const { libraryVersion } = assessment.evidence;
    const record = judged("cache", [
      { exitCode: 0, stdout: "a" },
      { exitCode: 0, stdout: "" },
    ]);
    const notLooked = smallControls.slice(1).map(({ id, title, hipaa }) => ({
      id,
      title,
      hipaa,
      status: "not looked at",
      checks: [],
    }));
    assert.deepEqual(record, {
      schemaVersion: 2,
      tool: `pulumi-hipaa-redis ${libraryVersion}`,
      date: "2026-11-26T00:00:00.000Z",
      cache: "sessions",
      target: "cache",
      place: "a test",
      host: "i-0a host",
      nonce: "0b",
      evidenceSha256: evidenceDigest(whole.evidence),
      findings: ["first"],
      deviations: whole.deviations,
      controls: [
        {
          id: "first",
          title: "First",
          hipaa: ["164.312(b)", "164.312(d)"],
          status: "finding",
          checks: [
            { by: "host", shows: "it is", holds: true, expected: "prints `^a|b$`", found: "a" },
            { by: "host", shows: "it fails", holds: false, expected: "the command fails", found: "exit code 0" },
          ],
        },
        ...notLooked,
      ],
    });
  });

  it("gives each check its own target's answer, in turn", () => {
    const holds = { exitCode: 0, stdout: "a" };
    const failed = { exitCode: 1, stdout: "" };
    assert.equal(statuses(judged("cache", [holds, failed]))[0], "first: holds");
    assert.equal(statuses(judged("cache", [failed, holds]))[0], "first: finding");
    assert.equal(statuses(judged("client", [failed]))[0], "first: holds");
    assert.equal(statuses(judged("client", [holds]))[0], "first: finding");
    assert.equal(statuses(judged("aws", [{ exitCode: 0, stdout: "" }]))[0], "first: holds");
    assert.equal(statuses(judged("aws", [holds]))[0], "first: finding");
  });

  it("asks people once there are attestations, whatever the target", () => {
    const failed = { exitCode: 1, stdout: "" };
    const seen: Attestation = {
      control_id: "second",
      explanation: "ticket 1",
      frequency: "annually",
      status: "passed",
      updated: "2026-11-01",
      updated_by: "Ada",
    };
    assert.equal(statuses(judged("client", [failed]))[1], "second: not looked at");
    assert.equal(statuses(judged("client", [failed], []))[1], "second: finding");
    assert.equal(statuses(judged("client", [failed], [seen]))[1], "second: holds");
    assert.deepEqual(judged("client", [failed], [seen]).controls[1]?.checks, [
      {
        by: "person",
        shows: "somebody looks",
        holds: true,
        expected: "a person has attested it, and it is not yet due again",
        found: "passed on 2026-11-01 by Ada: ticket 1",
        updated: "2026-11-01",
        until: "2027-11-01T00:00:00.000Z",
      },
    ]);
    assert.deepEqual(judged("client", [failed], []).findings, [second.id]);
  });

  it("says what was found of each answer", () => {
    const found = (...[expect, exitCode, stdout]: ["prints" | "nothing" | "fails", number, string]): string[] => {
      const check = said(expect, { exitCode, stdout });
      return [check?.holds === true ? "holds" : "does not", check?.found ?? ""];
    };
    assert.deepEqual(found("prints", 0, "x\na\n"), ["holds", "a"]);
    assert.deepEqual(found("prints", 0, " x \n"), ["does not", "x"]);
    assert.deepEqual(found("prints", 3, "a"), ["does not", "a (exit code 3)"]);
    assert.deepEqual(found("prints", 3, ""), ["does not", "(exit code 3)"]);
    assert.deepEqual(found("nothing", 0, "\n"), ["holds", ""]);
    assert.deepEqual(found("nothing", 0, "something"), ["does not", "something"]);
    assert.deepEqual(found("fails", 7, "said"), ["holds", "exit code 7"]);
    assert.deepEqual(found("fails", 0, "said"), ["does not", "exit code 0"]);
    assert.deepEqual(found("fails", 127, ""), ["does not", "it could not be run (exit code 127)"]);
    assert.deepEqual(found("nothing", 0, "x".repeat(400)), ["does not", "x".repeat(400)]);
    assert.deepEqual(found("nothing", 0, "x".repeat(401)), ["does not", `${"x".repeat(400)}…`]);
    assert.deepEqual(said("prints", undefined), {
      by: "aws",
      shows: "it is",
      holds: false,
      expected: "prints `^a|b$`",
      found: "the script did not run this check",
    });
  });
});
