import { sha256 } from "../digest";

/** What only the writer of a report knows. */
export interface ReportOptions {
  /** When it is written. By default now. */
  readonly date?: Date;
  /** Versions of the packages on the nodes, by name, as `dpkg-query --show` prints them there. */
  readonly packageVersions?: Readonly<Record<string, string>>;
}

/** What the contents of report and annex need besides. */
export interface ContentsOptions extends ReportOptions {
  readonly date: Date;
  /** The name of the report's file. */
  readonly report: string;
}

/** The annex's file, as the report names it. */
export interface AnnexFile {
  readonly name: string;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

export function annexFile(name: string, content: string): AnnexFile {
  return { name, sha256: sha256(content) };
}

/** A moment, as a person reads it. */
export function moment(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
