import type { Assessment } from "../assess";
import { evidenceDigest, sha256 } from "../digest";
import type { SignedRecord } from "../records";
import type { Ids } from "./deployment";
import { catalogue, ownProperty } from "./form";

/** A file of the report beside its OSCAL documents. */
export interface ReportFile {
  /** Its name in the report's folder. */
  readonly name: string;
  /** All that is in it, as text. */
  readonly content: string;
}

/** Files that documents name, at hand or not. */
const linkedFiles = ["network-map.svg", "controls.json"] as const;

export function fileId(id: Ids, name: string): string {
  return id("file", name);
}

export function recordId(id: Ids, { record }: SignedRecord): string {
  return id("record", record.target, record.host, record.date, record.nonce);
}

/** The catalogue, the evidence, and files of the report, with the digests of what is at hand. */
export function reportResources({ evidence }: Assessment, files: readonly ReportFile[], id: Ids): object[] {
  return [
    { uuid: id("catalogue"), title: "NIST SP 800-53, revision 5", rlinks: [{ href: catalogue }] },
    {
      uuid: id("evidence"),
      title: "The evidence, a stack output of the program that deployed the cache",
      props: [ownProperty("canonical-json-sha256", evidenceDigest(evidence))],
      remarks: "The digest is that of its canonical JSON: keys sorted, no white space.",
    },
    ...linkedFiles
      .filter((name) => !files.some((file) => file.name === name))
      .map((name) => resource(id, name, { href: name })),
    ...files.map(({ name, content }) => resource(id, name, { href: name, hashes: [hash(sha256(content))] })),
  ];
}

function resource(id: Ids, name: string, link: object): object {
  return { uuid: fileId(id, name), title: `${name} of the report`, rlinks: [link] };
}

/** The records that count, with the digests of their files where these are known. */
export function recordResources({ records }: Assessment, id: Ids): object[] {
  return records.counted.map((signed) => ({
    uuid: recordId(id, signed),
    title: `Record of verify, signed by ${signed.signedBy}`,
    description: `Of ${signed.record.host}, ${signed.record.date}.`,
    ...(signed.sha256 === undefined
      ? {}
      : { rlinks: [{ href: encodeURI(signed.name), hashes: [hash(signed.sha256)] }] }),
  }));
}

function hash(value: string): object {
  return { algorithm: "SHA-256", value };
}
