import type { Entry } from "./entry";

const columns = ["time", "kind", "source", "who", "from", "what"] as const satisfies readonly (keyof Entry)[];

/** The entries of an extract as CSV (RFC 4180), with a row of names first. */
export function entriesCsv(entries: readonly Entry[]): string {
  const rows = [columns, ...entries.map((entry) => columns.map((column) => entry[column]))];
  return rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");
}

/**
 * A spreadsheet takes what begins with one of these for a formula, quoted or not, and strangers have a say in some fields: `'` before it makes it a text
 * (OWASP, "CSV Injection").
 */
const formula = /^[=+\-@\t\r\n|%]/;

function field(text: string): string {
  const safe = formula.test(text.trimStart()) || formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
