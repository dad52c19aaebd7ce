import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../figures/result.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { headline, workersHeadline } from "./headline.js";

const result = (name: string, value: number): Result => {
  return { name, value, unit: "", goal: null, met: null, rounds: 1, spread: 0 };
};

describe("the sentence of the page", () => {
  const [own, tls] = ["shared.connect50.haproxy.operationsPerSecond", "shared.plain50.redisTls.operationsPerSecond"];
  const bySocket = "shared.connect50.haproxySocket.operationsPerSecond";

  it("says what an application gets, against what it would have instead", () => {
    const base = "shared.plain50.plaintext.operationsPerSecond";
    assert.equal(
      headline([result(own, 47_741), result(`${own} / ${tls}`, 1.049), result(`${own} / ${base}`, 1.278)]),
      "An application with 50 requests in flight gets 47,700 operations a second through the tunnel " +
        "(`connect()`, HAProxy): 1.05 times ioredis with its own TLS, and 1.28 times ioredis over plaintext.",
    );
  });

  it("is of the socket where that was measured", () => {
    const both = [result(own, 10), result(bySocket, 2000), result(`${bySocket} / ${tls}`, 1)];
    assert.match(headline(both), / 2,000 operations .*: 1\.00 times ioredis with its own TLS\.$/);
  });

  it("is another for workers, and none of nothing", () => {
    const workers = own.replace("connect50", "connect50workers");
    const base = "shared.plain50workers.plaintext.operationsPerSecond";
    assert.match(
      workersHeadline([result(workers, 9), result(`${workers} / ${base}`, 2)]),
      /^Where 50 workers of one process have .* they get 9 /,
    );
    assert.equal(headline([]), "");
  });

  it("stands in README as on the page, with its plot", () => {
    const page = readFileSync(join(repositoryRoot, "docs/performance.md"), "utf8").split("\n");
    const readme = readFileSync(join(repositoryRoot, "README.md"), "utf8").replaceAll("\n", " ");
    const [sentence = ""] = page.filter((line) => line.startsWith("An application with 50 requests in flight gets "));
    assert.ok(readme.includes(sentence), sentence);
    const plot = page.find((line) => line.includes("(performance/application.svg)")) ?? "";
    assert.ok(readme.includes(plot.replace("(performance/", "(docs/performance/")), plot);
  });
});
