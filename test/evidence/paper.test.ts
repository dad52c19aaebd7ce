import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "puppeteer-core";
import { ensureDebianPackages } from "../../lab/prerequisites.js";
import { stateFolder } from "../../lab/stateFolder.js";
import { writeEvidence } from "../../src/evidence/index.js";
import { otherSafeguards } from "../../src/evidence/otherSafeguards.js";
import { sampleEvidence } from "../support/sample.js";
import { evidenceOfAws, heldRecord, now as date, signed, withFinding } from "../unit/evidence/heldRecord.js";
import { openBrowser } from "./browser.js";
import { dense, drawnText, endings, margin, overlapping, readPaper, type PaperPage } from "./paper.js";

/** As officers get it: no more pages than this for the quickstart. */
const mostPages = 12;

const quickstart = { operators: [], bastionCidrBlocks: [] };

const ofAws = evidenceOfAws(quickstart);
const everything = [heldRecord(ofAws, "cache", {}, true), heldRecord(ofAws, "client"), heldRecord(ofAws, "aws")];

const weak = evidenceOfAws({
  clients: ["web", "worker"],
  allowScripting: true,
  allowSharedTenancy: true,
  operatorIdleLogoffMinutes: 60,
  maxValueBytes: 64 * 1024 * 1024,
});
const found = withFinding(heldRecord(weak, "cache"), "tls", "Redis has no network", "lo eth0".repeat(20));

const kinds = [
  ["quickstart", sampleEvidence(quickstart), [], mostPages, "To attest:"],
  [
    "quickstart-verified",
    ofAws,
    everything.map((record, index) => signed(record, `record-${index}.json`)),
    mostPages,
    "Deviations from the safe defaults: none.",
  ],
  [
    "weakened",
    weak,
    [signed(found), signed(heldRecord(weak, "client", { cache: "billing" }), "billing.json")],
    14,
    "To attest:",
  ],
] as const;

/** Of the elements that have text of their own. */
const textsOfPage = `[...document.querySelectorAll("h1,h2,h3,p,li,td")].map((element) => element.textContent)`;
const headingsOfPage = `[...document.querySelectorAll("h1,h2,h3")].map((element) => element.textContent)`;

describe("the report on paper", () => {
  let browser: Browser;
  before(async () => {
    await ensureDebianPackages(["poppler-utils"]);
    browser = await openBrowser();
  });
  after(() => browser.close());

  for (const [kind, evidence, verifications, most, end] of kinds) {
    describe(`of ${kind}`, () => {
      const folder = join(stateFolder("evidence-test"), kind);
      const printed = new Map<string, { pages: PaperPage[]; texts: string[]; headings: string[]; drawn: string }>();

      before(async () => {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder, { recursive: true });
        writeEvidence(folder, evidence, { date, verifications });
        for (const name of ["report", "report-annex"]) printed.set(name, await print(join(folder, name)));
      });

      const print = async (file: string): Promise<NonNullable<ReturnType<typeof printed.get>>> => {
        const page = await browser.newPage();
        await page.goto(pathToFileURL(`${file}.html`).href);
        const pdf = `${file}.pdf`;
        await page.pdf({ path: pdf, preferCSSPageSize: true });
        const texts = (await page.evaluate(textsOfPage)) as string[];
        const headings = (await page.evaluate(headingsOfPage)) as string[];
        await page.close();
        const pages = await readPaper(pdf);
        const drawn = await drawnText(
          pdf,
          pages.map(({ foot }) => foot),
        );
        return { pages, texts, headings, drawn };
      };
      const report = (): PaperPage[] => printed.get("report")?.pages ?? [];
      const text = (page: PaperPage | undefined): string => (page?.words ?? []).map((word) => word.text).join(" ");

      it(`has at most ${most} pages of A4, with a summary on the first and the signatures on the last`, () => {
        const pages = report();
        assert.ok(pages.length > 5 && pages.length <= most, `${pages.length} pages`);
        for (const { width, height } of pages) assert.deepEqual([Math.round(width), Math.round(height)], [595, 842]);
        const says = (page: PaperPage | undefined, ...words: string[]): void => {
          for (const word of words) assert.ok(text(page).includes(word), `${word}: ${text(page)}`);
        };
        says(pages[0], "Security of the Redis cache", "Summary", "By design:", end);
        says(pages.at(-1), "Approval", "Prepared", "Reviewed", "Accepted", "SHA-256 of report.html", "Risks accepted");
      });

      it("says on each page which report it is of, and which page of how many", () => {
        const pages = report();
        pages.forEach(({ foot }, index) => {
          assert.equal(
            foot,
            `Report of the Redis cache sessions, 2026-11-22 01:02 UTC ${index + 1} of ${pages.length}`,
          );
        });
      });

      for (const name of ["report", "report-annex"]) {
        it(`has nothing in ${name} that is cut, lies on other words, or is lost`, () => {
          const { pages, texts, drawn } = printed.get(name) ?? assert.fail();
          for (const page of pages) {
            const beside = page.words.filter(({ left, right }) => left < margin - 1 || right > page.width - margin + 1);
            assert.deepEqual(beside, []);
            assert.deepEqual(overlapping(page), []);
          }
          assert.ok(texts.length > 100);
          assert.deepEqual(
            texts.filter((one) => !drawn.includes(dense(one))),
            [],
          );
        });

        it(`has no page in ${name} that is nearly empty, and none that ends with a heading`, () => {
          const { pages, headings } = printed.get(name) ?? assert.fail();
          const endsWithHeading = (words: PaperPage["words"]): boolean =>
            headings.some((heading) => endings(words).includes(dense(heading)));
          // The control case: the first page, were it to end somewhere else.
          const first = pages[0]?.words ?? [];
          assert.ok(first.some(({ bottom: cut }) => endsWithHeading(first.filter(({ bottom }) => bottom <= cut))));
          pages.forEach((page, index) => {
            const where = `page ${index + 1} of ${name}`;
            assert.ok(page.ink > 0.01, `${where} has ink on ${page.ink}`);
            for (const words of [page.words, page.words.filter(({ left }) => left < page.width / 2)])
              assert.ok(!endsWithHeading(words), `${where}: ${endings(words).join(" | ")}`);
          });
        });
      }

      it("keeps rows together, and repeats a table's head on each page", () => {
        const names = new Set(otherSafeguards.map((one) => one.name.split(" ")[0]));
        const pages = report().filter((page) => text(page).includes("What the cache contributes"));
        assert.ok(pages.length >= 1);
        const inTable = pages.flatMap(({ words }) => {
          const head = words.find(({ text: word }) => word === "Safeguard");
          assert.ok(head);
          return words.filter(({ left, top }) => Math.abs(left - head.left) < 1 && top > head.bottom).slice(0, 1);
        });
        for (const { text: first } of inTable) assert.ok(names.has(first), first);
      });
    });
  }
});
