import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { execa } from "execa";
import { clientCertificate } from "../../src/plan/certificates.js";

/** A certificate and its key, as files of this machine. */
export interface Identity {
  readonly certificateFile: string;
  readonly privateKeyFile: string;
}

/** One who is asked for a certificate: what it shall be good for. */
export interface Request {
  readonly file: string;
  readonly dnsName: string;
  readonly usage: "serverAuth" | "clientAuth";
}

/** Authorities that sign what strangers show: the cache's own, whose key a stranger never has, and another one. */
export interface Authorities {
  readonly own: Identity;
  readonly other: Identity;
}

/** What clients that the cache has not admitted show. */
export interface Strangers {
  /** The cache's own authority. */
  readonly authorityFile: string;
  /** Signed by the cache's authority, but on no list. */
  readonly unlisted: Identity;
  /** With an admitted client's name, but of another authority. */
  readonly otherAuthority: Identity;
}

export async function strangersOf({ own, other }: Authorities, folder: string): Promise<Strangers> {
  const asked = (file: string, client: string): Request => ({
    ...{ file, dnsName: clientCertificate("sessions", client).dnsName, usage: "clientAuth" },
  });
  return {
    authorityFile: own.certificateFile,
    unlisted: await issue(own, asked("unlisted", "unlisted"), folder),
    otherAuthority: await issue(other, asked("other-web", "web"), folder),
  };
}

/** Takes the cache's authority out of the stack's state and makes another one, in a folder for root alone. */
export async function authorities(state: Deployment, folder: string): Promise<Authorities> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = filesOf(folder, "own-authority");
  writeFileSync(own.certificateFile, outputOf(state, "SelfSignedCert", "certPem"));
  writeFileSync(own.privateKeyFile, outputOf(state, "PrivateKey", "privateKeyPem"), { mode: 0o600 });
  const other = filesOf(folder, "other-authority");
  const usage = ["-addext", "keyUsage=critical,keyCertSign,cRLSign", "-days", "30"];
  const files = ["-keyout", other.privateKeyFile, "-out", other.certificateFile];
  await execa("openssl", ["req", "-x509", ...newKey, "-subj", "/CN=Another CA", ...usage, ...files]);
  return { own, other };
}

/** Has an authority sign a certificate, as the cache's own one does. */
export async function issue(
  authority: Identity,
  { file, dnsName, usage }: Request,
  folder: string,
): Promise<Identity> {
  const issued = filesOf(folder, file);
  const extensions = join(folder, `${file}.cnf`);
  writeFileSync(
    extensions,
    `subjectAltName=DNS:${dnsName}\nextendedKeyUsage=${usage}\nkeyUsage=digitalSignature\nbasicConstraints=CA:false\n`,
  );
  const request = ["req", ...newKey, "-subj", `/CN=${dnsName}`, "-keyout", issued.privateKeyFile];
  const { stdout: csr } = await execa("openssl", request);
  chmodSync(issued.privateKeyFile, 0o600);
  const signer = ["-CA", authority.certificateFile, "-CAkey", authority.privateKeyFile];
  const signing = ["x509", "-req", "-days", "30", ...signer, "-extfile", extensions];
  await execa("openssl", [...signing, "-out", issued.certificateFile], { input: csr });
  rmSync(extensions);
  return issued;
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

function filesOf(folder: string, name: string): Identity {
  return {
    certificateFile: join(folder, `${name}.pem`),
    privateKeyFile: join(folder, `${name}-key.pem`),
  };
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
