import type { IdentityFiles } from "../../x509/identityFiles.js";
import { readFileSync } from "node:fs";

/** What the process in a VPC's router is told: it is every host's metadata service, resolver and time server. */
export interface VpcServicesConfig {
  readonly region: string;
  readonly localStackSocket: string;
  readonly instances: readonly InstanceMetadata[];
  /** Exact host names and the addresses of the services behind them. */
  readonly names: Readonly<Record<string, string>>;
}

/** One instance as its metadata service shows it; `privateIp` is also how a caller is told from another. */
export interface InstanceMetadata {
  readonly privateIp: string;
  readonly instanceId: string;
  readonly role?: { readonly name: string; readonly arn: string; readonly profileArn: string } | undefined;
  readonly userDataBase64: string;
  /** Paths under `/latest/` and their texts. */
  readonly texts: Readonly<Record<string, string>>;
}

/** What the process in the internet namespace is told. */
export interface InternetConfig extends IdentityFiles {
  readonly localStackSocket: string;
  /** A folder with a mirror of each release: those that hosts of this run have, as soon as one of them boots. */
  readonly mirrors: string;
  readonly debianHostNames: readonly string[];
}

/** What the process is told that leads from the namespaces to LocalStack. */
export interface ForwarderConfig {
  readonly localStackSocket: string;
  readonly endpoint: string;
}

/** Reads the file that the lab names as a service's first argument. */
export function readConfig(): unknown {
  const path = process.argv[2];
  if (path === undefined) throw new Error("The lab starts this program with the path of its configuration.");
  return JSON.parse(readFileSync(path, "utf8"));
}

/** The line by which a service says that it can be used. */
export const readyLine = "ready";
