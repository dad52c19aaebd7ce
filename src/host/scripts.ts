import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The text of a static script that runs on hosts, as it lies beside this module. */
export function scriptText(name: ScriptName): string {
  return readFileSync(join(__dirname, "scripts", `${name}.sh`), "utf8");
}

export type ScriptName =
  | "apply-replication"
  | "apply-users"
  | "ask-peer"
  | "ask-redis"
  | "begin-anew"
  | "check-clock"
  | "check-haproxy"
  | "check-life"
  | "check-secret"
  | "check-users"
  | "choose-role"
  | "count-refusals"
  | "find-primary"
  | "hand-over"
  | "install-packages"
  | "keep-firewall"
  | "prepare-redis"
  | "prepare-sentinel"
  | "raise-alarm"
  | "refresh-secret"
  | "report-health"
  | "restart-updated"
  | "revive-redis"
  | "sentinel-users"
  | "size-memory"
  | "take-app-role"
  | "time-sentinel"
  | "wait-for-peers";
