/** A place from which something comes, and why it can't be reached, if so. */
export interface Place {
  readonly address: string;
  readonly failure?: string;
}

/** What has to be fetched, as it is not in the cache folder, and where from: one of the places is enough. */
export interface Missing {
  readonly what: string;
  readonly places: readonly Place[];
}

/** What is so on this machine. */
export interface Facts {
  readonly platform: string;
  readonly uid: number | undefined;
  /** The text of /etc/os-release. */
  readonly osRelease: string;
  readonly nodeVersion: string;
  /** What package.json asks for, such as ">=20.19". */
  readonly engines: string;
  /** Whether npm has installed the packages. */
  readonly installed: boolean;
  readonly repository: string;
  readonly cache: string;
  readonly disks: readonly { readonly path: string; readonly freeGigabytes: number }[];
  readonly missing: readonly Missing[];
}

export function problemsOf(facts: Facts, options: { readonly down: boolean }): string[];
export function durationText(facts: Pick<Facts, "missing" | "cache">): string;
