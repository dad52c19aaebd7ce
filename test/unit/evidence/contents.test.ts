import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { evidenceNetworkMap } from "../../../src/evidence/networkMap.js";
import { contents } from "../../../src/evidence/report/contents.js";
import type { GivenRecord } from "../../../src/evidence/records.js";
import { evidenceDigest } from "../../../src/evidence/digest.js";
import { proposedRule } from "../../../src/evidence/proposedRule.js";
import { assess } from "../../../src/evidence/assess.js";
import { sampleEvidence } from "../../support/sample.js";
import { evidenceOfAws, heldRecord, hosts, now, signed, withAttested, withFinding } from "./heldRecord.js";
import { smallAssessment } from "./smallAssessment.js";
import { annexFile, annexOf, date, paragraph, report, reportOf, table, under, type PlainBlock } from "./smallReport.js";

function outline(blocks: readonly PlainBlock[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "heading") return [`${block.level} ${block.text}`];
    return block.kind === "map" ? [block.kind] : [];
  });
}

describe("the contents of a report", () => {
  it("are in this order", () => {
    assert.deepEqual(outline(report()), [
      "1 Security of the Redis cache “sessions”",
      "map",
      "2 Summary",
      "2 Network",
      "2 Deviations",
      "3 Left open by default",
      "2 Verification",
      "2 Technical safeguards of the HIPAA Security Rule (45 CFR 164.312)",
      "2 Other safeguards",
      "2 Controls",
      "3 First",
      "3 Second",
      "3 Third",
      "3 The fourth",
      "3 The fifth",
      "2 Approval",
    ]);
  });

  it("leave to the annex what only those need who check the report", () => {
    assert.deepEqual(outline(annexOf(smallAssessment())), [
      "1 Annex: security of the Redis cache “sessions”",
      "2 How each control is checked",
      "3 First (first)",
      "3 Second (second)",
      "3 Third (third)",
      "3 The fourth (fourth)",
      "3 The fifth (fifth)",
      "2 HIPAA, PHI, and Caching (2016)",
      "2 Where the Security Rule proposed in 2025 asks more (90 FR 898; not in force)",
      "2 Assets",
      "2 Certificates",
      "2 Key exchange with app hosts",
      "2 Packages",
    ]);
  });

  it("lead from each link to a place that there is", () => {
    const assessment = assess(sampleEvidence({ allowScripting: true }));
    const blocks = contents(assessment, { date, report: "report.html", annex: annexFile });
    const text = JSON.stringify(blocks);
    const ids = new Set([...text.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id));
    const links = [...text.matchAll(/"href":"#([^"]+)"/g)].map(([, id]) => id);
    assert.ok(links.length > 100);
    assert.deepEqual(
      links.filter((id) => !ids.has(id)),
      [],
    );
    // Every id in the library's own words is shown by its control's title.
    for (const { id } of assessment.controls)
      for (const bare of [`{"code":"${id}"}`, `(${id})`]) assert.ok(!text.includes(bare), bare);
  });

  it("name every kind of traffic, what is asked of Amazon itself as well, and what judges each", () => {
    const groups = {
      appSecurityGroupIds: { web: "sg-1", jobs: "sg-2" },
      appCidrBlocks: ["10.0.16.0/20", "10.0.32.0/20"],
    };
    const [every, alone] = ["network ACL, security group, host firewall", "host firewall"];
    const fromNode = (service: string, reason: string, port: string, networks: string, judges: string): string[] => [
      service,
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
        ["Service", "What for", "Direction", "Port", "Networks", "Security groups", "Judged by"],
        [
          [
            "Redis",
            "Application hosts reach Redis through the tunnel",
            "to the node",
            "TCP 6379",
            "10.0.16.0/20, 10.0.32.0/20",
            "web (sg-1), jobs (sg-2)",
            every,
          ],
          [
            "SSH",
            "Operators sign in from the bastion hosts",
            "to the node",
            "TCP 22",
            "10.0.0.0/28",
            "none named",
            every,
          ],
          fromNode(
            "Instance metadata",
            "Root on the node gets the credentials of its role",
            "TCP 80",
            "169.254.169.254",
            alone,
          ),
          fromNode(
            "DNS",
            "The node finds Secrets Manager and Debian's mirrors by name",
            "TCP and UDP 53",
            "169.254.169.253, 10.0.0.2",
            alone,
          ),
          fromNode("Time (NTP)", "The node's clock judges certificates", "UDP 123", "169.254.169.123", alone),
          fromNode("DHCP", "The node keeps its address", "UDP 67", "10.0.0.97", alone),
          fromNode("HTTPS", "The node fetches its secret and Debian packages", "TCP 443", "0.0.0.0/0", every),
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
        "Packet size (ICMP)",
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
    assert.deepEqual(
      under(reportOf(assess(sampleEvidence({ operatorIdleLogoffMinutes: 60 }))), "Deviations").slice(0, 1),
      [
        table(
          ["Risk", "Argument", "Chosen", "Default", "What follows", "Control"],
          [
            [
              "R1",
              "`operatorIdleLogoffMinutes`",
              "60 minutes",
              "15 minutes",
              "A session that its operator has left stays open for longer.",
              "Automatic logoff",
            ],
          ],
        ),
      ],
    );
  });

  it("say what is left open by default, if anything", () => {
    const [intro, rows] = under(reportOf(assess(sampleEvidence())), "Left open by default");
    assert.equal(intro?.kind, "paragraph");
    assert.deepEqual(rows?.kind === "table" && rows.rows.map(([number, name, here]) => [number, name, here]), [
      ["R1", "`httpsEgressCidrBlocks`", "0.0.0.0/0"],
      ["R2", "`clientSecurityGroups`", "whoever is in 10.0.16.0/20"],
      ["R3", "`bastionSecurityGroupIds`", "whoever is in 10.0.0.0/28"],
      ["R4", "`secretAdministratorArns`", "none: the account's IAM alone decides"],
      ["R5", "`one-node`", "1 node"],
    ]);
    const nothing = reportOf({ ...smallAssessment(), leftOpen: [] });
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
    assert.deepEqual(under(reportOf(assess(evidence, { date, verifications })), "Verification"), [
      table(
        ["When", "What", "Where", "Signed by", "Findings"],
        [
          [
            "2026-11-20 00:00 UTC",
            "sessions-0",
            `${hosts.cache}, by ssh ada@10.0.0.100`,
            "ada",
            "Encryption in transit",
          ],
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

  it("have each safeguard in force with its status, whose part is missing, and the controls by mark and title", () => {
    const head = ["Status", "Verified", "Controls that answer it"];
    const [legend, safeguards] = under(report(), "Technical safeguards of the HIPAA Security Rule (45 CFR 164.312)");
    assert.deepEqual(
      legend,
      paragraph(
        "Each is as good as the worst of the controls that answer it. ✓ met, ◐ partly met, ○ designed; nothing verified, ✗ not met, ! weakened by choice, – not applicable, ≈ documented alternative; not approved, → for your organisation to do.",
      ),
    );
    const missing = "your organisation's part is missing";
    assert.deepEqual(
      safeguards,
      table(
        ["Paragraph", ...head],
        [
          [
            "164.312(b) Audit (standard)",
            `designed; nothing verified; ${missing}`,
            "nothing: 0 of 4 checks",
            "○\u{a0}First; →\u{a0}The fourth",
          ],
        ],
      ),
    );
    const annex = annexOf(smallAssessment());
    assert.deepEqual(under(annex, "HIPAA, PHI, and Caching (2016)"), [
      legend,
      table(
        ["Demand", ...head],
        [["Lists (The Network)", `weakened by choice; ${missing}`, "nothing: 0 of 1 checks", "!\u{a0}Second"]],
      ),
    ]);
    assert.deepEqual(under(annex, "Where the Security Rule proposed in 2025 asks more (90 FR 898; not in force)"), [
      paragraph(proposedRule.status),
      table(
        ["Paragraph", ...head],
        [
          ["proposed 164.312(i) Backup", "not applicable", "nothing: 0 of 0 checks", "–\u{a0}Third"],
          [
            "proposed 164.312(f) Factors",
            "for your organisation to do",
            "nothing: 0 of 0 checks",
            "→\u{a0}The fourth; →\u{a0}The fifth",
          ],
        ],
      ),
    ]);
  });

  it("have the other safeguards, with the paragraphs and what people have attested of them", () => {
    const evidence = evidenceOfAws();
    const words = "passed on 2026-11-02 by Ada: accepted on 2026-01-15";
    const record = withAttested(heldRecord(evidence, "cache", {}, true), "business-associate-agreement", words);
    const parts = (...verifications: GivenRecord[]): PlainBlock[] =>
      reportOf(assess(evidence, { date: now, verifications }));
    const contract = (blocks: PlainBlock[]): readonly string[] => {
      const [, rows] = under(blocks, "Other safeguards");
      return rows?.kind === "table" ? (rows.rows[0] ?? []) : [];
    };
    const shows = "The attestation of Business associate agreement with AWS, which names the date.";
    const [name, paragraphs = "", , , shown] = contract(parts());
    assert.equal(name, "Contract with AWS");
    assert.equal(paragraphs, "164.308(b)(1), 164.308(b)(3), 164.314(a)(1)");
    assert.equal(shown, shows);
    const attested = parts(signed(record));
    assert.equal(contract(attested).at(-1), `${shows} Attested (Business associate agreement with AWS): ${words}.`);
    const told = (blocks: PlainBlock[]): unknown =>
      blocks.find((block) => isDeepStrictEqual(block, paragraph(`Attested: ${words}.`)));
    assert.ok(told(attested));
    // The control case: the same words that nobody has signed.
    const unsigned = parts({ ...signed(record), signature: { refused: "it is not signed" } });
    assert.equal(contract(unsigned).at(-1), shows);
    assert.equal(told(unsigned), undefined);
  });

  it("have certificates, packages and assets in the annex", () => {
    const dates = ["2026-11-01T00:00:00Z", "2027-01-30T00:00:00Z"];
    const assessment = smallAssessment();
    const { libraryVersion } = assessment.evidence;
    const blocks = annexOf(assessment, { packageVersions: { jq: "1.6-2.1", nginx: "1" } });
    assert.deepEqual(under(blocks, "Certificates"), [
      table(
        ["Certificate", "Valid from", "Valid until"],
        ["sessions-ca-1", "sessions-ca-2", "sessions-0-server", "sessions-client-web"].map((name) => [name, ...dates]),
      ),
    ]);
    const unknown = ["redis-server", "unattended-upgrades"].map((name) => [`\`${name}\``, "not looked at"]);
    assert.deepEqual(under(blocks, "Packages"), [
      paragraph(
        `What a node has besides Debian's own image; pulumi-hipaa-redis ${libraryVersion} put it there. Every package with its version is in each node's journal: \`journalctl -u hipaa-redis-packages.service\`.`,
      ),
      table(
        ["Package", "Version when somebody looked"],
        [
          ["`awscli`", "not looked at"],
          ["`chrony`", "not looked at"],
          ["`haproxy`", "not looked at"],
          ["`jq`", "1.6-2.1"],
          ["`nftables`", "not looked at"],
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

  it("have a block for signatures, for the report's own digest and for risks by number, and digests of what it rests on", () => {
    const evidence = sampleEvidence();
    const record = { ...signed(heldRecord(evidence, "cache"), "node.json"), sha256: "0b" };
    const acceptance = { holds: true, found: "accepted", until: "2027-11-02T00:00:00Z" };
    const acceptances = [
      { risk: "risk-one-node", chosen: "1 node", ...acceptance },
      { risk: "risk-tls", found: "accepted", holds: true },
      // The control cases: of another choice, and one that says no.
      { risk: "risk-httpsEgressCidrBlocks", chosen: "10.0.0.0/8", ...acceptance },
      { risk: "risk-wall", ...acceptance, holds: false },
    ];
    const assessment = assess(evidence, { date, verifications: [record], acceptances });
    const tls = 6 + assessment.controls.findIndex(({ id }) => id === "tls");
    const [people, byHand, , digests] = under(reportOf(assessment), "Approval");
    assert.deepEqual(
      people,
      table(
        ["", "Name", "Role", "Date", "Signature"],
        ["Prepared", "Reviewed", "Accepted"].map((step) => [step, "", "", "", ""]),
      ),
    );
    assert.deepEqual(byHand?.kind === "table" && byHand.rows, [
      ["SHA-256 of report.html, the file that is approved. SHA256SUMS, beside it, has it", ""],
      [`Risks accepted, of R1 to R${5 + assessment.controls.length}, by number`, ""],
      ["Risks that a signed decision accepts already (`--acceptances`)", `R5 until 2027-11-02, R${tls}`],
      ["Risks not accepted, by number, and what is done about each until when", ""],
    ]);
    assert.deepEqual(digests?.kind === "table" && digests.rows, [
      ["The evidence: its canonical JSON, as verify's records have it", `\`${evidenceDigest(evidence)}\``],
      ["The annex, report-annex.html", "`0a`"],
      ["The record node.json", "`0b`"],
    ]);
  });

  it("say in the annex which report it belongs to", () => {
    const [, belongs] = annexOf(smallAssessment());
    const { evidence } = smallAssessment();
    assert.deepEqual(
      belongs,
      paragraph(
        `This belongs to the report that pulumi-hipaa-redis ${evidence.libraryVersion} wrote on 2026-11-22 01:02 UTC, by the evidence with the SHA-256 \`${evidenceDigest(evidence)}\`.`,
      ),
    );
  });
});
