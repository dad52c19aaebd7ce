import assert from "node:assert/strict";
import { assess, type Assessment } from "../../../src/evidence/assess.js";
import { contradictions } from "../../../src/evidence/contradictions.js";
import { flowInWords } from "../../../src/evidence/flowsInWords.js";
import { evidenceHtml, evidenceMarkdown } from "../../../src/evidence/index.js";
import { parseEvidence } from "../../../src/evidence/parse.js";
import { roleShown } from "../../../src/evidence/replicationChecks.js";
import { rolesInWords, rolesSeen } from "../../../src/evidence/rolesSeen.js";
import { assetSheet, population } from "../../../src/evidence/sheets/assets.js";
import { verificationText } from "../../../src/verify/table.js";
import { problemOf, citations } from "../../support/citations.js";
import { replicated, sampleEvidence, threeZones } from "../../support/sample.js";
import { evidenceOfAws, looksAtNodes, now, withFinding } from "./heldRecord.js";

const evidence = evidenceOfAws(replicated());

const { lookedAt, assessed } = looksAtNodes(evidence, roleShown);

describe("the evidence of a cache with replicas", () => {
  for (const replicas of [2, 3, 5])
    it(`is what its arguments plan, without a contradiction: ${replicas}`, () => {
      const of = sampleEvidence(replicated(replicas));
      assert.deepEqual(contradictions(of), []);
      assert.equal(of.deployed.nodes.length, replicas + 1);
    });

  it("is refused where a node is missing, or is somewhere else", () => {
    const { deployed } = evidence;
    const [first, ...others] = deployed.nodes;
    assert.ok(first);
    const having = (nodes: typeof deployed.nodes): object => ({ ...evidence, deployed: { ...deployed, nodes } });
    assert.doesNotThrow(() => parseEvidence(evidence));
    assert.throws(() => parseEvidence(having([first])), /deployed\.nodes: got nothing of sessions-1, sessions-2/);
    assert.throws(() => parseEvidence(having([{ ...first, privateIp: "10.0.0.9" }, ...others])), /it is 10\.0\.0\.100/);
  });

  it("tells flows among nodes by networks and by the cache's own group, in both directions", () => {
    const { plan, evidence: of } = assessed();
    const words = plan.flows.filter(({ amongNodes }) => amongNodes).map((flow) => flowInWords(flow, of.deployed));
    const networks = threeZones.map(({ cidrBlock }) => cidrBlock).join(", ");
    assert.deepEqual(
      [words[0], words[2]],
      ["from", "to"].map(
        (way) =>
          `Replicas copy the primary through the tunnel, and Sentinels watch each Redis: TCP 6380 ${way} ${networks}, and only ${way} the security groups the cache's own (sg-0123456789abcdef0).`,
      ),
    );
    assert.equal(words.length, 4);
  });
});

describe("the report of a cache with replicas", () => {
  it("has the control that one node alone has not, and cites the law as it is", () => {
    const ids = ({ controls }: Assessment): string[] => controls.map(({ id }) => id);
    const alone = ids(assess(sampleEvidence()));
    assert.deepEqual(ids(assessed()), [...alone, "failover"]);
    const text = JSON.stringify(assessed().controls);
    assert.deepEqual(
      citations(text).flatMap((one) => problemOf(one) ?? []),
      [],
    );
  });

  it("says nowhere that Redis has no network, or that the cache is one node", () => {
    const text = evidenceMarkdown(assessed(), { date: now });
    assert.doesNotMatch(text, /has no network|no network at all|one-node|PrivateNetwork/);
    assert.match(evidenceMarkdown(assess(sampleEvidence()), { date: now }), /no network at all/);
  });

  it("lists the nodes with zone, address and Sentinel, in Markdown and in HTML", () => {
    const of = assess(sampleEvidence(replicated(3)));
    const markdown = evidenceMarkdown(of, { date: now });
    assert.ok(markdown.includes("| sessions-0 | us-east-1a | 10.0.0.100 | 127.82.0.1 | port 26379 | not looked at |"));
    assert.ok(markdown.includes("| sessions-3 | us-east-1a | 10.0.0.101 | 127.82.0.4 | none | not looked at |"));
    const html = evidenceHtml(of, { date: now });
    assert.match(html, /<td>sessions-3<\/td>/);
    assert.doesNotMatch(html, /undefined|\[object/);
    assert.doesNotMatch(evidenceMarkdown(assess(sampleEvidence()), { date: now }), /## Nodes/);
  });

  it("names the zone that holds a majority as a deviation, and the control as weakened", () => {
    const { controls, deviations } = assess(sampleEvidence({ ...replicated(), subnets: threeZones.slice(0, 2) }));
    assert.deepEqual(
      deviations.map(({ argument, control }) => [argument, control]),
      [["subnets", "failover"]],
    );
    assert.equal(controls.find(({ id }) => id === "failover")?.status, "weakened");
    assert.equal(assessed().controls.find(({ id }) => id === "failover")?.designed, "met");
  });

  it("says who was the primary when each node was looked at last, by the nodes' names", () => {
    const of = assessed(
      lookedAt(0, "primary, as the Sentinels say"),
      lookedAt(0, "replica of 127.82.0.2, as the Sentinels say", "2026-11-21T00:00:00.000Z"),
      lookedAt(1, "primary, as the Sentinels say", "2026-11-21T00:00:00.000Z"),
    );
    assert.deepEqual(
      rolesSeen(of).map(({ name, role }) => [name, role]),
      [
        ["sessions-0", "replica of sessions-1, as the Sentinels say"],
        ["sessions-1", "primary, as the Sentinels say"],
        ["sessions-2", undefined],
      ],
    );
    assert.equal(
      rolesInWords(rolesSeen(of)),
      "sessions-0: replica of sessions-1, as the Sentinels say; sessions-1: primary, as the Sentinels say; sessions-2: not looked at",
    );
    const markdown = evidenceMarkdown(of, { date: now });
    assert.match(markdown, /\| sessions-1 .* \| primary, as the Sentinels say \(2026-11-21 00:00 UTC\) \|/);
  });

  it("names the node's role to who has looked at it, and nothing where it is not what the Sentinels say", () => {
    const record = lookedAt(0, "primary, as the Sentinels say");
    assert.match(verificationText(record), /\nAmong the cache's nodes it is: primary, as the Sentinels say\.\n/);
    const other = withFinding(record, "failover", roleShown, "primary, but the Sentinels name 127.82.0.2");
    assert.doesNotMatch(verificationText(other), /Among the cache's nodes/);
  });

  it("counts a control as looked at once every node was, and says how many of how many", () => {
    const one = assessed(lookedAt(0, "primary, as the Sentinels say"));
    const all = assessed(...[0, 1, 2].map((index) => lookedAt(index, "x")));
    const nodes = (of: Assessment): unknown => population(of).rows[0];
    assert.deepEqual([one.coverage.nodes.seen, one.coverage.nodes.unseen], [1, ["sessions-1", "sessions-2"]]);
    assert.deepEqual(nodes(one), {
      population: "nodes",
      looked: "1",
      of: "3",
      notLooked: "sessions-1, sessions-2",
      knownFrom: "the evidence",
    });
    const statusOf = ({ controls }: Assessment): unknown => controls.find(({ id }) => id === "failover")?.status;
    assert.notEqual(statusOf(one), "met");
    assert.equal(statusOf(all), "met");
  });

  it("has each Sentinel among the assets, looked at with its node", () => {
    const rows = assetSheet(assessed(lookedAt(1, "x"))).rows.filter(({ kind }) => kind === "Sentinel");
    assert.deepEqual(
      rows.map(({ name, identifier, lookedAt }) => [name, identifier, lookedAt]),
      [
        ["sessions-0", "127.82.0.1:26379", "not looked at"],
        ["sessions-1", "127.82.0.2:26379", "2026-11-20"],
        ["sessions-2", "127.82.0.3:26379", "not looked at"],
      ],
    );
  });
});
