import { createHash } from "node:crypto";
import { gzip } from "pako";
import type { Engine } from "../plan/engine";
import { shippedText, withPrograms } from "./hostFiles";
import type { ScriptName } from "./scripts";

/**
 * What a node runs because it is one of shards. User data has no room for all of it (EC2 takes 16 KB): it comes with the node's secret, and
 * user data has the sum of it, so that a host runs nothing else, whoever writes to its secret.
 */
export const archivedScripts: readonly ScriptName[] = [
  ...(["ask-peer", "find-view", "cluster-role", "seed-cluster", "agree-on-members", "join-cluster"] as const),
  ...(["next-slots", "open-slots", "move-slots", "hand-over-cluster", "cluster-well", "cluster-health"] as const),
  "apply-replication",
];

/**
 * As a secret carries it: base64 of gzip, made by a pinned library as user data is (`userData.ts`). It is the same for every node, whatever
 * that runs: `unpack-scripts` has the names of the engine's programs.
 */
export function scriptArchive(): string {
  made ??= Buffer.from(gzip(allScripts(), { level: 9 })).toString("base64");
  return made;
}

let made: string | undefined;

/** All of them one after the other, each behind a line with its name, as nodes of an engine have them. */
export function archivedText(engine: Engine): string {
  return withPrograms(allScripts(), engine);
}

function allScripts(): string {
  return archivedScripts.map((name) => `${archiveMark}${name}\n${shippedText(name)}`).join("");
}

/** Of its file on the host, which ends with a line break. */
export function scriptArchiveSum(): string {
  return createHash("sha256").update(`${scriptArchive()}\n`).digest("hex");
}

/** Begins the line before each script, and no line of one. */
export const archiveMark = "=== ";
