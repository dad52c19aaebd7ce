import { sshPort } from "../../src/plan/ports.js";
import type { ExecResult } from "../hosts/index.js";

export interface SshCall {
  readonly address: string;
  readonly port?: number;
  readonly user: string;
  readonly keyFile?: string;
  /** Options of ssh(1), beside those without which it would ask a person or keep to the first key. */
  readonly options?: readonly string[];
  /** By default it does nothing there. */
  readonly command?: readonly string[];
}

/** Runs a program of this machine from where the one who signs in is. */
export type From = (command: readonly string[], options: { timeoutMs: number }) => Promise<ExecResult>;

/** Signs in and runs a command. */
export function ssh(from: From, call: SshCall): Promise<ExecResult> {
  const { address, port = sshPort, user, keyFile, options = [], command = ["true"] } = call;
  const quiet = ["BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null"];
  const flags = [...quiet, "IdentitiesOnly=yes", "ConnectTimeout=30"].flatMap((option) => ["-o", option]);
  const key = keyFile === undefined ? [] : ["-i", keyFile];
  const to = ["-F", "none", "-p", String(port), `${user}@${address}`];
  return from(["ssh", ...options, ...flags, ...key, ...to, ...command], { timeoutMs: 60_000 });
}
