import { goalMs, sum, type Row } from "./figures.js";
import { clientWords, seconds, tunnelWords } from "./words.js";

const goal = `${goalMs / 1000} s`;

/** What the runs have shown, for somebody who reads no table. */
export function sentences(rows: readonly Row[], primary: string): string[] {
  const faults = rows.filter(({ planned }) => !planned);
  const planned = rows.filter((row) => row.planned);
  return [
    writesAgain(faults, primary),
    failures(faults),
    lost(rows),
    ...groups(planned, ({ manner }) => manner).map(handsOver),
  ];
}

function writesAgain(faults: readonly Row[], primary: string): string {
  const runs = Math.min(...faults.map(({ gapsMs }) => gapsMs.length));
  const names = new Set(faults.map(({ name }) => name));
  const missed = faults.filter(({ met }) => met === false);
  const within = names.size - new Set(missed.map(({ name }) => name)).size;
  const by = [...new Set(faults.map(tunnelWords))].join(" and ");
  const said = `After ${within} of ${names.size} faults of ${primary} an application writes again within ${goal} (median of ${runs} each, ${by}).`;
  if (missed.length > 0) {
    return `${said} **Later** when ${missed.map((row) => `${at(row)}: ${seconds(row.medianGapMs)}`).join("; when ")}.`;
  }
  const slowest = faults.reduce((one, other) => (other.medianGapMs > one.medianGapMs ? other : one));
  return `${said} The longest median is ${seconds(slowest.medianGapMs)}, when ${at(slowest)}; the longest of all gaps ${seconds(Math.max(...faults.map(({ longestGapMs }) => longestGapMs)))}.`;
}

function failures(faults: readonly Row[]): string {
  const longest = Math.max(...faults.map(({ longestFailureMs }) => longestFailureMs));
  return `Until then writes fail, each within ${longest} ms.`;
}

function lost(rows: readonly Row[]): string {
  const all = sum(rows.map(({ acknowledged }) => acknowledged)).toLocaleString("en");
  const some = rows.filter((row) => row.lost > 0);
  if (some.length === 0) return `Of ${all} acknowledged writes none was lost.`;
  const where = groups(some, ({ name }) => name).map(([first, ...others]) => {
    const most = [first, ...others].map((row) => `${row.mostLost} (${tunnelWords(row)})`).join(" and ");
    return `when ${first.name}, at most ${most} in a run, where ${first.mayLose} may be`;
  });
  const verdict = some.some((row) => row.mostLost > row.mayLose)
    ? "**That is more than may be lost.**"
    : "No run lost more than it may.";
  const lostOnes = sum(some.map((row) => row.lost)).toLocaleString("en");
  return `Of ${all} acknowledged writes ${lostOnes} were lost: ${where.join("; ")}. ${verdict}`;
}

function handsOver([first, ...others]: Group): string {
  const rows = [first, ...others];
  const gaps = rows.map((row) => `${seconds(row.medianGapMs)} (${tunnelWords(row)})`).join(" and ");
  const mostFailed = Math.max(...rows.map((row) => row.mostFailed));
  const longest = Math.max(...rows.map((row) => row.longestFailureMs));
  const failed =
    mostFailed === 0 ? "no write failed" : `up to ${mostFailed} writes failed in a run, each within ${longest} ms`;
  const gone = sum(rows.map((row) => row.lost));
  return `A hand-over with \`${clientWords(first.manner)}\` takes ${gaps}: ${failed}, and ${gone === 0 ? "none was lost" : `**${gone} were lost**`}.`;
}

type Group = readonly [Row, ...Row[]];

/** Rows that have this in common, such as those of one fault by each tunnel. */
function groups(rows: readonly Row[], of: (row: Row) => string): Group[] {
  return [...new Set(rows.map(of))].flatMap((one) => {
    const [first, ...others] = rows.filter((row) => of(row) === one);
    return first === undefined ? [] : [[first, ...others] as const];
  });
}

function at(row: Row): string {
  return `${row.name} (${tunnelWords(row)})`;
}
