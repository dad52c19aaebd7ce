import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { durationVariables, readDurations, recordDuration, slowest } from "../../runner/durations.js";

describe("durations of tests", () => {
  it("are a line each, with the layer, and only where a file is named", () => {
    const folder = mkdtempSync(join(tmpdir(), "durations-"));
    try {
      const file = join(folder, "durations.ndjson");
      const environment = { [durationVariables.file]: file, [durationVariables.layer]: "hosts" };
      const test = { file: "a.test.ts", kind: "test", title: "works" } as const;
      recordDuration({ ...test, wallMs: 12.6, cpuMs: 3.4 }, environment);
      recordDuration({ ...test, kind: "attack", wallMs: 7, cpuMs: null }, environment);
      recordDuration({ ...test, wallMs: 99, cpuMs: null }, {});
      assert.deepEqual(readDurations(file), [
        { layer: "hosts", ...test, wallMs: 13, cpuMs: 3 },
        { layer: "hosts", ...test, kind: "attack", wallMs: 7, cpuMs: null },
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("are shown with the slowest first, and no more than are asked for", () => {
    const of = (title: string, wallMs: number, kind: "test" | "hook" = "test") => ({
      layer: "unit",
      file: "",
      kind,
      title,
      wallMs,
      cpuMs: title === "b" ? null : 1000,
    });
    assert.deepEqual(slowest([of("a", 1000), of("b", 25_000, "hook"), of("c", 3000)], 2), [
      "  25.0 s       – s CPU  unit: hook: b",
      "   3.0 s     1.0 s CPU  unit: c",
    ]);
  });
});
