import { webcrypto } from "node:crypto";
import * as x509 from "../../lab/plugins/tls/x509.js";

x509.cryptoProvider.set(webcrypto as Crypto);

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const dayMs = 86_400_000;

export interface Wanted {
  readonly name: string;
  readonly purpose: "serverAuth" | "clientAuth";
  readonly from?: Date;
  readonly to?: Date;
}

/** A certificate and its private key (PEM), made now. */
export interface Issued {
  readonly certificate: string;
  readonly privateKey: string;
}

/** An authority of its own, made now. */
export class Authority {
  private constructor(
    private readonly keys: CryptoKeyPair,
    private readonly own: x509.X509Certificate,
  ) {}

  static async create(name: string): Promise<Authority> {
    const keys = await newKeys();
    const own = await x509.X509CertificateGenerator.createSelfSigned({
      name: `CN=${name}`,
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      ],
    });
    return new Authority(keys, own);
  }

  get certificate(): string {
    return `${this.own.toString("pem")}\n`;
  }

  async issue({ name, purpose, from, to }: Wanted): Promise<Issued> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      subject: `CN=${name}`,
      issuer: this.own.subjectName,
      notBefore: from ?? new Date(Date.now() - dayMs),
      notAfter: to ?? new Date(Date.now() + 90 * dayMs),
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[purpose]]),
        new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }]),
      ],
    });
    const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
    return {
      certificate: `${certificate.toString("pem")}\n`,
      privateKey: `${x509.PemConverter.encode(key, "PRIVATE KEY")}\n`,
    };
  }
}

async function newKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}
