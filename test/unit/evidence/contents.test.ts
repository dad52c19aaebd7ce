import assert from "node:assert/strict";
import { evidenceNetworkMap } from "../../../src/evidence/networkMap.js";
import { paragraph, table } from "../../../src/evidence/report/blocks.js";
import { proposedRule } from "../../../src/evidence/proposedRule.js";
import { contents, type ReportOptions } from "../../../src/evidence/report/contents.js";
import { smallAssessment, smallControls } from "./smallAssessment.js";
import { date, report, under } from "./smallReport.js";

describe("the contents of a report", () => {
  it("are in this order, with a new page behind the summary and before the controls", () => {
    const outline = report().flatMap((block) => {
      if (block.kind === "heading") return [`${block.level} ${block.text}`];
      return block.kind === "page" || block.kind === "map" ? [block.kind] : [];
    });
    assert.deepEqual(outline, [
      "1 Security of the Redis cache “sessions”",
      "map",
      "2 Summary",
      "page",
      "2 Network",
      "2 Deviations",
      "2 Verification",
      "2 Requirements",
      "3 45 CFR 164.312, technical safeguards of the HIPAA Security Rule",
      "3 HIPAA, PHI, and Caching (2016)",
      "3 Where the Security Rule proposed in 2025 asks more (90 FR 898; not in force)",
      "2 Other safeguards",
      "2 Risks and mitigations",
      "2 Certificates",
      "2 Packages",
      "2 Assets",
      "page",
      "2 Controls",
      "3 First (first)",
      "3 Second (second)",
      "3 Third (third)",
      "3 The fourth (fourth)",
      "3 The fifth (fifth)",
    ]);
  });

  it("name every kind of traffic, what is asked of Amazon itself as well, and what judges each", () => {
    const groups = {
      appSecurityGroupIds: { web: "sg-1", jobs: "sg-2" },
      appCidrBlocks: ["10.0.16.0/20", "10.0.32.0/20"],
    };
    const [every, alone] = ["network ACL, security group, host firewall", "host firewall"];
    const fromNode = (reason: string, port: string, networks: string, judges: string): string[] => [
      reason,
      "from the node",
      port,
      networks,
      "none named",
      judges,
    ];
    assert.deepEqual(under(report(groups), "Network"), [
      paragraph(
        "This table has every kind of traffic that is allowed. Everything else is blocked. What a node asks of Amazon itself no network ACL and no security group can judge: its own firewall does.",
      ),
      table(
        ["Traffic", "Direction", "Port", "Networks", "Security groups", "Judged by"],
        [
          [
            "Application hosts reach Redis through the tunnel",
            "to the node",
            "TCP 6379",
            "10.0.16.0/20, 10.0.32.0/20",
            "web (sg-1), jobs (sg-2)",
            every,
          ],
          ["Operators sign in from the bastion hosts", "to the node", "TCP 22", "10.0.0.0/28", "none named", every],
          fromNode("Root on the node gets the credentials of its role", "TCP 80", "169.254.169.254", alone),
          fromNode(
            "The node finds Secrets Manager and Debian's mirrors by name",
            "TCP and UDP 53",
            "169.254.169.253, 10.0.0.2",
            alone,
          ),
          fromNode("The node's clock judges certificates", "UDP 123", "169.254.169.123", alone),
          fromNode("The node keeps its address", "UDP 67", "10.0.0.97", alone),
          fromNode("The node fetches its secret and Debian packages", "TCP 443", "0.0.0.0/0", every),
        ],
      ),
    ]);
  });

  it("say that there is no deviation, or explain each", () => {
    assert.deepEqual(under(report(), "Deviations"), [
      paragraph("None: no argument is weaker than the library's default."),
    ]);
    assert.deepEqual(under(report({ operatorIdleLogoffMinutes: 60 }), "Deviations"), [
      table(
        ["Argument", "Chosen", "Default", "What follows", "Control"],
        [
          [
            "`operatorIdleLogoffMinutes`",
            "60 minutes",
            "15 minutes",
            "A session that its operator has left stays open for longer.",
            "automatic-logoff",
          ],
        ],
      ),
    ]);
  });

  it("name each look at the running system, or how to take one", () => {
    assert.deepEqual(under(report(), "Verification"), [
      paragraph(
        "This report was written without a record of a verification. `pulumi-hipaa-redis verify` checks whether what runs is what was planned, and writes a record to sign.",
      ),
    ]);
    const judged = { cache: "sessions", evidenceSha256: "new" };
    const verifications = [
      {
        ...judged,
        date: "2026-11-21T23:59:58.000Z",
        target: "cache",
        place: "ssh ada@10.0.0.100",
        host: "i-0a node",
        findings: ["tls", "wall"],
      },
      {
        ...judged,
        evidenceSha256: "old",
        date: "2026-11-20T00:00:00Z",
        target: "client",
        place: "this machine",
        host: "a host",
        findings: [],
      },
      {
        ...judged,
        date: "2026-11-19T12:00:00+02:00",
        target: "aws",
        place: "this machine",
        host: "a host",
        findings: [],
      },
    ] as const;
    const shown = (first: string, second: string, third: string) => [
      table(
        ["When", "What", "Where", "Judged by", "Findings"],
        [
          ["2026-11-21 23:59 UTC", "the node", "i-0a node, by ssh ada@10.0.0.100", first, "tls, wall"],
          ["2026-11-20 00:00 UTC", "the app host", "a host, by this machine", second, "none"],
          ["2026-11-19 10:00 UTC", "AWS account", "a host, by this machine", third, "none"],
        ],
      ),
    ];
    const [own, another, unknown] = ["this report's evidence", "other evidence", "evidence that was not compared"];
    assert.deepEqual(
      under(report({}, { verifications, evidenceSha256: "new" }), "Verification"),
      shown(own, another, own),
    );
    assert.deepEqual(under(report({}, { verifications }), "Verification"), shown(unknown, unknown, unknown));
    const [first] = verifications;
    assert.throws(() => report({}, { verifications: [{ ...first, cache: "billing" }] }), {
      message:
        "verifications: the record of 2026-11-21T23:59:58.000Z (cache, i-0a node) is about the cache billing, but this is the report of sessions. Give records of this cache.",
    });
  });

  it("have a table of each kind of requirement", () => {
    assert.deepEqual(
      under(report(), "Requirements").filter(({ kind }) => kind === "table"),
      [
        table(
          ["Paragraph", "Title", "Kind", "Status", "Controls"],
          [["164.312(b)", "Audit", "standard", "met", "first, second"]],
        ),
        table(["Demand", "Section", "Status", "Controls"], [["Lists", "The Network", "weakened by choice", "second"]]),
        table(
          ["Paragraph", "Asks for", "Status", "Controls"],
          [
            ["proposed 164.312(i)", "Backup", "not applicable", "third"],
            ["proposed 164.312(f)", "Factors", "for your organisation to do", "fourth, fifth"],
          ],
        ),
      ],
    );
  });

  it("have the other safeguards, with the title of each paragraph and what people have attested of them", () => {
    const attested = { "business-associate-agreement": "passed on 2026-11-02 by Ada: accepted on 2026-01-15" };
    const of = (options: ReportOptions): readonly string[] => {
      const [, rows] = under(report({}, options), "Other safeguards");
      return rows?.kind === "table" ? (rows.rows[0] ?? []) : [];
    };
    const evidence = "The attestation of `business-associate-agreement`, which names the date.";
    const [name, paragraphs = "", , , shown] = of({});
    assert.equal(name, "Contract with AWS");
    assert.match(paragraphs, /^164\.308\(b\)\(1\) Business associate contracts and other arrangements; 164\.308/);
    assert.equal(shown, evidence);
    const words = "Attested (business-associate-agreement): passed on 2026-11-02 by Ada: accepted on 2026-01-15.";
    assert.equal(of({ attested }).at(-1), `${evidence} ${words}`);
    const part = under(report({}, { attested: { first: "seen" } }), "Controls");
    assert.ok(part.some((block) => block.kind === "paragraph" && block.text === "Attested: seen."));
  });

  it("say what has become of the proposed rule", () => {
    const [status] = under(report(), "Where the Security Rule proposed in 2025 asks more (90 FR 898; not in force)");
    assert.deepEqual(status, paragraph(proposedRule.status));
  });

  it("have the risk of every control", () => {
    assert.deepEqual(under(report(), "Risks and mitigations"), [
      table(
        ["Control", "What remains", "What to do about it"],
        smallControls.map(({ title, risk }) => [title, risk.remains, risk.mitigation]),
      ),
    ]);
  });

  it("have certificates, packages and assets", () => {
    const dates = ["2026-11-01T00:00:00Z", "2027-01-30T00:00:00Z"];
    const assessment = smallAssessment();
    const { libraryVersion } = assessment.evidence;
    const blocks = contents(assessment, { date, packageVersions: { jq: "1.6-2.1", nginx: "1" } });
    assert.deepEqual(under(blocks, "Certificates"), [
      table(
        ["Certificate", "Valid from", "Valid until"],
        ["sessions-ca-1", "sessions-ca-2", "sessions-0-server", "sessions-client-web"].map((name) => [name, ...dates]),
      ),
    ]);
    const unknown = ["redis-server", "unattended-upgrades"].map((name) => [`\`${name}\``, "not asked for"]);
    assert.deepEqual(under(blocks, "Packages"), [
      paragraph(
        `What a node has besides Debian's own image; pulumi-hipaa-redis ${libraryVersion} put it there. Every package with its version is in each node's journal: \`journalctl -u hipaa-redis-packages.service\`.`,
      ),
      table(
        ["Package", "Version when this was written"],
        [
          ["`awscli`", "not asked for"],
          ["`haproxy`", "not asked for"],
          ["`jq`", "1.6-2.1"],
          ["`nftables`", "not asked for"],
          ...unknown,
        ],
      ),
    ]);
    assert.deepEqual(under(blocks, "Assets"), [
      table(["Kind", "Name", "Identifier", "Where"], [["node", "sessions-0", "`i-1`", "10.0.0.100"]]),
    ]);
  });

  it("have the network map", () => {
    const svg = evidenceNetworkMap(smallAssessment());
    assert.ok(report().some((block) => block.kind === "map" && block.svg === svg));
  });
});
