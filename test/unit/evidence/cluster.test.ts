import assert from "node:assert/strict";
import { assess, type Assessment } from "../../../src/evidence/assess.js";
import { placeShown } from "../../../src/evidence/clusterChecks.js";
import { contradictions } from "../../../src/evidence/contradictions.js";
import { closesDeviation, deviations } from "../../../src/evidence/deviations.js";
import { evidenceHtml, evidenceMarkdown, evidenceNetworkMap } from "../../../src/evidence/index.js";
import { nodesSeen } from "../../../src/evidence/nodesSeen.js";
import { parseEvidence } from "../../../src/evidence/parse.js";
import { assetSheet } from "../../../src/evidence/sheets/assets.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { shardsText } from "../../../src/verify/shardsTable.js";
import { verificationText } from "../../../src/verify/table.js";
import { targetChecks } from "../../../src/verify/verification.js";
import { citations, problemOf } from "../../support/citations.js";
import { sampleArguments, sampleEvidence, sharded } from "../../support/sample.js";
import { evidenceOfAws, looksAtNodes, now } from "./heldRecord.js";

const zones = (count: number): CacheArguments["subnets"] =>
  ["a", "b", "c", "d"].slice(0, count).map((zone, index) => ({
    availabilityZone: `us-east-1${zone}`,
    cidrBlock: `10.0.${8 + 4 * index}.0/22`,
  }));
const shape = (shards: number, replicas: number, count = 3): Partial<CacheArguments> => ({
  shards,
  replicas,
  subnets: zones(count),
});

const evidence = evidenceOfAws(sharded());

const { lookedAt, assessed } = looksAtNodes(evidence, placeShown);

describe("the evidence of a cache with shards", () => {
  for (const [shards, replicas] of [
    [3, 0],
    [3, 1],
    [4, 5],
    [100, 1],
  ] as const)
    it(`is what its arguments plan, without a contradiction: ${shards} shards, ${replicas} replicas of each`, () => {
      const of = sampleEvidence(shape(shards, replicas));
      assert.deepEqual(contradictions(of), []);
      assert.equal(of.deployed.nodes.length, shards * (replicas + 1));
    });

  it("is refused where a node is missing, or is somewhere else", () => {
    const { deployed } = evidence;
    const [first, ...others] = deployed.nodes;
    assert.ok(first);
    const having = (nodes: typeof deployed.nodes): object => ({ ...evidence, deployed: { ...deployed, nodes } });
    assert.doesNotThrow(() => parseEvidence(evidence));
    assert.throws(() => parseEvidence(having(others)), /deployed\.nodes: got nothing of sessions-0-0/);
    assert.throws(() => parseEvidence(having([{ ...first, privateIp: "10.0.0.9" }, ...others])), /it is 10\.0\.0\.110/);
  });
});

describe("what the shape of a cluster leaves open", () => {
  const found = (...given: Parameters<typeof shape>): [string, string, string][] =>
    deviations("sessions", { ...sampleArguments, ...shape(...given) }).map(
      ({ argument, chosen, byDefault }): [string, string, string] => [argument, chosen, byDefault],
    );
  const none = "no Availability Zone with half of the primaries";

  it("is nothing with three zones, a replica of each shard, and no half of the primaries in one zone", () => {
    for (const shards of [3, 5, 6, 7, 100]) assert.deepEqual(found(shards, 1), []);
    assert.deepEqual(found(4, 1, 4), []);
  });

  it("is a zone with half of the primaries, by too few zones or by the number of shards", () => {
    assert.deepEqual(found(3, 1, 2), [["subnets", "2 of 3 primaries in us-east-1a", none]]);
    assert.deepEqual(found(3, 1, 1), [["subnets", "3 of 3 primaries in us-east-1a", none]]);
    assert.deepEqual(found(4, 1, 2), [
      ["subnets", "2 of 4 primaries in us-east-1a, 2 of 4 primaries in us-east-1b", none],
    ]);
    assert.deepEqual(found(4, 1), [["shards", "2 of 4 primaries in us-east-1a", none]]);
  });

  it("is that nobody takes over where a shard has one node", () => {
    assert.deepEqual(found(3, 0), [["replicas", "0 replicas", "a replica of each shard"]]);
    assert.deepEqual(
      found(3, 0, 1).map(([argument]) => argument),
      ["subnets", "replicas"],
    );
  });

  it("weakens the control, and is named by the report, with what closes it", () => {
    for (const [given, words, closes] of [
      [shape(3, 1, 2), "All nodes are in 2 Availability Zones: us-east-1a, us-east-1b.", "three Availability Zones"],
      [shape(3, 0), "No shard has a replica: when a node is away, nobody takes over.", "Set `replicas` to 1 or more."],
      [shape(4, 1), "2 of the primaries are planned there.", "another number than four"],
    ] as const) {
      const of = assess(sampleEvidence(given));
      assert.equal(of.controls.find(({ id }) => id === "failover")?.designed, "weakened");
      const text = evidenceMarkdown(of, { date: now });
      assert.ok(text.includes(words), words);
      assert.ok(
        of.deviations.some(({ argument }) => closesDeviation(argument).includes(closes)),
        closes,
      );
    }
    const text = evidenceMarkdown(assessed(), { date: now });
    assert.doesNotMatch(text, /What this shape leaves open/);
    assert.equal(assessed().controls.find(({ id }) => id === "failover")?.designed, "met");
  });
});

describe("the report of a cache with shards", () => {
  it("has the control that one node alone has not, and cites the law as it is", () => {
    const ids = ({ controls }: Assessment): string[] => controls.map(({ id }) => id);
    assert.deepEqual(ids(assessed()), [...ids(assess(sampleEvidence())), "failover"]);
    assert.deepEqual(
      citations(JSON.stringify(assessed().controls)).flatMap((one) => problemOf(one) ?? []),
      [],
    );
  });

  it("says nowhere that Redis has no network, that the cache is one node, or that there is a Sentinel", () => {
    const text = evidenceMarkdown(assessed(), { date: now });
    assert.doesNotMatch(text, /has no network|no network at all|one-node|Sentinel/);
    assert.doesNotMatch(evidenceHtml(assessed(), { date: now }), /undefined|\[object/);
  });

  it("has zones and nodes with what each was when it was looked at last", () => {
    const markdown = evidenceMarkdown(
      assessed(lookedAt(0, "0-0: replica of 0-1"), lookedAt(1, "0-1: primary, 5461 slots")),
      { date: now },
    );
    assert.match(markdown, /\| us-east-1a \| 2 \| 1 \| 0 of 1 that were looked at \|/);
    assert.match(markdown, /\| us-east-1b \| 2 \| 1 \| 1 of 1 that were looked at \|/);
    assert.match(markdown, /\| us-east-1c \| 2 \| 1 \| not looked at \|/);
    assert.match(
      markdown,
      /\| sessions-0-1 \| us-east-1b \| 10\.0\.0\.126 \| 127\.82\.0\.2 \| primary, 5461 slots; .*\(2026-11-20 00:00 UTC\) \|/,
    );
    assert.ok(markdown.includes("| sessions-2-1 | us-east-1a | 10.0.0.104 | 127.82.0.14 | not looked at |"));
  });

  it("counts a node as looked at once it was, and its asset with it", () => {
    const of = assessed(lookedAt(1, "0-1: replica of 0-0"));
    assert.deepEqual([of.coverage.nodes.seen, of.coverage.nodes.of], [1, 6]);
    const rows = assetSheet(of).rows.filter(({ kind, name }) => kind === "node" && name === "sessions-0-1");
    assert.deepEqual(
      rows.map(({ where, lookedAt }) => [where, lookedAt]),
      [["10.0.0.126, us-east-1b; 127.82.0.2 on every host", "2026-11-20"]],
    );
  });

  it("is told on a terminal a line a node, with how many were looked at and who leads instead of the first", () => {
    const seen = nodesSeen(assessed(lookedAt(0, "0-0: replica of 0-1"), lookedAt(1, "0-1: primary, 5461 slots")));
    const text = shardsText(seen);
    assert.match(text, /│ 0 +│ sessions-0-0 │ us-east-1a │ replica of 0-1 +│/);
    assert.match(text, /│ +│ sessions-2-1 │ us-east-1a │ not looked at +│/);
    assert.match(
      text,
      /Looked at: 2 of 6 nodes\. Shards of which a node led: 1 of 3\. Led by another node than planned at first: sessions-0-1\.$/,
    );
    const record = lookedAt(1, "0-1: primary, 5461 slots");
    assert.match(verificationText(record), /\nAmong the cache's nodes it is: 0-1: primary, 5461 slots\.\n/);
  });
});

describe("a hundred shards with a replica each", () => {
  const of = sampleEvidence(shape(100, 1));
  const large = assess(of);
  const small = assess(sampleEvidence(shape(3, 1)));
  const kib = (text: string): number => Math.ceil(text.length / 1024);

  it("have a report that names each node, and says once what is so of all", () => {
    const [hundred, three] = [large, small].map((one) => evidenceMarkdown(one, { date: now }));
    assert.ok(hundred !== undefined && three !== undefined);
    for (const name of ["sessions-0-0", "sessions-99-1"]) assert.ok(hundred.includes(`| ${name} |`), name);
    // Beside 194 nodes more in two tables, it says the same.
    assert.ok(kib(hundred) < kib(three) + 60, `${kib(hundred)} KiB, and ${kib(three)} KiB of three shards`);
    for (const { id, how } of large.controls)
      assert.ok(how.length <= (small.controls.find((one) => one.id === id)?.how.length ?? 0), id);
  });

  it("have a map with every node in its zone's box, none on another, all in the picture", () => {
    const svg = evidenceNetworkMap(large);
    const [, height = 0] = (/viewBox="0 0 \d+ (\d+)"/.exec(svg) ?? []).map(Number);
    assert.ok(height < 1300, `${height} high`);
    assert.ok(kib(svg) < 24, `${kib(svg)} KiB`);
    const cells = [...svg.matchAll(/<text class="cell( leads)?" x="([\d.]+)" y="([\d.]+)">(\d+-\d)<\/text>/g)];
    assert.equal(cells.length, 200);
    assert.equal(new Set(cells.map(([, , x, y]) => `${x} ${y}`)).size, 200);
    assert.equal(cells.filter(([, leads]) => leads !== undefined).length, 100);
    const boxes = [...svg.matchAll(/<rect class="box" x="455" y="([\d.]+)" width="238" height="([\d.]+)"/g)];
    assert.equal(boxes.length, 3);
    for (const [, , x, y] of cells) {
      const inside = boxes.filter(([, top, tall]) => Number(y) > Number(top) && Number(y) < Number(top) + Number(tall));
      assert.equal(inside.length, 1);
      assert.ok(Number(x) >= 469 && Number(x) + 30 < 455 + 238);
    }
    assert.match(svg, /us-east-1a: 67 nodes/);
    assert.match(svg, /each other: TCP 6380, TCP 16379/);
  });

  it("are looked at on a host by as much as three are", () => {
    for (const target of ["cache", "client"] as const) {
      const length = (one: Parameters<typeof targetChecks>[0]): number =>
        targetChecks(one, target).commands.join("\n").length;
      assert.ok(length(of) - length(sampleEvidence(shape(3, 1))) < 500, target);
    }
    // What a record has of a host: but for which user data each node is to have, no list grows with their number.
    const expected = large.controls.flatMap(({ checks }) =>
      checks.flatMap((check) =>
        check.by === "host" && "prints" in check.expect ? [[check.shows, check.expect.prints.length] as const] : [],
      ),
    );
    assert.deepEqual(
      expected.filter(([, length]) => length > 2048).map(([shows]) => shows),
      ["the user data is the one that was planned for the node", "this is a node that the report speaks of"],
    );
  });

  it("take no command longer than a shell takes", () => {
    const { controls } = assess(sampleEvidence(shape(100, 5)));
    for (const check of controls.flatMap(({ checks }) => checks))
      if (check.by !== "person") assert.ok(check.command.length < 100_000, `${check.command.length}: ${check.shows}`);
  });

  it("are told on a terminal in a line each", () => {
    const lines = shardsText(nodesSeen(large)).split("\n");
    assert.ok(lines.length <= 206, `${lines.length} lines`);
    for (const line of lines) assert.ok(line.length <= 100, line);
  });
});
