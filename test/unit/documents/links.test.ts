import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryRoot } from "../../../lab/stateFolder.js";

/** The anchors that GitHub gives the headings of a page. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}

/** The links of a page that lead nowhere, of those to files and headings of the repository. */
function broken(file: string, markdown: string): string[] {
  const prose = markdown.replace(/```.*?```/gs, "").replace(/`[^`\n]*`/g, "");
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? file : join(dirname(file), path);
    const whole = join(repositoryRoot, target);
    if (!existsSync(whole)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(whole, "utf8")).includes(anchor);
  });
}

describe("links between documents", () => {
  const inFolder = (folder: string): string[] =>
    readdirSync(join(repositoryRoot, folder)).flatMap((name) => (name.endsWith(".md") ? [join(folder, name)] : []));
  const examples = readdirSync(join(repositoryRoot, "examples")).map((name) => join("examples", name, "README.md"));
  const pages = [
    ...inFolder("."),
    ...inFolder("docs"),
    ...examples.filter((page) => existsSync(join(repositoryRoot, page))),
  ];

  for (const page of pages) {
    it(`of ${page} lead to a file, and to a heading in it`, () => {
      assert.deepEqual(broken(page, readFileSync(join(repositoryRoot, page), "utf8")), []);
    });
  }

  it("that are broken are told, others are not", () => {
    const found = (link: string): string[] => broken("docs/page.md", `# A heading, here\n\n[text](${link})`);
    assert.deepEqual(found("none.md"), ["none.md"]);
    assert.deepEqual(found("../README.md#none"), ["../README.md#none"]);
    assert.deepEqual(found("../README.md#quickstart"), []);
    assert.deepEqual(found("https://example.com/none"), []);
  });
});
