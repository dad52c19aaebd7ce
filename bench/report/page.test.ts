import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { figures } from "../figures/figures.js";
import { describeMachine, disturbed, kernelVersion } from "./machine.js";
import { page, readmeLines } from "./page.js";
import { inWords } from "./words.js";

const nothing = { results: [], charts: [], release: "Debian 12", machine: [], profile: [], missed: [] };

describe("the page of the bench", () => {
  it("calls the run's machine A, as the figures by hand do, and names no build of a kernel", async () => {
    const machine = await describeMachine([]);
    assert.match(machine[0] ?? "", /^Machine A: \d+ × .*, \d+ GiB, Linux /);
    assert.match(machine.at(-1) ?? "", /^Node\.js [\d.]+, ioredis [\d.]+$/);
    const others = await describeMachine([], { "node-redis": "redis" });
    assert.match(others.at(-1) ?? "", /^Node\.js [\d.]+, ioredis [\d.]+, node-redis [\d.]+$/);
    const text = page({ ...nothing, machine });
    assert.ok(text.includes(`- ${machine.join("\n- ")}\n`));
    assert.ok(text.includes("- **machine B**"));
    const committed = ["performance", "author", "boot", "settings", "failover"];
    for (const name of committed) {
      const page = readFileSync(join(repositoryRoot, "docs", `${name}.md`), "utf8");
      assert.match(page, /^- Machine A: \d+ × /m, name);
      assert.deepEqual(page.match(/\b\d+\.\d+\.\d+-\w+-\w+/g), null, name);
    }
  });

  it("says of a disturbed run, beside its first figures and in README, that they are preliminary", () => {
    const preliminary = /^Other work kept the machine busy .* preliminary\.$/m;
    const run = { ...nothing, machine: ["Machine A", disturbed] };
    assert.match(page(run), preliminary);
    assert.match(readmeLines(run).join("\n"), preliminary);
    assert.doesNotMatch(page(nothing), preliminary);
    assert.doesNotMatch(readmeLines(nothing).join("\n"), preliminary);
  });

  it("says in README of which release Redis and the tunnels are, as what is committed does", () => {
    const said = /Redis\s+and\s+the\s+tunnels\s+are\s+those\s+of\s+Debian\s+\d+\./;
    assert.match(readmeLines({ ...nothing, release: "Debian 13" }).join("\n"), /those of Debian 13\.$/);
    assert.match(readFileSync(join(repositoryRoot, "README.md"), "utf8"), said);
  });

  it("has the words of this page's own source in what is committed", () => {
    const committed = readFileSync(join(repositoryRoot, "docs/performance.md"), "utf8").split("\n");
    const words = page(nothing).split("\n");
    // The number of goals depends on the run.
    const missing = words.filter((line) => !line.startsWith("### Goals") && !committed.includes(line));
    assert.deepEqual(missing, []);
  });
});

describe("the words for a figure", () => {
  it("are there for each figure of the bench, no two the same, without its name in the source", () => {
    const words = figures.map(({ name }) => inWords(name));
    assert.equal(new Set(words).size, figures.length);
    for (const one of words) assert.doesNotMatch(one, /[a-z][A-Z0-9]|[a-z]\.[a-z]/);
  });

  it("say what is measured, and of which way against which", () => {
    for (const [name, words] of [
      ["haproxy.throughput50 / plaintext.throughput50", "throughput, 50 connections: our HAProxy, by port ÷ plaintext"],
      ["stunnel.clientKibibytes", "memory of a connection, client end: our stunnel, by port"],
      [
        "haproxy.latencyP50Microseconds − plaintext.latencyP50Microseconds",
        "median latency, one connection: our HAProxy, by port − plaintext",
      ],
      [
        "shared.connect1.haproxy.p50Microseconds / shared.plain1.haproxy.p50Microseconds",
        "application's median latency, 1 in flight, processors shared: connect() over our HAProxy, by port ÷ ioredis over our HAProxy, by port",
      ],
      [
        "shared.connect50workers.haproxy.operationsPerSecond / shared.glide50workers.redisTls.operationsPerSecond",
        "application's throughput, 50 workers, processors shared: connect() over our HAProxy, by port ÷ Valkey GLIDE over Redis's own TLS",
      ],
    ] as const)
      assert.equal(inWords(name), words);
    assert.throws(() => inWords("haproxy.colour"), /haproxy\.colour has no words yet/);
  });
});

describe("the version of a kernel", () => {
  it("is said without its build", () => {
    assert.equal(kernelVersion("6.1.0-37-cloud-amd64"), "6.1.0");
    assert.equal(kernelVersion("6.18.44-fc-v782"), "6.18.44");
    assert.equal(kernelVersion("unknown"), "unknown");
  });
});
