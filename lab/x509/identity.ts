import { generateKeyPairSync } from "node:crypto";
import { signingKeys } from "./keys.js";
import { signCertificate } from "./signCertificate.js";
import * as x509 from "./x509.js";

/** A certificate and its private key, as PEM. */
export interface Identity {
  readonly certificate: string;
  readonly privateKey: string;
}

type Purpose = "serverAuth" | "clientAuth";

/** What a certificate shall say, and who signs it. */
export interface Wanted {
  readonly subject: string | x509.Name;
  /** What it is for; an authority's signs others, and a node that has peers is both server and client. */
  readonly usage: "authority" | Purpose | "both";
  readonly dnsNames?: readonly string[];
  /** When its validity begins and ends: by default yesterday, and in thirty days. */
  readonly from?: Date;
  readonly to?: Date;
  /** By default a new one (ECDSA P-256). */
  readonly privateKey?: string;
  /** By default it signs itself. */
  readonly signedBy?: Identity;
}

/**
 * Makes a certificate of the lab's own. It has no key identifiers: who imitates an authority would leave them out, as
 * by them alone it would be found out.
 */
export async function newIdentity(wanted: Wanted): Promise<Identity> {
  const { from = inDays(-1), to = inDays(30), privateKey = newPrivateKey(), signedBy } = wanted;
  const keys = await signingKeys(privateKey);
  const subject = typeof wanted.subject === "string" ? new x509.Name(wanted.subject) : wanted.subject;
  const certificate = await signCertificate({
    subject,
    publicKey: keys.pair.publicKey,
    issuer: signedBy === undefined ? { name: subject, keys } : await issuerOf(signedBy),
    notBefore: from,
    notAfter: to,
    extensions: extensions(wanted),
  });
  return { certificate: `${certificate.toString("pem")}\n`, privateKey };
}

export function inDays(days: number): Date {
  return new Date(Date.now() + days * 24 * 3600 * 1000);
}

/** A private key as PEM: ECDSA P-256, or RSA with so many bits. */
export function newPrivateKey(rsaBits?: number): string {
  const { privateKey } =
    rsaBits === undefined
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: rsaBits });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

async function issuerOf({ certificate, privateKey }: Identity) {
  const { subjectName } = new x509.X509Certificate(certificate);
  return { name: subjectName, keys: await signingKeys(privateKey) };
}

function extensions({ usage, dnsNames = [] }: Wanted): x509.Extension[] {
  const { keyCertSign, cRLSign, digitalSignature } = x509.KeyUsageFlags;
  if (usage === "authority") {
    return [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
    ];
  }
  const names = dnsNames.map((value) => ({ type: "dns" as const, value }));
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(digitalSignature, true),
    new x509.ExtendedKeyUsageExtension(purposes(usage).map((purpose) => x509.ExtendedKeyUsage[purpose])),
    ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
  ];
}

function purposes(usage: Purpose | "both"): readonly Purpose[] {
  return usage === "both" ? ["serverAuth", "clientAuth"] : [usage];
}
