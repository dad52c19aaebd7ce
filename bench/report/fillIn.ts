import { readFileSync, writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { wrap } from "../../lab/demo/layout.js";

/** As wide as prose is in the documents. */
const columns = 140;

/** Replaces what stands between the two marks of a page, so that prose written by hand stays around it. */
export async function fillIn(file: string, lines: readonly string[]): Promise<void> {
  const [begin, end] = ["<!-- written by the bench -->", "<!-- by hand again -->"];
  const [before, , after, ...more] = readFileSync(file, "utf8").split(new RegExp(`(?<=${begin})|(?=${end})`));
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${file} must have the marks "${begin}" and "${end}", once each and in this order.`);
  }
  await writePage(file, [before, "", ...lines.map(inLines), "", after].join("\n"));
}

/** Writes a page that a run has made whole, as it would be written by hand. */
export async function writeWhole(file: string, lines: readonly string[]): Promise<void> {
  await writePage(file, lines.map(inLines).join("\n"));
}

async function writePage(file: string, text: string): Promise<void> {
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

/** Prose is broken; tables, pictures and lists stay as they are. */
function inLines(text: string): string {
  return /^[A-Z]/.test(text) ? wrap(text, columns) : text;
}
