import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

export interface Identity {
  readonly certificate: string;
  readonly privateKey: string;
}

/** What a cache and its client hold, in the shape that src/trust gives it: ECDSA P-256 throughout. */
export interface Certificates {
  readonly authority: string;
  readonly server: Identity;
  readonly client: Identity;
  readonly serverName: string;
}

const serverName = "sessions-0.node.sessions.hipaa-redis.internal";
const ecdsa = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

export async function issueCertificates(): Promise<Certificates> {
  return inFolder(async (folder) => {
    const [key, certificate] = [join(folder, "ca-key.pem"), join(folder, "ca.pem")];
    await execa("openssl", [
      "req",
      "-x509",
      ...ecdsa,
      "-subj",
      "/CN=Bench CA",
      "-days",
      "1",
      "-keyout",
      key,
      "-out",
      certificate,
    ]);
    const issue = (name: string, usage: string): Promise<Identity> =>
      issueLeaf(folder, { key, certificate }, name, usage);
    return {
      authority: readFileSync(certificate, "utf8"),
      server: await issue(serverName, "serverAuth"),
      client: await issue("web.client.sessions.hipaa-redis.internal", "clientAuth"),
      serverName,
    };
  });
}

/** The article's key and certificate, by its own two commands. */
export async function articleIdentity(): Promise<Identity> {
  return inFolder(async (folder) => {
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    await execa("openssl", ["genrsa", "-out", key, "4096"]);
    const request = ["req", "-new", "-x509", "-key", key, "-out", certificate, "-days", "1826"];
    await execa("openssl", [...request, "-subj", "/CN=redis"]);
    return { certificate: readFileSync(certificate, "utf8"), privateKey: readFileSync(key, "utf8") };
  });
}

async function issueLeaf(
  folder: string,
  authority: { key: string; certificate: string },
  name: string,
  usage: string,
): Promise<Identity> {
  const [key, extensions] = [join(folder, "key.pem"), join(folder, "extensions.cnf")];
  writeFileSync(
    extensions,
    `subjectAltName=DNS:${name}\nextendedKeyUsage=${usage}\nkeyUsage=digitalSignature\n`,
  );
  const { stdout: request } = await execa("openssl", [
    "req",
    ...ecdsa,
    "-subj",
    `/CN=${name}`,
    "-keyout",
    key,
  ]);
  const signing = ["x509", "-req", "-days", "1", "-CA", authority.certificate, "-CAkey", authority.key];
  const { stdout } = await execa("openssl", [...signing, "-extfile", extensions], { input: request });
  return { certificate: `${stdout}\n`, privateKey: readFileSync(key, "utf8") };
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "bench-keys-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
