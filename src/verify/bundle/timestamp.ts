import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Timestamps of RFC 3161, by openssl-ts(1): somebody else says when a file was there. */

/**
 * Has a timestamp authority stamp a file. Only its digest leaves this machine.
 *
 * @param caFile The certificates that the authority's own chain ends in (PEM).
 * @returns The reply, which fits this request and is signed by that authority.
 * @throws Error when there is none.
 */
export function requestTimestamp(path: string, url: string, caFile: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "timestamp-"));
  try {
    const [query, reply] = [join(folder, "query"), join(folder, "reply")];
    run("openssl", ["ts", "-query", "-data", path, "-sha256", "-cert", "-out", query], "Debian: apt install openssl");
    run("curl", [...curl, "--data-binary", `@${query}`, "--output", reply, "--", url], "Debian: apt install curl");
    run("openssl", ["ts", "-verify", "-queryfile", query, "-in", reply, "-CAfile", caFile], "");
    return readFileSync(reply);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const curl = [
  "--silent",
  "--show-error",
  "--fail",
  "--proto",
  "=http,https",
  "--max-time",
  "60",
  "--max-filesize",
  "1000000",
  "--header",
  "Content-Type: application/timestamp-query",
];

/**
 * When a file was stamped, by its reply.
 *
 * @throws Error when the reply is not that authority's, or is of another file.
 */
export function timestampOf(path: string, replyPath: string, caFile: string): string {
  run("openssl", ["ts", "-verify", "-data", path, "-in", replyPath, "-CAfile", caFile], "");
  const text = run("openssl", ["ts", "-reply", "-in", replyPath, "-text"], "");
  const [, time] = /^Time stamp: (.+)$/m.exec(text) ?? [];
  if (time === undefined) throw new Error(`${replyPath} has no time.`);
  return new Date(time).toISOString();
}

function run(program: string, args: readonly string[], hint: string): string {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (error !== undefined) throw new Error(`${program} could not be run (${hint}): ${error.message}`);
  if (status === 0) return stdout;
  const [reason = ""] = stderr
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-1);
  throw new Error(`${program} ended with ${String(status)}: ${reason.trim()}`);
}
