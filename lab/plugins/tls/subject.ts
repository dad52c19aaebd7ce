import { isIP } from "node:net";
import type { Unwrap } from "@pulumi/pulumi";
import type { types } from "@pulumi/tls";
import { list, object } from "../framework/kinds.js";
import type { Kind } from "../framework/kinds.js";
import * as x509 from "../../x509/x509.js";

export type Subject = Unwrap<types.input.CertRequestSubject>;

export interface Names {
  dnsNames?: string[];
  ipAddresses?: string[];
  uris?: string[];
}

export const subjectKind = object({
  commonName: "string",
  country: "string",
  emailAddress: "string",
  locality: "string",
  organization: "string",
  organizationalUnit: "string",
  postalCode: "string",
  province: "string",
  serialNumber: "string",
  streetAddresses: list("string"),
} satisfies Record<keyof Subject, Kind>);

/** The distinguished name, its parts in the order in which Go's library, and so the official provider, writes them. */
export function distinguishedName(subject: Subject = {}): x509.Name {
  const texts: [oid: string, values: readonly (string | undefined)[]][] = [
    ["2.5.4.6", [subject.country]],
    ["2.5.4.10", [subject.organization]],
    ["2.5.4.11", [subject.organizationalUnit]],
    ["2.5.4.7", [subject.locality]],
    ["2.5.4.8", [subject.province]],
    ["2.5.4.9", subject.streetAddresses ?? []],
    ["2.5.4.17", [subject.postalCode]],
    ["2.5.4.3", [subject.commonName]],
    ["2.5.4.5", [subject.serialNumber]],
    ["1.2.840.113549.1.9.1", [subject.emailAddress]],
  ];
  const parts = texts.flatMap(([oid, values]) =>
    values.flatMap((value) => (value === undefined || value === "" ? [] : [{ [oid]: [value] }])),
  );
  return new x509.Name(parts);
}

/** The names and addresses that a certificate is for; critical when there is no subject (RFC 5280, 4.2.1.6). */
export function alternativeNames(names: Names, subject: x509.Name): x509.Extension[] {
  const bad = names.ipAddresses?.find((address) => isIP(address) === 0);
  if (bad !== undefined) throw new Error(`ipAddresses: ${JSON.stringify(bad)} is no IP address`);
  const all: x509.JsonGeneralNames = [
    ...(names.dnsNames ?? []).map((value) => ({ type: "dns" as const, value })),
    ...(names.ipAddresses ?? []).map((value) => ({ type: "ip" as const, value })),
    ...(names.uris ?? []).map((value) => ({ type: "url" as const, value })),
  ];
  if (all.length === 0) return [];
  return [new x509.SubjectAlternativeNameExtension(all, subject.toJSON().length === 0)];
}
