import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeImages } from "../../../lab/localstack/images.js";

interface Image {
  readonly ami_id: string;
  readonly creation_date: string;
}

describe("the lab's images", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-hipaa-redis-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const made = (now: string): Map<string, number> => {
    const images = JSON.parse(readFileSync(writeImages(folder, new Date(now)), "utf8")) as Image[];
    return new Map(images.map((image) => [image.ami_id, Date.parse(image.creation_date)]));
  };

  it("are as old as ever, whenever the lab starts: the newest was made the day before", () => {
    const first = made("2026-12-01T00:00:00Z");
    const later = made("2030-12-01T00:00:00Z");
    assert.equal(Math.max(...first.values()), Date.parse("2026-11-30T00:00:00Z"));
    const ages = (images: Map<string, number>): [string, number][] =>
      [...images].map(([id, date]) => [id, Math.max(...images.values()) - date]);
    assert.deepEqual(ages(later), ages(first));
    assert.equal(Math.max(...later.values()), Date.parse("2030-11-30T00:00:00Z"));
  });
});
