import { webcrypto } from "node:crypto";
import * as x509 from "../../lab/plugins/tls/x509.js";

x509.cryptoProvider.set(webcrypto as Crypto);

/** A certificate (PEM) made now, for a name; its private key is thrown away. */
export async function newCertificate(name: string): Promise<string> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: algorithm,
  });
  return `${certificate.toString("pem")}\n`;
}
