import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The text of a static script that runs on hosts, as it lies beside this module. */
export function scriptText(name: ScriptName): string {
  return readFileSync(join(__dirname, "scripts", `${name}.sh`), "utf8");
}

export type ScriptName =
  | "agree-on-members"
  | "apply-replication"
  | "apply-users"
  | "ask-peer"
  | "ask-redis"
  | "begin-anew"
  | "check-clock"
  | "check-haproxy"
  | "check-life"
  | "check-secret"
  | "check-server"
  | "check-users"
  | "choose-role"
  | "cluster-health"
  | "cluster-role"
  | "cluster-well"
  | "count-refusals"
  | "end-idle"
  | "find-primary"
  | "find-view"
  | "hand-over"
  | "hand-over-cluster"
  | "install-packages"
  | "join-cluster"
  | "keep-cluster"
  | "keep-firewall"
  | "lay-ways"
  | "move-slots"
  | "next-slots"
  | "open-slots"
  | "prepare-redis"
  | "prepare-sentinel"
  | "raise-alarm"
  | "refresh-secret"
  | "report-health"
  | "restart-updated"
  | "revive-redis"
  | "seed-cluster"
  | "sentinel-users"
  | "size-memory"
  | "take-app-role"
  | "time-sentinel"
  | "unpack-scripts"
  | "wait-for-peers";
