/** What an auditor asks for. */
export const entryKinds = ["sign-in", "sudo", "refusal", "failure"] as const;

/** One thing that happened, by the host's own journal. */
export interface Entry {
  /** RFC 3339, UTC, by the host's clock. */
  readonly time: string;
  /** What an auditor asks for. */
  readonly kind: (typeof entryKinds)[number];
  /** What told it. */
  readonly source: string;
  /** The operator, certificate or unit; empty where nobody is named. */
  readonly who: string;
  /** The address that it came from; empty where it came from none. */
  readonly from: string;
  readonly what: string;
}

/** What a line of a journal says, without when. */
export type Said = Omit<Entry, "time" | "source">;

/** In the place of what strangers have typed, which may be a password that they typed into the wrong field. */
export const leftOut = "(left out)";
