import { goalMs, sum, type Row } from "./figures.js";
import { clientWords, seconds, tunnelWords } from "./words.js";

const goal = `${goalMs / 1000} s`;

/** What the runs have shown, for somebody who reads no table. */
export function sentences(rows: readonly Row[]): string[] {
  const faults = rows.filter(({ planned }) => !planned);
  const planned = rows.filter((row) => row.planned);
  return [writesAgain(faults), failures(faults), lost(rows), ...planned.map(handsOver)];
}

function writesAgain(faults: readonly Row[]): string {
  const runs = Math.min(...faults.map(({ gapsMs }) => gapsMs.length));
  const names = new Set(faults.map(({ name }) => name));
  const missed = faults.filter(({ met }) => met === false);
  const within = names.size - new Set(missed.map(({ name }) => name)).size;
  const by = [...new Set(faults.map(tunnelWords))].join(" and ");
  const said = `After ${within} of ${names.size} faults of the primary an application writes again within ${goal} (median of ${runs} each, ${by}).`;
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
  const where = some.map(
    (row) => `when ${row.name} (${tunnelWords(row)}: at most ${row.mostLost} in a run, ${row.mayLose} may be)`,
  );
  const verdict = some.some((row) => row.mostLost > row.mayLose)
    ? "**That is more than may be lost.**"
    : "No run lost more than it may.";
  return `Of ${all} acknowledged writes ${sum(some.map((row) => row.lost))} were lost: ${where.join("; ")}. ${verdict}`;
}

function handsOver(row: Row): string {
  const failed =
    row.mostFailed === 0
      ? "no write failed"
      : `up to ${row.mostFailed} writes failed in a run, each within ${row.longestFailureMs} ms`;
  const gone = row.lost === 0 ? "none was lost" : `**${row.lost} were lost**`;
  return `A hand-over with \`${clientWords(row.manner)}\` (${tunnelWords(row)}) takes ${seconds(row.medianGapMs)}: ${failed}, and ${gone}.`;
}

function at(row: Row): string {
  return `${row.name} (${tunnelWords(row)})`;
}
