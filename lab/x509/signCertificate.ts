import { randomBytes } from "node:crypto";
import type { SigningKeys } from "./keys.js";
import * as x509 from "./x509.js";

/** A certificate that is about to be signed. */
export interface Draft {
  readonly subject: x509.Name;
  readonly publicKey: x509.PublicKeyType;
  readonly issuer: { readonly name: x509.Name; readonly keys: SigningKeys };
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: x509.Extension[];
}

export function signCertificate({ issuer, ...draft }: Draft): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.create({
    ...draft,
    serialNumber: serialNumber(),
    issuer: issuer.name,
    signingKey: issuer.keys.pair.privateKey,
    signingAlgorithm: issuer.keys.signing,
  });
}

/** 127 random bits: positive, and never so small that a leading zero would have to go. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x7f) | 0x40, 0);
  return bytes.toString("hex");
}
