/** What a command line of the demo asks for. */
export interface DemoOptions {
  readonly plugins: "local" | "official";
  readonly tunnel: "haproxy" | "stunnel";
  readonly operatingSystem: "debian-13" | "debian-12";
  readonly engine: "redis" | "valkey";
  readonly replicas: "0" | "2";
  readonly shards: "1" | "3";
  readonly verbose: boolean;
  readonly down: boolean;
  readonly skipChecks: boolean;
  readonly help: boolean;
}

export interface DemoOption {
  readonly flag: string;
  readonly short?: string;
  readonly choices?: readonly string[];
  readonly what: string;
}

export const demoOptions: readonly DemoOption[];
export function readOptions(
  args: readonly string[],
): { readonly options: DemoOptions; readonly problem?: never } | { readonly options?: never; readonly problem: string };
export function helpText(): string;
