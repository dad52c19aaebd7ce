import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../lab/stateFolder.js";
import { assess } from "../../../src/evidence/assess.js";
import { controls } from "../../../src/evidence/controls/index.js";
import { otherSafeguards } from "../../../src/evidence/otherSafeguards.js";
import type { Control } from "../../../src/evidence/control.js";
import { proposedRequirements, proposedRule, type ProposedId } from "../../../src/evidence/proposedRule.js";
import {
  paragraphOf,
  paragraphs,
  sources,
  type AddressableId,
  type ParagraphId,
} from "../../../src/evidence/regulation.js";
import { rules } from "../../../src/policy/rules.js";
import { sampleEvidence } from "../../support/sample.js";
import { citations, problemOf } from "../../support/citations.js";

/** The issue's own list of what had been read wrongly: a paragraph that has nothing to say to a cache, a volume or a rotation. */
const aboutOthers = ["164.310(b)", "164.308(a)(4)(ii)(A)"];

function files(folder: string, ending: RegExp): string[] {
  return readdirSync(join(repositoryRoot, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => join(folder, name));
}

const pages = [
  ...files("src", /\.(ts|sh)$/),
  ...files("docs", /\.md$/),
  ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"],
];

function problems(text: string): string[] {
  return citations(text).flatMap((citation) => problemOf(citation) ?? []);
}

describe("the list of paragraphs", () => {
  it("has each once, in the CFR's order, with the source of its section", () => {
    const ids = paragraphs.map(({ id }) => id);
    assert.deepEqual([...new Set(ids)], ids);
    assert.deepEqual([...new Set(ids.map((id) => id.slice(0, 7)))], Object.keys(sources).sort());
  });

  it("has as many of each kind as Appendix A to Subpart C, for the technical safeguards", () => {
    const kinds = paragraphs.filter(({ id }) => id.startsWith("164.312(")).map(({ kind }) => kind);
    assert.deepEqual(
      (["standard", "Required", "Addressable"] as const).map((kind) => kinds.filter((one) => one === kind).length),
      [5, 2, 5],
    );
    assert.equal(paragraphOf("164.310(b)").title, "Workstation use");
  });

  it("is all that sources, pages and comments cite, with no other paragraph's title beside", () => {
    const wrong = pages.flatMap((page) =>
      problems(readFileSync(join(repositoryRoot, page), "utf8")).map((problem) => `${page}: ${problem}`),
    );
    assert.deepEqual(wrong, []);
  });

  it("has what docs/hardening.md cites for short, by the letters of 164.312", () => {
    const page = readFileSync(join(repositoryRoot, "docs/hardening.md"), "utf8");
    const whole = page.replaceAll(/\b(For|and) (?=\([a-e]\))/g, "$1 164.312");
    assert.ok(citations(whole).length > citations(page).length + 5);
    assert.deepEqual(problems(whole), []);
  });

  it("is all that the whole report cites", () => {
    assert.deepEqual(problems(JSON.stringify([assess(sampleEvidence()).controls, otherSafeguards])), []);
  });

  it("finds what is none, and a wrong title, wherever they stand", () => {
    const wrong: readonly [string, string][] = [
      ["see 45 CFR 164.312(z).", "164.312(z) is not in the list"],
      ["(45 CFR 164.310(b), workstation security)", "164.310(b) is workstation use, not workstation security"],
      ["| 164.308(a)(8) | Evaluation |\n| 164.312(b) | Integrity |", "164.312(b) is audit controls, not integrity"],
      [" * For 45 CFR\n * 164.312(a)(2)(iii)\n * encryption", "164.312(a)(2)(iii) is automatic logoff, not encryption"],
      [
        '{ id: "164.312(e)(2)(ii)", title: "Encryption and decryption" }',
        "164.312(e)(2)(ii) is encryption, not encryption and decryption",
      ],
      ["proposed 164.312(z)", "proposed 164.312(z) is not in the list"],
    ];
    for (const [text, problem] of wrong) assert.deepEqual(problems(text), [problem]);
    const right = ["164.312, technical safeguards", "164.310(b), workstation use", "proposed 164.312(j)"];
    for (const text of right) assert.deepEqual(problems(text), [], text);
  });
});

describe("controls and policies", () => {
  const cited = [...controls, ...rules].flatMap(({ hipaa }) => hipaa);

  it("cite nothing that is about clearinghouses or workstations", () => {
    assert.deepEqual(
      aboutOthers.filter((id) => cited.some((one) => one === id)),
      [],
    );
  });

  it("cite the encryption of transmission for transmission alone, and password management for rotation", () => {
    assert.deepEqual(
      controls.flatMap(({ id, hipaa }) => (hipaa.some((one) => one === "164.312(e)(2)(ii)") ? [id] : [])),
      ["tls"],
    );
    assert.ok(rules.every(({ hipaa }) => !hipaa.includes("164.312(e)(2)(ii)")));
    const rotation = rules.find(({ name }) => name === "secret-rotation-enabled");
    assert.deepEqual(rotation?.hipaa, ["164.308(a)(5)(ii)(D)"]);
  });

  it("cite availability for limits, and evaluation for drift", () => {
    const hipaaOf = (id: string): unknown => controls.find((one) => one.id === id)?.hipaa;
    assert.deepEqual(hipaaOf("limits"), ["164.306(a)(1)"]);
    assert.deepEqual(hipaaOf("configuration-drift"), ["164.308(a)(8)"]);
  });

  it("are not applicable where no paragraph in force is behind them, and alternatives of addressable ones alone", () => {
    const assessed = assess(sampleEvidence()).controls;
    const of = (status: string): string[] => assessed.filter((one) => one.status === status).map(({ id }) => id);
    assert.deepEqual(of("not applicable"), ["log-in-attempts"]);
    assert.deepEqual(of("alternative"), ["integrity-mechanism"]);
    for (const { id, hipaa, status } of assessed) {
      if (status === "not applicable") assert.deepEqual(hipaa, [], id);
      if (status !== "alternative") continue;
      for (const one of hipaa) assert.equal(paragraphs.find((listed) => listed.id === one)?.kind, "Addressable", id);
    }
  });

  it("claim none of NIST's controls that nothing here meets", () => {
    const claimed = controls.flatMap(({ nist }) => nist);
    for (const id of ["PL-2", "RA-3", "RA-5", "CM-3", "MP-6", "AC-2", "CP-2"]) assert.ok(!claimed.includes(id), id);
    assert.ok(claimed.includes("CM-8"));
  });
});

/** What the compiler refuses: each of these is true, or this file does not compile. */
const refused: {
  readonly unknownParagraph: "164.310(z)" extends ParagraphId ? false : true;
  readonly proposedInForce: ProposedId extends ParagraphId ? false : true;
  readonly standardAsAddressable: "164.312(c)(1)" extends AddressableId ? false : true;
  readonly notApplicableByLaw: Extract<Control, { notApplicable: string }>["hipaa"] extends readonly [] ? true : false;
  readonly alternativeOfAStandard: Extract<Control, { alternative: object }>["hipaa"] extends readonly AddressableId[]
    ? true
    : false;
} = {
  unknownParagraph: true,
  proposedInForce: true,
  standardAsAddressable: true,
  notApplicableByLaw: true,
  alternativeOfAStandard: true,
};

describe("the types", () => {
  it("refuse a paragraph that is not listed, a standard that is not applicable, and an alternative of a standard", () => {
    assert.ok(Object.values(refused).every(Boolean));
  });
});

describe("the proposed rule", () => {
  it("has ids that say so, each once, and a status that is no law", () => {
    const ids = proposedRequirements.map(({ id }) => id);
    assert.deepEqual([...new Set(ids)], ids);
    for (const id of ids) assert.match(id, /^proposed 164\.3(08|12)\([a-j]\)/);
    assert.match(proposedRule.status, /not final.*July 2027/);
  });

  it("is listed on the page by those paragraphs whose number no quotation has shown", () => {
    const page = readFileSync(join(repositoryRoot, "docs/evidence.md"), "utf8");
    const listed = citations(page.slice(page.indexOf("read the rule yourself"))).map(({ id }) => id);
    assert.deepEqual(
      listed,
      proposedRequirements.filter(({ quoted }) => !quoted).map(({ id }) => id),
    );
  });
});

describe("the other safeguards", () => {
  it("have evidence that there is: controls of this report, and a part for the organisation and for the cache", () => {
    const ids: ReadonlySet<string> = new Set(controls.map(({ id }) => id));
    for (const { evidence, organisation, cache, paragraphs: cited } of otherSafeguards) {
      for (const text of [evidence, organisation, cache]) assert.match(text, /\S\.$/);
      for (const [, id = ""] of evidence.matchAll(/`([a-z-]+)`/g)) assert.ok(ids.has(id), id);
      for (const id of cited) assert.doesNotMatch(id, /^164\.312/);
    }
  });

  it("have what an auditor asks for besides the technical ones", () => {
    const listed: readonly string[] = otherSafeguards.flatMap(({ paragraphs: cited }) => cited);
    const asked = ["164.308(b)(1)", "164.308(a)(1)(ii)(A)", "164.308(a)(1)(ii)(B)", "164.308(a)(1)(ii)(D)"];
    asked.push("164.308(a)(4)(ii)(B)", "164.308(a)(3)(ii)(C)", "164.308(a)(5)(ii)(C)", "164.308(a)(6)(ii)");
    asked.push("164.308(a)(7)(i)", "164.308(a)(8)", "164.310(a)(1)", "164.310(d)(1)", "164.316(b)(2)(i)");
    assert.deepEqual(
      asked.filter((id) => !listed.includes(id)),
      [],
    );
  });
});
