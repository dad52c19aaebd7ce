import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { signingKeys } from "../../../lab/plugins/tls/keys.js";
import * as x509 from "../../../lab/plugins/tls/x509.js";
import type { Identity } from "../../../lab/scenario/identities.js";

x509.cryptoProvider.set(webcrypto as Crypto);

const day = 86_400_000;

/** A client's certificate for a key, signed by an authority, valid between two days counted from now. */
export async function datedCertificate(
  authority: Identity,
  { name, privateKey, fromDay, toDay }: { name: string; privateKey: string; fromDay: number; toDay: number },
): Promise<string> {
  const [issuer, signer, subject] = [
    new x509.X509Certificate(readFileSync(authority.certificateFile, "utf8")),
    await signingKeys(readFileSync(authority.privateKeyFile, "utf8")),
    await signingKeys(privateKey),
  ];
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: "01",
    subject: `CN=${name}`,
    issuer: issuer.subjectName,
    notBefore: new Date(Date.now() + fromDay * day),
    notAfter: new Date(Date.now() + toDay * day),
    publicKey: subject.pair.publicKey,
    signingKey: signer.pair.privateKey,
    signingAlgorithm: signer.signing,
    extensions: [
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }]),
    ],
  });
  return `${certificate.toString("pem")}\n`;
}
