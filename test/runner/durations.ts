import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** How long one part of a layer took: a line of `.lab/durations.ndjson`. */
export interface Duration {
  readonly layer: string;
  readonly file: string;
  readonly kind: "command" | "test" | "hook" | "attack" | "control case";
  readonly title: string;
  readonly wallMs: number;
  /** Processor time of all that the run had started by then, while this ran; null where it can't be counted, or by itself. */
  readonly cpuMs: number | null;
}

/** Where the lines go, and which layer writes them; unset outside test/run.ts. */
export const durationVariables = {
  file: "TEST_DURATIONS_FILE",
  layer: "TEST_LAYER",
  cpuUsage: "TEST_CPU_USAGE_FILE",
} as const;

/** Writes one line, if somebody asks for them. */
export function recordDuration(
  duration: Omit<Duration, "layer">,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): void {
  const file = environment[durationVariables.file];
  if (file === undefined || file === "") return;
  const layer = environment[durationVariables.layer] ?? "";
  const { wallMs, cpuMs } = duration;
  const line: Duration = {
    layer,
    ...duration,
    wallMs: Math.round(wallMs),
    cpuMs: cpuMs === null ? null : Math.round(cpuMs),
  };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
}

export function readDurations(file: string): Duration[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Duration);
}

/** The slowest, as lines for people. An attack is part of its suite's hook, and stands beside it. */
export function slowest(durations: readonly Duration[], count: number): string[] {
  return [...durations]
    .sort((one, other) => other.wallMs - one.wallMs)
    .slice(0, count)
    .map(
      ({ layer, kind, title, wallMs, cpuMs }) =>
        `${seconds(wallMs)} s  ${cpuMs === null ? "     –" : seconds(cpuMs)} s CPU  ${layer}: ${kind === "test" ? "" : `${kind}: `}${title}`,
    );
}

/** Right-aligned, with one decimal. */
export function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1).padStart(6);
}
