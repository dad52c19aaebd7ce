import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "puppeteer-core";
import { repositoryRoot, stateFolder } from "../../lab/stateFolder.js";
import { writeEvidence } from "../../src/evidence/index.js";
import { sampleEvidence } from "../support/sample.js";
import { openBrowser } from "./browser.js";

/** Runs in the page. */
interface Seen {
  readonly title: string;
  readonly heading: string;
  readonly background: string;
  readonly ink: string;
  readonly map: { readonly width: number; readonly height: number; readonly arrows: number };
  readonly tables: number;
  readonly overflowing: string[];
}

const look = `(() => {
  const svg = document.querySelector("svg.network-map");
  const box = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll("rect")].map((rect) => rect.getBoundingClientRect());
  const inSomeBox = (text) => {
    const t = text.getBoundingClientRect();
    return boxes.some((b) => t.left >= b.left && t.right <= b.right && t.top >= b.top && t.bottom <= b.bottom);
  };
  return {
    title: document.title,
    heading: document.querySelector("h1").textContent,
    background: getComputedStyle(document.body).backgroundColor,
    ink: getComputedStyle(svg.querySelector("text")).fill,
    map: { width: box.width, height: box.height, arrows: svg.querySelectorAll("path.flow").length },
    tables: document.querySelectorAll("table").length,
    overflowing: [...svg.querySelectorAll("text.title, rect ~ text.small:not([text-anchor])")]
      .filter((text) => !inSomeBox(text)).map((text) => text.textContent),
  };
})()`;

/** docs/report.png: the first page of the report, to its second heading. */
async function pictureForDocs(page: Page): Promise<void> {
  const end = await page.$eval("main h2:nth-of-type(2)", (heading) => heading.getBoundingClientRect().top);
  const clip = { x: 0, y: 0, width: 1200, height: Math.floor(end) - 20 };
  await page.screenshot({ path: join(repositoryRoot, "docs/report.png"), clip });
}

describe("the report in a real browser", () => {
  let browser: Browser;
  let file: string;
  before(async () => {
    const shape = { clients: ["web", "worker"], allowScripting: true };
    file = writeEvidence(stateFolder("evidence-test"), sampleEvidence(shape))[0] ?? "";
    browser = await openBrowser();
  });
  after(() => browser.close());

  const open = async (scheme: "light" | "dark"): Promise<{ page: Page; faults: string[] }> => {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => faults.push(message.text()));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) faults.push(request.url());
    });
    await page.setViewport({ width: 1200, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(pathToFileURL(file).href);
    return { page, faults };
  };

  for (const [scheme, background, ink] of [
    ["light", "rgb(255, 255, 255)", "rgb(27, 39, 51)"],
    ["dark", "rgb(15, 22, 29)", "rgb(230, 237, 243)"],
  ] as const) {
    it(`shows title, map and tables in ${scheme}, without an error and without asking the network`, async () => {
      const { page, faults } = await open(scheme);
      const seen = (await page.evaluate(look)) as Seen;
      await page.screenshot({ path: join(file, "..", `${scheme}.png`) });
      if (scheme === "light" && process.env.UPDATE_DOCS === "1") await pictureForDocs(page);
      assert.deepEqual(faults, []);
      assert.equal(seen.title, "Security of the Redis cache “sessions”");
      assert.equal(seen.heading, seen.title);
      assert.deepEqual([seen.background, seen.ink], [background, ink]);
      assert.ok(seen.map.width > 600 && seen.map.height > 150, JSON.stringify(seen.map));
      assert.equal(seen.map.arrows, 4);
      assert.ok(seen.tables > 7, String(seen.tables));
      assert.deepEqual(seen.overflowing, []);
    });
  }

  it("is black on white on paper, whatever the screen, with the summary on the first page", async () => {
    const { page } = await open("dark");
    await page.emulateMediaType("print");
    const { background, ink } = (await page.evaluate(look)) as Seen;
    assert.deepEqual([background, ink], ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
    // A4 at 96 dots an inch, less the margins of the report's style.
    await page.setViewport({ width: 687, height: 1024 });
    const next = await page.$eval("main h2:nth-of-type(2)", (heading) => heading.getBoundingClientRect().top);
    assert.ok(next <= 1024, `the summary ends at ${next}`);
  });

  it("can be read on a telephone: the page itself does not scroll sideways", async () => {
    const { page } = await open("light");
    await page.setViewport({ width: 390, height: 800 });
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390);
  });
});
