/** Breaks a text at its spaces, so that no line is longer than so many columns; a longer word stands alone and whole. */
export function wrap(text: string, columns: number, indent = ""): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? `${indent}${word}` : `${line} ${word}`;
    if (line === "" || longer.length <= columns) line = longer;
    else {
      lines.push(line);
      line = `${indent}${word}`;
    }
  }
  return [...lines, line].join("\n");
}

/** Two columns of text, or, where that leaves the second too little room, the second below the first. No word is cut. */
export function inColumns(rows: readonly (readonly [first: string, second: string])[], columns: number): string {
  const widest = Math.max(0, ...rows.map(([first]) => first.length));
  const second = widest + 4;
  if (columns - second < leastSecond) {
    return rows.map(([first, rest]) => `  ${first}\n${wrap(rest, columns, "      ")}`).join("\n");
  }
  return rows
    .map(([first, rest]) => `  ${first.padEnd(widest)}  ${wrap(rest, columns, " ".repeat(second)).trimStart()}`)
    .join("\n");
}

const leastSecond = 30;

/** How wide a terminal is; 80 columns where there is none. */
export function columnsOf({ columns }: { readonly columns?: number }): number {
  return columns === undefined || columns < 40 ? 80 : columns;
}

/** A path as a shell takes it. */
export function shellWord(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
