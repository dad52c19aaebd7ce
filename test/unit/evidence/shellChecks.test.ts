import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execaSync } from "execa";
import { assess } from "../../../src/evidence/assess.js";
import { meets, type Check } from "../../../src/evidence/check.js";
import { sampleEvidence } from "../../support/sample.js";

/** Checks whose commands reckon for themselves, run with programs that answer as it is told here. */
describe("a check whose command reckons", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "shell-checks-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const found = (control: string, begin: string): Exclude<Check, { by: "person" }> => {
    const { checks = [] } = assess(sampleEvidence()).controls.find(({ id }) => id === control) ?? {};
    const check = checks.find(({ shows }) => shows.startsWith(begin));
    assert.ok(check !== undefined && check.by !== "person", begin);
    return check;
  };

  /** What it prints, and whether that is as it should be. */
  const run = (
    check: Exclude<Check, { by: "person" }>,
    programs: Readonly<Record<string, string>>,
  ): [string, boolean] => {
    const bin = mkdtempSync(join(folder, "bin-"));
    for (const [name, script] of Object.entries(programs)) {
      mkdirSync(bin, { recursive: true });
      writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const env = { PATH: `${bin}:${process.env.PATH ?? ""}`, LC_ALL: "C" };
    const { exitCode = 1, stdout } = execaSync("sh", ["-c", check.command], { env, reject: false });
    return [stdout, meets(check.expect, { exitCode, stdout })];
  };

  describe("when updates last ran", () => {
    const hours = 3600;
    const now = 1_800_000_000;
    const asked = (ran: number | undefined, booted: number): [string, boolean] =>
      run(found("security-updates", "a run of updates came"), {
        date: `echo ${now}`,
        journalctl: ran === undefined ? "true" : `echo "${now - ran * hours}.123456 node systemd[1]: Finished"`,
        find: `echo ${now - booted * hours}.9; echo ${now - booted * hours + 40}.1`,
      });

    for (const [what, ran, booted, prints, holds] of [
      ["ran today", 3, 900, "run of updates 3 hours ago, in time", true],
      ["ran the day before yesterday", 48, 900, "run of updates 48 hours ago, in time", true],
      ["ran longer ago", 49, 900, "run of updates 49 hours ago, late", false],
      ["has never run on a node that is new", undefined, 2, "first boot 2 hours ago, in time", true],
      ["has never run on a node that isn't", undefined, 900, "first boot 900 hours ago, late", false],
      ["ran in the image of a node that is new", 400, 1, "first boot 1 hours ago, in time", true],
    ] as const)
      it(`${holds ? "holds" : "does not hold"}: the unit ${what}`, () => {
        assert.deepEqual(asked(ran, booted), [prints, holds]);
      });
  });

  describe("a flow log", () => {
    const check = found("connection-log", "the VPC has a flow log");
    const vpc = "vpc-0123456789abcdef0";
    const good = { ResourceId: vpc, TrafficType: "ALL", FlowLogStatus: "ACTIVE", DeliverLogsStatus: "SUCCESS" };
    const asked = (flowLogs: readonly object[], groups: readonly object[]): [string, boolean] =>
      run(check, {
        aws: `case "$1" in ec2) echo '${JSON.stringify({ FlowLogs: flowLogs })}';; logs) echo '${JSON.stringify({ logGroups: groups })}';; esac`,
      });
    const group = (logGroupName: string, retentionInDays?: number): object => ({ logGroupName, retentionInDays });

    for (const [what, flowLogs, groups, prints, holds] of [
      [
        "of six years",
        [{ ...good, LogGroupName: "flow" }],
        [group("flow", 2192), group("flows", 1)],
        "2192 days",
        true,
      ],
      ["of ever", [{ ...good, LogGroupName: "flow" }], [group("flow")], "endless days", true],
      ["of a month", [{ ...good, LogGroupName: "flow" }], [group("flow", 31)], "31 days", true],
      ["of a day", [{ ...good, LogGroupName: "flow" }], [group("flow", 1)], "1 days", false],
      ["into a group that is not there", [{ ...good, LogGroupName: "flow" }], [group("flows", 90)], "", false],
      [
        "into a group by its ARN",
        [{ ...good, LogDestination: "arn:aws:logs:us-east-1:000000000000:log-group:flow" }],
        [group("flow", 90)],
        "90 days",
        true,
      ],
      ["into a bucket", [{ ...good, LogDestination: "arn:aws:s3:::logs" }], [], "elsewhere", true],
      [
        "of a day, and another that is kept",
        [
          { ...good, LogGroupName: "a" },
          { ...good, LogGroupName: "b" },
        ],
        [group("a", 1), group("b", 400)],
        "1 days,400 days",
        true,
      ],
      ["of another VPC", [{ ...good, ResourceId: "vpc-1", LogGroupName: "flow" }], [group("flow", 90)], "", false],
      [
        "of what is refused alone",
        [{ ...good, TrafficType: "REJECT", LogGroupName: "flow" }],
        [group("flow", 90)],
        "",
        false,
      ],
      [
        "that is not delivered",
        [{ ...good, DeliverLogsStatus: "FAILED", LogGroupName: "flow" }],
        [group("flow", 90)],
        "",
        false,
      ],
      ["that is not there", [], [group("flow", 90)], "", false],
    ] as const)
      it(`${holds ? "holds" : "does not hold"}: ${what}`, () => {
        assert.deepEqual(asked(flowLogs, groups), [prints, holds]);
      });
  });
});
