import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execaSync } from "execa";
import { meets } from "../../../src/evidence/check.js";
import { imageAgeCheck, imagesInWords, mostImageDays } from "../../../src/evidence/imageAge.js";
import { sampleEvidence } from "../../support/sample.js";

const { deployed } = sampleEvidence();
const [node] = deployed.nodes;

function words(date: string, imageCreated?: string): string[] {
  assert.ok(node);
  const nodes = [{ ...node, ...(imageCreated === undefined ? {} : { imageCreated }) }];
  return imagesInWords({ ...deployed, nodes }, new Date(date));
}

describe("the age of an image", () => {
  it("is told in whole days, and when it is too old what to do", () => {
    const made = "2026-06-01T12:00:00.000Z";
    assert.deepEqual(words("2026-06-01T12:00:00Z", made), ["The image of sessions-0 is 0 days old (2026-06-01)."]);
    assert.deepEqual(words("2026-06-03T11:59:59Z", made), ["The image of sessions-0 is 1 day old (2026-06-01)."]);
    assert.deepEqual(words("2026-11-28T12:00:00Z", made), ["The image of sessions-0 is 180 days old (2026-06-01)."]);
    assert.deepEqual(words("2026-11-29T12:00:00Z", made), [
      "The image of sessions-0 is 181 days old (2026-06-01). That is more than 180: raise `imageGeneration`.",
    ]);
  });

  it("is not told of an image that does not say when it was made", () => {
    assert.deepEqual(words("2026-11-28T12:00:00Z"), []);
  });

  it("holds in AWS up to as many days as in the report", () => {
    assert.ok(node);
    const check = imageAgeCheck(node);
    assert.ok(check.by === "aws");
    for (let days = -1; days <= 2000; days += 1) {
      const holds = meets(check.expect, { exitCode: 0, stdout: `${days}\n` });
      assert.equal(holds, days >= 0 && days <= mostImageDays, String(days));
    }
  });

  describe("as the AWS CLI tells it", () => {
    let folder: string;
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "image-age-"));
    });
    after(() => {
      rmSync(folder, { recursive: true });
    });

    const holdsFor = (...lines: readonly string[]): boolean => {
      assert.ok(node);
      const check = imageAgeCheck(node);
      assert.ok(check.by === "aws");
      writeFileSync(join(folder, "aws"), ["#!/bin/sh", ...lines, ""].join("\n"), { mode: 0o755 });
      const env = { PATH: `${folder}:${process.env.PATH ?? ""}` };
      const { exitCode = 1, stdout } = execaSync("sh", ["-c", check.command], { env, reject: false });
      return meets(check.expect, { exitCode, stdout });
    };
    const hoursAgo = (hours: number): string => `echo ${new Date(Date.now() - hours * 3_600_000).toISOString()}`;

    it("holds for a young image, and not for an old one", () => {
      assert.ok(holdsFor(hoursAgo(1)));
      assert.ok(holdsFor(hoursAgo(180 * 24 + 1)));
      assert.ok(!holdsFor(hoursAgo(181 * 24 + 1)));
    });

    it("does not hold for an image that AWS no longer knows, or does not tell of", () => {
      assert.ok(!holdsFor("echo None"));
      assert.ok(!holdsFor("echo An error occurred >&2", "exit 254"));
    });
  });
});
