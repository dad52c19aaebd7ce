import type { Outputs } from "../framework/resourceType.js";
import type { SigningKeys } from "../../x509/keys.js";
import { signCertificate } from "../../x509/signCertificate.js";
import * as x509 from "../../x509/x509.js";
import { usageExtensions } from "./uses.js";

const hour = 3_600_000;

/** The inputs that the two kinds of certificates share. */
export interface CertificateInputs {
  allowedUses: string[];
  validityPeriodHours: number;
  earlyRenewalHours?: number;
  isCaCertificate?: boolean;
  maxPathLength?: number;
  setSubjectKeyId?: boolean;
}

export const certificateDefaults = {
  earlyRenewalHours: 0,
  isCaCertificate: false,
  setSubjectKeyId: false,
};

export interface Template {
  inputs: CertificateInputs;
  subject: x509.Name;
  publicKey: x509.PublicKeyType;
  alternativeNames: readonly x509.Extension[];
  issuer: { name: x509.Name; keys: SigningKeys; keyId?: string };
}

/** Signs a certificate the way Go's library does for the official provider. */
export async function issue(template: Template): Promise<{ id: string; outputs: Outputs }> {
  const { inputs, subject, issuer } = template;
  if (inputs.isCaCertificate === true && subject.toJSON().length === 0) {
    throw new Error("subject: a CA certificate needs at least one name in its subject");
  }
  // X.509 knows no parts of seconds.
  const start = Math.floor(Date.now() / 1000) * 1000;
  const end = start + inputs.validityPeriodHours * hour;
  const certificate = await signCertificate({
    subject,
    issuer,
    publicKey: template.publicKey,
    notBefore: new Date(start),
    notAfter: new Date(end),
    extensions: await extensions(template),
  });
  const outputs = {
    certPem: `${certificate.toString("pem")}\n`,
    validityStartTime: rfc3339(start),
    validityEndTime: rfc3339(end),
    readyForRenewal: false,
    maxPathLength: inputs.maxPathLength ?? -1,
  };
  return { id: BigInt(`0x${certificate.serialNumber}`).toString(), outputs };
}

/** The output by which a certificate is replaced, once it is so old that it is to be renewed. */
export function renewalDue(state: object, inputs: Renewable): string | undefined {
  const end = Date.parse((state as Renewable).validityEndTime ?? "");
  const early = (inputs.earlyRenewalHours ?? 0) * hour;
  return Date.now() >= end - early ? "readyForRenewal" : undefined;
}

/** Reading a certificate back is looking at the clock. */
export function readCertificate(_id: string, state: Renewable): Promise<Outputs> {
  return Promise.resolve({ ...state, readyForRenewal: renewalDue(state, state) !== undefined });
}

interface Renewable {
  validityEndTime?: string;
  earlyRenewalHours?: number;
}

async function extensions(template: Template): Promise<x509.Extension[]> {
  const { inputs, issuer, publicKey } = template;
  const isCa = inputs.isCaCertificate === true;
  const path = inputs.maxPathLength ?? -1;
  const keyId = isCa || inputs.setSubjectKeyId === true;
  return [
    ...usageExtensions(inputs.allowedUses),
    new x509.BasicConstraintsExtension(isCa, isCa && path >= 0 ? path : undefined, true),
    ...(keyId ? [await x509.SubjectKeyIdentifierExtension.create(publicKey)] : []),
    ...(issuer.keyId === undefined ? [] : [new x509.AuthorityKeyIdentifierExtension(issuer.keyId)]),
    ...template.alternativeNames,
  ];
}

function rfc3339(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}
