import { execa } from "execa";
import { readFileSync, rmSync } from "node:fs";

/** A word on a page, in points from its left upper corner. */
export interface Word {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface PaperPage {
  readonly width: number;
  readonly height: number;
  /** Without the foot. */
  readonly words: readonly Word[];
  readonly foot: string;
  /** The share of it that is not white. */
  readonly ink: number;
}

/** The report's margins at left, right and below, in points. */
export const margin = (14 * 72) / 25.4;

/** What is on the pages of a PDF; beside it a picture of each is left for people, `page-01.png` and so on. */
export async function readPaper(pdf: string): Promise<PaperPage[]> {
  const pictures = pdf.replace(/\.pdf$/, "-page");
  await execa("pdftoppm", ["-r", "80", "-png", pdf, pictures]);
  const { stdout } = await execa("pdftotext", ["-bbox", pdf, "-"]);
  const shares = await inkOf(pdf);
  return [...stdout.matchAll(/<page width="([\d.]+)" height="([\d.]+)">(.*?)<\/page>/gs)].map(
    ([, width, height, body = ""], index) => {
      const page = { width: Number(width), height: Number(height) };
      const all = [...body.matchAll(wordElement)].map(readWord);
      const isFoot = ({ top }: Word): boolean => top > page.height - margin;
      const foot = all
        .filter(isFoot)
        .map(({ text }) => text)
        .join(" ");
      return { ...page, words: all.filter((word) => !isFoot(word)), foot, ink: shares[index] ?? 0 };
    },
  );
}

/** All text of a PDF without any white space, in the order in which it was drawn, and without the foot of each page. */
export async function drawnText(pdf: string, feet: readonly string[]): Promise<string> {
  const { stdout } = await execa("pdftotext", ["-raw", pdf, "-"]);
  // The number of a page is drawn before or behind the other half of its foot.
  const [numbers, titles] = [
    feet.map((foot) => /\d+ of \d+$/.exec(foot)?.[0] ?? ""),
    feet.map((foot) => foot.replace(/ \d+ of \d+$/, "")),
  ];
  return numbers.reduce((text, number, index) => {
    const [one, other] = [dense(number), dense(titles[index] ?? "")];
    return text.replace(`${one}${other}`, "").replace(`${other}${one}`, "");
  }, dense(stdout));
}

export function dense(text: string): string {
  return text.replaceAll(/\s/g, "");
}

const wordElement = /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/gs;

function readWord([, left, top, right, bottom, text = ""]: RegExpMatchArray): Word {
  return {
    text: text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
    left: Number(left),
    top: Number(top),
    right: Number(right),
    bottom: Number(bottom),
  };
}

/** Of each page, from pictures in grey (PGM). */
async function inkOf(pdf: string): Promise<number[]> {
  const prefix = pdf.replace(/\.pdf$/, "-grey");
  await execa("pdftoppm", ["-r", "40", "-gray", pdf, prefix]);
  const { stdout } = await execa("sh", ["-c", 'ls "$0"-*.pgm', prefix]);
  return stdout.split("\n").map((file) => {
    const bytes = readFileSync(file);
    rmSync(file);
    const [head = ""] = /^P5\s+\d+\s+\d+\s+\d+\s/.exec(bytes.subarray(0, 40).toString("latin1")) ?? [];
    const points = bytes.subarray(head.length);
    return points.filter((grey) => grey < 200).length / points.length;
  });
}

/** What a part of a page ends with, without its spaces: its last line, its last two, and its last three, as a heading may take. */
export function endings(words: readonly Word[]): string[] {
  const lines: Word[][] = [];
  for (const word of [...words].sort((one, other) => other.bottom - one.bottom)) {
    const line = lines.at(-1);
    if (line?.[0] !== undefined && line[0].bottom - word.bottom < 3) line.push(word);
    else if (lines.push([word]) > 3) break;
  }
  const texts = lines.map((line) => line.sort((one, other) => one.left - other.left).map(({ text }) => text));
  return [1, 2, 3].map((count) => dense(texts.slice(0, count).reverse().flat().join("")));
}

/** Words that lie on others: what does not fit its cell or its column. */
export function overlapping({ words }: PaperPage): string[] {
  return words.flatMap((one, index) =>
    words
      .slice(index + 1)
      .filter(
        (other) =>
          Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
          Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3,
      )
      .map((other) => `${one.text} / ${other.text}`),
  );
}
