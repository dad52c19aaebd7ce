import Table from "cli-table3";
import type { Change } from "./change.js";

export interface Judged extends Change {
  readonly folder: string;
  readonly line: number;
  readonly before: string;
  readonly after: string;
  readonly noticedBy: "compiler" | "tests" | "nobody";
}

export interface FolderCounts {
  readonly folder: string;
  readonly changes: number;
  readonly compiler: number;
  readonly tests: number;
  readonly survivors: number;
  readonly noticedPercent: number;
}

/** One row a folder, and one for them all. */
export function countsOf(judged: readonly Judged[]): FolderCounts[] {
  const folders = [...new Set(judged.map(({ folder }) => folder))];
  return [
    ...folders.map((folder) =>
      counts(
        folder,
        judged.filter((change) => change.folder === folder),
      ),
    ),
    counts("all", judged),
  ];
}

export function table(judged: readonly Judged[]): string {
  const made = new Table({
    head: ["folder", "changes", "compiler", "tests", "survivors", "noticed"],
    style: { head: [], border: [] },
  });
  for (const { folder, changes, compiler, tests, survivors, noticedPercent } of countsOf(judged)) {
    made.push([folder, changes, compiler, tests, survivors, `${String(noticedPercent)} %`]);
  }
  return made.toString();
}

export function survivorText({ file, line, kind, before, after }: Judged): string {
  return `${file}:${String(line)} ${kind}\n  - ${before}\n  + ${after}`;
}

function counts(folder: string, judged: readonly Judged[]): FolderCounts {
  const by = (noticer: Judged["noticedBy"]): number => judged.filter(({ noticedBy }) => noticedBy === noticer).length;
  const survivors = by("nobody");
  return {
    folder,
    changes: judged.length,
    compiler: by("compiler"),
    tests: by("tests"),
    survivors,
    noticedPercent: Math.round((100 * (judged.length - survivors)) / Math.max(1, judged.length)),
  };
}
