/** Rows of texts as CSV (RFC 4180). */
export function csv(rows: readonly (readonly string[])[]): string {
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
