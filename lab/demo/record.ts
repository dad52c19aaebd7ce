import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot, stateFolder } from "../stateFolder.js";

/** What a demo leaves for people to look at, so that `--down`, from another process, finds it. */
export interface DemoRecord {
  /** Whether LocalStack was the user's own, in which the stack has to be destroyed. */
  readonly usersLocalStack?: boolean;
  /** What the engine runs with, the stack's passphrase included. */
  readonly environment?: Readonly<Record<string, string>>;
}

export const demoStackName = "demo";

export function demoFolder(): string {
  return stateFolder("demo");
}

/** Where the last demo's report and the list of its attempts are. `--down` leaves it there. */
export function reportFolder(): string {
  return stateFolder("demo-report");
}

/** The same, where there is one. */
export function reportOfEarlier(): string | undefined {
  const folder = join(repositoryRoot, ".lab", "demo-report");
  return existsSync(folder) ? folder : undefined;
}

export function writeRecord(change: DemoRecord): void {
  writeFileSync(recordFile(), JSON.stringify({ ...readRecord(), ...change }), { mode: 0o600 });
}

export function readRecord(): DemoRecord {
  if (!existsSync(recordFile())) return {};
  return JSON.parse(readFileSync(recordFile(), "utf8")) as DemoRecord;
}

function recordFile(): string {
  return join(demoFolder(), "running.json");
}
