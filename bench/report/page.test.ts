import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { kernelVersion } from "./machine.js";
import { page } from "./page.js";

describe("the page of the bench", () => {
  it("calls the run's machine A, as the figures by hand do, and names no build of a kernel", () => {
    const text = page([], [], ["2 × CPU, 8 GiB, Linux 6.18.44", "Node.js 20"]);
    assert.ok(text.includes("- Machine A: 2 × CPU, 8 GiB, Linux 6.18.44\n- Node.js 20\n"));
    assert.ok(text.includes("- **machine B**"));
    const committed = ["performance", "author", "boot", "settings"];
    for (const name of committed) {
      const page = readFileSync(join(repositoryRoot, "docs", `${name}.md`), "utf8");
      assert.deepEqual(page.match(/\b\d+\.\d+\.\d+-\w+-\w+/g), null, name);
    }
  });

  it("has the words of this page's own source in what is committed", () => {
    const committed = readFileSync(join(repositoryRoot, "docs/performance.md"), "utf8").split("\n");
    const words = page([], [], []).split("\n");
    // The number of goals depends on the run.
    const missing = words.filter((line) => !line.startsWith("## Goals") && !committed.includes(line));
    assert.deepEqual(missing, []);
  });
});

describe("the version of a kernel", () => {
  it("is said without its build", () => {
    assert.equal(kernelVersion("6.1.0-37-cloud-amd64"), "6.1.0");
    assert.equal(kernelVersion("6.18.44-fc-v782"), "6.18.44");
    assert.equal(kernelVersion("unknown"), "unknown");
  });
});
