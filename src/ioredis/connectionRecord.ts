import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { isAbsolute } from "node:path";
import type {
  ClusterConnectionFile,
  ConnectionFile,
  ConnectionFileByPort,
  ConnectionFileNode,
  ReplicatedConnectionFile,
} from "../host/connectionFile";

/** Of a cache with one primary. */
export type SingleRecord = ConnectionFile | ConnectionFileByPort | ReplicatedConnectionFile;
export type ConnectionRecord = SingleRecord | ClusterConnectionFile;

/**
 * Reads a connection file.
 *
 * @throws Error when it can't be read, or is none of this version's.
 */
export function readConnection(path: string): ConnectionRecord {
  const record: unknown = parseJson(path);
  if (!isConnectionRecord(record)) {
    throw new Error(`${path} is no connection file of this version: boot the app host with this version's user data.`);
  }
  return record;
}

/** @throws Error with the way out. */
export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    throw new Error(
      `Cannot read ${path} (${code}). It is laid down by HipaaRedisClient's user data for the application's Unix ` +
        "user (appUser) alone: run as that user, and see `systemctl status hipaa-redis-secrets` on the host.",
    );
  }
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readText(path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${path} is not JSON. HipaaRedisClient's user data writes this file; let nothing else write it.`);
  }
}

function isConnectionRecord(record: unknown): record is ConnectionRecord {
  if (typeof record !== "object" || record === null) return false;
  const { username, passwordFile, ...end } = record as Partial<ConnectionRecord>;
  if (typeof username !== "string" || typeof passwordFile !== "string") return false;
  switch (end.schemaVersion) {
    case 1:
      return end.host === "127.0.0.1" && typeof end.port === "number";
    case 2:
      return isPath(end.path);
    case 3:
      return typeof end.sentinelName === "string" && isNodes(end.nodes);
    case 4:
      return isCluster(end.nodes);
    case undefined:
      return false;
  }
  return false;
}

/** Without a Sentinel nobody would say which of them is the primary. */
function isNodes(nodes: unknown): boolean {
  if (!Array.isArray(nodes)) return false;
  const each = nodes as (Partial<ConnectionFileNode> | null)[];
  return each.every(isNode) && each.some((node) => node?.sentinelPath !== undefined);
}

/** Where a name would have to be looked up first, nothing is: Redis says addresses. */
function isCluster(nodes: unknown): boolean {
  if (!Array.isArray(nodes) || nodes.length === 0) return false;
  const each = nodes as (Partial<ConnectionFileNode> | null)[];
  return each.every((node) => isNode(node) && isIP(node?.address ?? "") !== 0);
}

function isNode(node: Partial<ConnectionFileNode> | null): boolean {
  if (typeof node?.address !== "string" || !isPath(node.path)) return false;
  return node.sentinelPath === undefined || isPath(node.sentinelPath);
}

function isPath(path: unknown): boolean {
  return typeof path === "string" && isAbsolute(path);
}
