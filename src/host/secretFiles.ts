import { defaultEngine, engineProgram, type Engine } from "../plan/engine";
import { hostPaths } from "./hostPaths";
import { memberLine } from "../plan/members";
import { passwordLength } from "../plan/passwords";
import type { Among } from "../plan/peers";
import type { TunnelEngine } from "../plan/tunnel";
import { admittedFieldLine } from "./admitted";
import { redisUsersFieldLine, sentinelUsersLine } from "./redisUsers";
import { tunnelProgram } from "./tunnelProgram";

/** One file on a host that is made of one field of its secret. */
export interface SecretFile<Field extends string> {
  readonly field: Field;
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: string;
  /** Who must be told of a change: the tunnel, Redis, or Redis and Sentinel about their peers; applications look for themselves, and a host keeps the scripts that it has. */
  readonly usedBy: "tunnel" | "redis" | "replication" | "application" | "nobody";
  /** What each line of the field must be, whole (extended regular expression). */
  readonly line: string;
}

export type IdentityField = "certificate" | "privateKey" | "trusted";
export type NodeField = IdentityField | "admitted" | "redisUsers";
/** What a node has beside these where there are replicas. */
export type PeerField = "admittedPeers" | "admittedToSentinel" | "peerPassword" | "configCommand" | "sentinelUsers";
/** The same in a cluster: whom the node admits follows from its members, and what it runs among them is with the secret. */
export type ClusterField = MembersField | "peerPassword" | "scripts";
/** What both kinds of hosts of a cluster have: who its nodes are. */
export type MembersField = "members";
export type ClientField = IdentityField | "password";

export function nodeSecretFiles(
  tunnel: TunnelEngine,
  among?: Among,
  engine: Engine = defaultEngine,
): readonly SecretFile<NodeField | PeerField | ClusterField>[] {
  const users = redisUsersFieldLine(among !== undefined, among === "shards");
  return [
    ...identityFiles(tunnel),
    tunnelFile(tunnel, "admitted", hostPaths.admitted, admittedFieldLine),
    redisFile(engine, "redisUsers", hostPaths.redisUsers, users),
    ...(among === "replicas" ? peerFiles(tunnel, engine) : []),
    ...(among === "shards" ? [membersFile(tunnel), peerPasswordFile(engine), scriptsFile] : []),
  ];
}

function peerFiles(tunnel: TunnelEngine, engine: Engine): SecretFile<PeerField>[] {
  return [
    tunnelFile(tunnel, "admittedPeers", hostPaths.admittedPeers, admittedFieldLine),
    tunnelFile(tunnel, "admittedToSentinel", hostPaths.admittedToSentinel, admittedFieldLine),
    peerPasswordFile(engine),
    redisFile(engine, "configCommand", hostPaths.configCommand, "[A-Za-z0-9]{32}", "replication"),
    redisFile(engine, "sentinelUsers", hostPaths.sentinelUsers, sentinelUsersLine(), "replication"),
  ];
}

const passwordLine = `[A-Za-z0-9]{${passwordLength}}`;

function peerPasswordFile(engine: Engine): SecretFile<"peerPassword"> {
  return redisFile(engine, "peerPassword", hostPaths.peerPassword, passwordLine, "replication");
}

const scriptsFile: SecretFile<"scripts"> = {
  field: "scripts",
  path: hostPaths.scriptArchive,
  owner: "root",
  group: "root",
  mode: "0400",
  usedBy: "nobody",
  line: "[A-Za-z0-9+/=]+",
};

export function clientSecretFiles(
  tunnel: TunnelEngine,
  appUser: string,
  isOfCluster = false,
): readonly SecretFile<ClientField | MembersField>[] {
  return [
    ...identityFiles(tunnel),
    appFile("password", hostPaths.password, appUser, passwordLine),
    ...(isOfCluster ? [membersFile(tunnel)] : []),
  ];
}

/** The tunnel's ways follow from it. */
function membersFile(tunnel: TunnelEngine): SecretFile<MembersField> {
  return tunnelFile(tunnel, "members", hostPaths.members, memberLine);
}

/** RFC 7468. */
const pemLine = "-----(BEGIN|END) [A-Z ]+-----|[A-Za-z0-9+/=]+";

function identityFiles(tunnel: TunnelEngine): SecretFile<IdentityField>[] {
  return [
    tunnelFile(tunnel, "certificate", hostPaths.certificate, pemLine),
    tunnelFile(tunnel, "privateKey", hostPaths.privateKey, pemLine),
    tunnelFile(tunnel, "trusted", hostPaths.trusted, pemLine),
  ];
}

/** The tunnel alone reads these; 0640 as in the article's "Certificate Generation". */
function tunnelFile<Field extends string>(
  tunnel: TunnelEngine,
  field: Field,
  path: string,
  line: string,
): SecretFile<Field> {
  const { account } = tunnelProgram(tunnel);
  return { field, path, owner: "root", group: account, mode: "0640", usedBy: "tunnel", line };
}

/** The table that the refreshing script works through; a path is told from the folder of the version on. */
export function secretFilesTable(files: readonly SecretFile<string>[]): string {
  return files
    .map(({ field, path, owner, group, mode, usedBy, line }) => {
      const file = path.slice(hostPaths.secretFolder.length + 1);
      return `${[field, file, owner, group, mode, usedBy, line].join(" ")}\n`;
    })
    .join("");
}

/** Redis alone reads this: the tunnel is in its group. */
function redisFile<Field extends string>(
  engine: Engine,
  field: Field,
  path: string,
  line: string,
  usedBy: "redis" | "replication" = "redis",
): SecretFile<Field> {
  const { account } = engineProgram(engine);
  return { field, path, owner: account, group: account, mode: "0400", usedBy, line };
}

/** The application reads this, and not even the application can write it. */
function appFile<Field extends string>(field: Field, path: string, user: string, line: string): SecretFile<Field> {
  return { field, path, owner: "root", group: user, mode: "0440", usedBy: "application", line };
}
