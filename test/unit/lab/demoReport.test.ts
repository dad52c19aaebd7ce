import assert from "node:assert/strict";
import { attemptsSummary, everyAttempt, type Attempts } from "../../../lab/demo/attempts.js";
import { columnsOf, inColumns, shellWord, wrap } from "../../../lab/demo/layout.js";
import { report, type Reported } from "../../../lab/demo/report.js";
import type { Result } from "../../../lab/scenario/runSuite.js";
import { repositoryRoot } from "../../../lab/stateFolder.js";

const tried = (what: string, refused = true): Result => ({
  attack: {
    who: "a stranger",
    from: "the app subnet",
    what,
    refusal: /refused/,
    attempt: () => Promise.resolve(""),
    controlCase: { what: "", success: /PONG/, attempt: () => Promise.resolve("") },
  },
  cameBack: refused ? "Connection refused" : "+PONG",
  refused,
  wallMs: 1,
});
const suites: readonly Attempts[] = [
  { title: "Network", results: [tried("scan all ports of the node, and look for one that answers"), tried("knock")] },
  { title: "Slow ones", results: [] },
];
const withOneThrough: readonly Attempts[] = [...suites, { title: "SSH", results: [tried("sign in", false)] }];

describe("what the demo prints", () => {
  it("is broken at spaces, with no word cut", () => {
    assert.equal(wrap("one two three", 7), "one two\nthree");
    assert.equal(wrap("  a averylongword b ", 5, "  "), "  a\n  averylongword\n  b");
  });

  it("has two columns where there is room for both, else one below the other", () => {
    const rows = [
      ["aws:ec2/vpc:Vpc", "clinic"],
      ["short", "one two three four five six seven eight"],
    ] as const;
    assert.deepEqual(inColumns(rows, 52).split("\n"), [
      "  aws:ec2/vpc:Vpc  clinic",
      "  short            one two three four five six seven",
      "                   eight",
    ]);
    assert.deepEqual(inColumns(rows, 40).split("\n"), [
      "  aws:ec2/vpc:Vpc",
      "      clinic",
      "  short",
      "      one two three four five six seven",
      "      eight",
    ]);
  });

  it("is as wide as the terminal, and 80 columns where there is none", () => {
    assert.deepEqual([columnsOf({ columns: 132 }), columnsOf({}), columnsOf({ columns: 0 })], [132, 80, 80]);
  });

  it("quotes a path for a shell only where that is needed", () => {
    assert.deepEqual(["/a/b-c", "/a b", "/it's"].map(shellWord), ["/a/b-c", "'/a b'", String.raw`'/it'\''s'`]);
  });

  it("counts the attempts of each suite, and shows in full those that got through", () => {
    assert.equal(attemptsSummary(suites, 80, false), "  Network  2 refused\nAll 2 attempts were refused.");
    assert.deepEqual(attemptsSummary(withOneThrough, 80, false).split("\n"), [
      "  Network  2 refused",
      "  SSH      0 refused, 1 SUCCEEDED",
      "  SUCCEEDED: a stranger (the app subnet): sign in",
      "      came back: +PONG",
      "1 of 3 attempts SUCCEEDED: this cache is not safe.",
    ]);
  });

  it("shows every attempt where that is asked for, as the file beside the report does", () => {
    const all = everyAttempt(withOneThrough, 60);
    assert.deepEqual(all.split("\n").slice(0, 4), [
      "Network: 2 refused",
      "  refused: a stranger (the app subnet): scan all ports of",
      "    the node, and look for one that answers",
      "      came back: Connection refused",
    ]);
    assert.ok(!all.includes("Slow ones"));
    assert.ok(attemptsSummary(withOneThrough, 60, true).startsWith(all));
  });

  const patients = { written: 1000, readBack: 1000, bytes: 5, writeMilliseconds: 1234, readMilliseconds: 1234 };
  const result: Reported = {
    engine: "redis",
    attempts: withOneThrough,
    attemptsFile: "/report/attempts.txt",
    environmentFile: "/lab/env.sh",
    patients: JSON.stringify(patients),
    verifications: [],
    reportFiles: ["/report/report.md"],
    hosts: { all: [{ name: "web", liveRootFolder: "/proc/42/root" }] },
  };

  it("fits 80 columns, and has commands that work from any folder", () => {
    const type = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    const resources = [1, 2, 3, 4].map((number) => ({ type, name: `sessions-clients-${number}` }));
    const text = report(result, resources, { columns: 80, verbose: false });
    const root = shellWord(repositoryRoot);
    assert.ok(text.includes(`  . /lab/env.sh && pulumi --cwd ${root} stack --stack demo\n`));
    assert.ok(text.includes(`  npm --prefix ${root} run demo -- --down\n`));
    assert.ok(text.includes("  nsenter -t 42 -a bash\n"));
    assert.ok(text.endsWith("stays after --down:\n  /report/report.md"));
    assert.match(text, /1000 records written in \d+ ms, 1000 read back as they went/);
    assert.ok(text.includes(`  ${type}\n      sessions-clients-1, sessions-clients-2, sessions-clients-3,\n`));
    for (const line of text.split("\n").filter((each) => !each.includes(root))) assert.ok(line.length <= 80, line);
  });

  it("names what holds the values as it is", () => {
    for (const [engine, there, notThere] of [
      ["redis", "systemd, Redis,", "Valkey"],
      ["valkey", "systemd, Valkey,", "Redis"],
    ] as const) {
      const text = report({ ...result, engine }, [], { columns: 200, verbose: false });
      assert.ok(text.includes(there), text);
      assert.ok(!text.includes(notThere), text);
    }
  });

  const takeover = {
    before: "sessions-0",
    after: "sessions-2",
    ofShard: false,
    operations: 412,
    failures: [
      { millisecondsAfterKill: 12, milliseconds: 401 },
      { millisecondsAfterKill: 32, milliseconds: 399 },
      { millisecondsAfterKill: 52, milliseconds: 1 },
    ],
    silentMilliseconds: 3456,
    patients: JSON.stringify({ ...patients, written: 0 }),
  };
  const ofSeveralNodes = (change: Partial<typeof takeover> = {}, verbose = false): string =>
    report({ ...result, attempts: [], attemptsFile: undefined, takeover: { ...takeover, ...change } }, [], {
      columns: 80,
      verbose,
    });

  it("tells with replicas which node took over, and without them of no such thing", () => {
    const text = ofSeveralNodes();
    assert.match(
      text.replaceAll(/\s+/g, " "),
      /sessions-0 was the primary, .* sessions-2 took over: for 3456 ms .* 3 of its 412 operations .* All 1000 records/,
    );
    assert.doesNotMatch(text, /Attempts that must fail/);
    assert.doesNotMatch(report(result, [], { columns: 80, verbose: false }), /took over/);
    for (const line of text.split("\n").filter((each) => !each.includes(repositoryRoot)))
      assert.ok(line.length <= 80, line);
  });

  it("tells with shards that it was one of them", () => {
    const text = ofSeveralNodes({ before: "sessions-1-0", after: "sessions-1-1", ofShard: true });
    assert.match(text, /^When a shard's primary is away:$/m);
    assert.match(
      text.replaceAll(/\s+/g, " "),
      /sessions-1-0 was the primary of the shard .* sessions-1-1 took over: .* All 1000 records, of all shards, were still there/,
    );
  });

  it("shows each operation that failed where that is asked for, and else how many did", () => {
    const line = "  failed: begun 32 ms after the kill, told after 399 ms";
    assert.ok(ofSeveralNodes({}, true).split("\n").includes(line));
    assert.equal(ofSeveralNodes({}, true).match(/ {2}failed: /g)?.length, 3);
    assert.doesNotMatch(ofSeveralNodes(), / {2}failed: /);
  });
});
