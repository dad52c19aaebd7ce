import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { busPing, busSignature } from "../../../lab/cluster/busPing.js";
import type { ExecResult, Host } from "../../../lab/hosts/index.js";
import { nothing, said } from "../../../lab/scenario/attack.js";
import { notListed } from "../../../lab/scenario/attacks/certificates.js";
import { shows, tlsClient } from "../../../lab/scenario/tls.js";
import { busPort } from "../../../src/plan/ports.js";
import { writeIdentity, type IdentityFiles } from "../../../lab/x509/identityFiles.js";
import { hostCommandMs } from "../cache/onHost.js";
import { readSecret, secretArn, type SecretFields } from "../rotation/onHosts.js";
import type { ReplicasFixture } from "./openFixture.js";

/** Where somebody calls from, with programs of their own. */
export type Place = Pick<Host, "exec">;

/** Who is root of a host, and calls past its tunnel. */
export function asRootOf(host: Host): Place {
  return { exec: (command, options) => host.execFromOutside(command, options) };
}

/** A host's certificate and key, as who is root there can take them along, and whom the host trusts. */
export interface Stolen extends IdentityFiles {
  readonly trustedFile: string;
}

export async function stolenFrom(fixture: ReplicasFixture, host: Host, folder: string): Promise<Stolen> {
  return writeStolen(folder, host.name, await readSecret(fixture, await secretArn(host)));
}

export function writeStolen(folder: string, name: string, secret: SecretFields): Stolen {
  const { certificate = "", privateKey = "", trusted = "" } = secret;
  const trustedFile = join(folder, `${name}-trusted.pem`);
  writeFileSync(trustedFile, trusted);
  return { ...writeIdentity(folder, name, { certificate, privateKey }), trustedFile };
}

/** A port of a node's tunnel. */
export interface Service {
  readonly address: string;
  readonly port: number;
}

/** What becomes of who calls a service: not a byte of it where they are not admitted. */
export type Reception = "is answered" | "is not on its list" | "does not get there";

/**
 * Has the kernel give up a call that nobody answers, after so many tries; by itself it tries six times, for two minutes. Who does not get there
 * is known by that: on a busy machine a client that gets there may take longer than any time in which one would wait for all others.
 */
export function tries(count: number): string[] {
  return ["sysctl", "--quiet", "--write", `net.ipv4.tcp_syn_retries=${count}`];
}

const notThere = "Connection timed out";

/** The bus answers, and leaves the connection as it is. */
const busMs = 60_000;

/** Calls with a certificate, and asks for what Redis and Sentinel tell nobody without a password; the bus has none. */
export async function receptionOf(place: Place, service: Service, stolen: Stolen): Promise<Reception> {
  const isBus = service.port === busPort;
  const words = isBus ? busPing() : spoken(["PING"]);
  const result = await callWith(place, service, stolen, words, isBus ? busMs : hostCommandMs);
  if (result.stdout.startsWith(isBus ? busSignature : "-NOAUTH ")) return "is answered";
  const text = said(result);
  if (result.stdout === "" && text.includes(notThere)) return "does not get there";
  if (result.stdout === "" && (text === nothing || notListed().test(text))) return "is not on its list";
  throw new Error(`${service.address}:${service.port} answered something else: ${text}`);
}

/** The answers to lines that are said on one connection. */
export async function answersTo(
  place: Place,
  service: Service,
  stolen: Stolen,
  lines: readonly string[],
): Promise<string> {
  const { stdout } = await callWith(place, service, stolen, spoken(lines), 60_000);
  return stdout.replaceAll("\r", "").replace(/-ERR Protocol error.*\n$/, "");
}

/** Sentinel knows no QUIT: what is no protocol ends the connection. */
function spoken(lines: readonly string[]): string {
  return [...lines, "*1", "!", ""].join("\r\n");
}

function callWith(
  place: Place,
  { address, port }: Service,
  stolen: Stolen,
  words: string,
  timeoutMs: number,
): Promise<ExecResult> {
  return tlsClient(words, port)(place, address, [...shows(stolen), "-CAfile", stolen.trustedFile], { timeoutMs });
}
