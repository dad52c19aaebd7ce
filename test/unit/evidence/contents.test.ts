import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { evidenceNetworkMap } from "../../../src/evidence/networkMap.js";
import { paragraph, table, type Block } from "../../../src/evidence/report/blocks.js";
import type { GivenRecord } from "../../../src/evidence/records.js";
import { proposedRule } from "../../../src/evidence/proposedRule.js";
import { contents } from "../../../src/evidence/report/contents.js";
import { assess } from "../../../src/evidence/assess.js";
import { sampleEvidence } from "../../support/sample.js";
import { evidenceOfAws, heldRecord, hosts, now, signed, withAttested, withFinding } from "./heldRecord.js";
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
      "3 Left open by default",
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

  it("say why ICMP comes in where somebody is outside of the VPC, and nothing of it otherwise", () => {
    const rows = (change: object): string[][] =>
      under(report(change), "Network").flatMap((block) =>
        block.kind === "table"
          ? block.rows.filter((row) => row.some((cell) => cell.includes("ICMP"))).map((row) => [...row])
          : [],
      );
    assert.deepEqual(rows({ appCidrBlocks: ["172.16.0.0/20"] }), [
      [
        "Routers on the way to networks outside of the VPC say how large a packet may be",
        "to the node",
        "ICMP 3/4",
        "0.0.0.0/0",
        "none named",
        "network ACL, security group",
      ],
    ]);
    assert.deepEqual(rows({}), []);
  });

  it("say that there is no deviation, or explain each", () => {
    assert.deepEqual(under(report(), "Deviations").slice(0, 1), [
      paragraph("None: no argument is weaker than the library's default."),
    ]);
    assert.deepEqual(under(report({ operatorIdleLogoffMinutes: 60 }), "Deviations").slice(0, 1), [
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

  it("say what is left open by default, if anything", () => {
    const [intro, rows] = under(report(), "Left open by default");
    assert.equal(intro?.kind, "paragraph");
    assert.deepEqual(rows?.kind === "table" && rows.rows.map(([name, here]) => [name, here]), [
      ["`httpsEgressCidrBlocks`", "0.0.0.0/0"],
      ["`clientSecurityGroups`", "whoever is in 10.0.16.0/20"],
      ["`bastionSecurityGroupIds`", "whoever is in 10.0.0.0/28"],
      ["`secretAdministratorArns`", "none: the account's IAM alone decides"],
      ["`one-node`", "1 node"],
    ]);
    const nothing = contents({ ...smallAssessment(), leftOpen: [] }, { date });
    assert.deepEqual(under(nothing, "Deviations").length, 1);
  });

  it("name each look at the running system, or how to take one", () => {
    assert.deepEqual(under(report(), "Verification"), [
      paragraph(
        "This report was written without a record of a verification that counts. `pulumi-hipaa-redis verify` checks whether what runs is what was planned, and writes a record to sign.",
      ),
    ]);
  });

  it("have a row for each record that counts, and one for each that does not, with the reasons", () => {
    const evidence = sampleEvidence();
    const node = withFinding(
      heldRecord(evidence, "cache", { place: "ssh ada@10.0.0.100" }),
      "tls",
      "Redis has no network",
    );
    const strange = heldRecord(evidence, "client", { host: "i-0d strange", date: "2026-11-21T23:59:58.000Z" });
    const billing = heldRecord(evidence, "cache", { cache: "billing" });
    const empty = heldRecord(evidence, "cache", { date: "2026-11-19T00:00:00.000Z", controls: [] });
    const verifications = [
      signed(node),
      signed(heldRecord(evidence, "client")),
      signed(strange),
      signed(empty),
      { name: "billing.json", record: billing, signature: { refused: "it is not signed" } },
    ];
    assert.deepEqual(under(report({}, { verifications }), "Verification"), [
      table(
        ["When", "What", "Where", "Signed by", "Findings"],
        [
          ["2026-11-20 00:00 UTC", "sessions-0", `${hosts.cache}, by ssh ada@10.0.0.100`, "ada", "tls"],
          ["2026-11-20 00:00 UTC", "the app host of web", `${hosts.client}, by a test`, "ada", "none"],
          [
            "2026-11-21 23:59 UTC",
            "a host that is no part of this cache: only its findings count",
            "i-0d strange, by a test",
            "ada",
            "none",
          ],
          ["2026-11-19 00:00 UTC", "sessions-0", `${hosts.cache}, by a test`, "ada", "nothing looked at"],
        ],
      ),
      paragraph("Records that were given, and change nothing:"),
      table(
        ["Record", "Why it does not count"],
        [["billing.json", "it is not signed; it is about the cache billing, not sessions"]],
      ),
    ]);
  });

  it("have a table of each kind of requirement", () => {
    assert.deepEqual(
      under(report(), "Requirements").filter(({ kind }) => kind === "table"),
      [
        table(
          ["Paragraph", "Title", "Kind", "Status", "Verified", "Controls"],
          [
            [
              "164.312(b)",
              "Audit",
              "standard",
              "designed; nothing verified; your organisation's part is missing: fourth",
              "nothing: 0 of 4 checks",
              "first, fourth",
            ],
          ],
        ),
        table(
          ["Demand", "Section", "Status", "Verified", "Controls"],
          [
            [
              "Lists",
              "The Network",
              "weakened by choice: second; your organisation's part is missing: second",
              "nothing: 0 of 1 checks",
              "second",
            ],
          ],
        ),
        table(
          ["Paragraph", "Asks for", "Status", "Verified", "Controls"],
          [
            ["proposed 164.312(i)", "Backup", "not applicable", "nothing: 0 of 0 checks", "third"],
            [
              "proposed 164.312(f)",
              "Factors",
              "for your organisation to do",
              "nothing: 0 of 0 checks",
              "fourth, fifth",
            ],
          ],
        ),
      ],
    );
  });

  it("have the other safeguards, with the title of each paragraph and what people have attested of them", () => {
    const evidence = evidenceOfAws();
    const words = "passed on 2026-11-02 by Ada: accepted on 2026-01-15";
    const record = withAttested(heldRecord(evidence, "cache", {}, true), "business-associate-agreement", words);
    const parts = (...verifications: GivenRecord[]): Block[] =>
      contents(assess(evidence, { date: now, verifications }), {});
    const contract = (blocks: Block[]): readonly string[] => {
      const [, rows] = under(blocks, "Other safeguards");
      return rows?.kind === "table" ? (rows.rows[0] ?? []) : [];
    };
    const shows = "The attestation of `business-associate-agreement`, which names the date.";
    const [name, paragraphs = "", , , shown] = contract(parts());
    assert.equal(name, "Contract with AWS");
    assert.match(paragraphs, /^164\.308\(b\)\(1\) Business associate contracts and other arrangements; 164\.308/);
    assert.equal(shown, shows);
    const attested = parts(signed(record));
    assert.equal(contract(attested).at(-1), `${shows} Attested (business-associate-agreement): ${words}.`);
    const told = (blocks: Block[]): unknown =>
      blocks.find((block) => isDeepStrictEqual(block, paragraph(`Attested: ${words}.`)));
    assert.ok(told(attested));
    // The control case: the same words that nobody has signed.
    const unsigned = parts({ ...signed(record), signature: { refused: "it is not signed" } });
    assert.equal(contract(unsigned).at(-1), shows);
    assert.equal(told(unsigned), undefined);
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
          ["`chrony`", "not asked for"],
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
