import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import type { Deployment } from "@pulumi/pulumi/automation/index.js";
import { newIdentity, type Wanted } from "../x509/identity.js";
import { readIdentity, writeIdentity, type IdentityFiles } from "../x509/identityFiles.js";
import { X509Certificate } from "../x509/x509.js";

/** Authorities that sign what attackers show: the cache's own, whose key none of them has, and others. */
export interface Authorities {
  readonly own: IdentityFiles;
  /** Another cache's. */
  readonly other: IdentityFiles;
  /** One that has the name of the cache's own. */
  readonly imitation: IdentityFiles;
}

/** What a certificate that somebody asks for shall be good for. */
export interface Request extends Pick<Wanted, "from" | "to"> {
  /** The common name and the one DNS name. */
  readonly dnsName: string;
  readonly usage: "serverAuth" | "clientAuth";
}

/** Takes the cache's authority out of the stack's state and makes the others. */
export async function authorities(state: Deployment, folder: string): Promise<Authorities> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = {
    certificate: outputOf(state, "SelfSignedCert", "certPem"),
    privateKey: outputOf(state, "PrivateKey", "privateKeyPem"),
  };
  const { subjectName } = new X509Certificate(own.certificate);
  const other = await newIdentity({ subject: "CN=Another cache's CA", usage: "authority" });
  const imitation = await newIdentity({ subject: subjectName, usage: "authority" });
  return {
    own: writeIdentity(folder, "own-authority", own),
    other: writeIdentity(folder, "other-authority", other),
    imitation: writeIdentity(folder, "imitation", imitation),
  };
}

/** Has an authority sign a certificate, as the cache's own one does; without one it is signed by itself. */
export async function issue(
  authority: IdentityFiles | undefined,
  { dnsName, ...request }: Request,
  folder: string,
): Promise<IdentityFiles> {
  const signer = authority && { signedBy: readIdentity(authority) };
  const wanted = { subject: `CN=${dnsName}`, dnsNames: [dnsName], ...request, ...signer };
  return writeIdentity(folder, randomUUID(), await newIdentity(wanted));
}

/**
 * An output of the cache's authority, in the state as `pulumi stack export --show-secrets` writes it: the first of those that it has, which
 * has signed, as the next one is there before it does.
 */
function outputOf(state: Deployment, type: string, output: string): string {
  const { resources = [] } = state.deployment as { resources?: StateResource[] };
  const generation = ({ urn }: StateResource): number => Number(/-ca-(\d+)$/.exec(urn)?.[1] ?? 0);
  const found = resources.filter((one) => one.urn.includes(`:${type}::`) && generation(one) > 0);
  const first = found.sort((one, other) => generation(one) - generation(other))[0];
  const value = first?.outputs?.[output];
  const text = isSecret(value) ? (JSON.parse(value.plaintext) as unknown) : value;
  if (typeof text === "string") return text;
  throw new Error(`The stack's state has no authority of type ${type} with "${output}".`);
}

interface StateResource {
  readonly urn: string;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

function isSecret(value: unknown): value is { plaintext: string } {
  return typeof value === "object" && value !== null && "plaintext" in value;
}
