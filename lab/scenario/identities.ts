import { webcrypto } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { signingKeys } from "../plugins/tls/keys.js";
import * as x509 from "../plugins/tls/x509.js";

x509.cryptoProvider.set(webcrypto as Crypto);

/** A certificate and its key, as files of this machine. */
export interface Identity {
  readonly certificateFile: string;
  readonly privateKeyFile: string;
}

/** Authorities that sign what attackers show: the cache's own, whose key none of them has, and others. */
export interface Authorities {
  readonly own: Identity;
  /** Another cache's. */
  readonly other: Identity;
  /** One that has the name of the cache's own. */
  readonly imitation: Identity;
}

/** What a certificate that somebody asks for shall be good for. */
export interface Request {
  /** The common name and the one DNS name. */
  readonly dnsName: string;
  readonly usage: "serverAuth" | "clientAuth";
  /** When its validity begins and ends, in days from now; by default from yesterday to in thirty days. */
  readonly fromDay?: number;
  readonly toDay?: number;
}

/** Takes the cache's authority out of the stack's state and makes the others. */
export async function authorities(state: Deployment, folder: string): Promise<Authorities> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = write(folder, "own-authority", {
    certificate: outputOf(state, "SelfSignedCert", "certPem"),
    privateKey: outputOf(state, "PrivateKey", "privateKeyPem"),
  });
  const { subjectName } = new x509.X509Certificate(readFileSync(own.certificateFile, "utf8"));
  return {
    own,
    other: await newAuthority(new x509.Name([{ CN: ["Another cache's CA"] }]), folder, "other-authority"),
    imitation: await newAuthority(subjectName, folder, "imitation"),
  };
}

/** Has an authority sign a certificate, as the cache's own one does; without one it is signed by itself. */
export async function issue(
  authority: Identity | undefined,
  request: Request,
  folder: string,
): Promise<Identity> {
  const keys = await newKeys();
  const name = new x509.Name([{ CN: [request.dnsName] }]);
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(request.fromDay ?? -1, request.toDay ?? 30),
    ...{ subject: name, publicKey: keys.publicKey },
    ...(authority === undefined ? signedBy(name, keys.privateKey) : await signedByFiles(authority)),
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[request.usage]]),
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: request.dnsName }]),
    ],
  });
  return write(folder, certificate.serialNumber, {
    certificate: certificate.toString("pem"),
    privateKey: await pem(keys),
  });
}

async function newAuthority(name: x509.Name, folder: string, file: string): Promise<Identity> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(-1, 30),
    ...{ subject: name, publicKey: keys.publicKey, ...signedBy(name, keys.privateKey) },
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return write(folder, file, {
    certificate: certificate.toString("pem"),
    privateKey: await pem(keys),
  });
}

interface Signer {
  readonly issuer: x509.Name;
  readonly signingKey: webcrypto.CryptoKey;
  readonly signingAlgorithm: webcrypto.Algorithm | webcrypto.EcdsaParams;
}

async function signedByFiles({ certificateFile, privateKeyFile }: Identity): Promise<Signer> {
  const { subjectName } = new x509.X509Certificate(readFileSync(certificateFile, "utf8"));
  const { pair, signing } = await signingKeys(readFileSync(privateKeyFile, "utf8"));
  return { issuer: subjectName, signingKey: pair.privateKey, signingAlgorithm: signing };
}

function signedBy(issuer: x509.Name, signingKey: webcrypto.CryptoKey): Signer {
  return {
    issuer,
    signingKey,
    signingAlgorithm: { name: "ECDSA", hash: "SHA-256" },
  };
}

function validity(fromDay: number, toDay: number): { notBefore: Date; notAfter: Date } {
  const inDays = (days: number): Date => new Date(Date.now() + days * 24 * 3600 * 1000);
  return { notBefore: inDays(fromDay), notAfter: inDays(toDay) };
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
}

async function pem({ privateKey }: webcrypto.CryptoKeyPair): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", privateKey), "PRIVATE KEY");
}

function write(
  folder: string,
  name: string,
  { certificate, privateKey }: { certificate: string; privateKey: string },
): Identity {
  const files = {
    certificateFile: join(folder, `${name}.pem`),
    privateKeyFile: join(folder, `${name}-key.pem`),
  };
  writeFileSync(files.certificateFile, `${certificate.trimEnd()}\n`);
  writeFileSync(files.privateKeyFile, `${privateKey.trimEnd()}\n`, { mode: 0o600 });
  return files;
}

/** An output of the cache's authority, in the state as `pulumi stack export --show-secrets` writes it. */
function outputOf(state: Deployment, type: string, output: string): string {
  const { resources = [] } = state.deployment as { resources?: StateResource[] };
  const found = resources.filter(({ urn }) => urn.includes(`:${type}::`) && urn.endsWith("-ca-1"));
  const [value] = found.map(({ outputs }) => outputs?.[output]);
  const text = isSecret(value) ? (JSON.parse(value.plaintext) as unknown) : value;
  if (found.length === 1 && typeof text === "string") return text;
  throw new Error(
    `The stack's state has ${found.length} authorities of type ${type} with "${output}"; expected one.`,
  );
}

interface StateResource {
  readonly urn: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

function isSecret(value: unknown): value is { plaintext: string } {
  return typeof value === "object" && value !== null && "plaintext" in value;
}
