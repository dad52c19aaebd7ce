/** What a record says of what nobody has attested. */
export const nobodyAttested = "nobody has attested it";

/** What became of an attestation, before the day and the name. */
export const attestedWords = { passed: "passed on", failed: "failed on" } as const;

/** Why an attestation does not hold, by what was found: nobody gave it, it was to be renewed since, or somebody saw that it is not so. */
export function openAttestation(found: string): "not attested" | "attestation due" | "finding" {
  if (found === nobodyAttested) return "not attested";
  return found.startsWith(attestedWords.passed) ? "attestation due" : "finding";
}

/** A record of who was asked and had attested nothing: nobody has looked. */
export function isUnattested({ by, found }: { readonly by: string; readonly found: string }): boolean {
  return by === "person" && openAttestation(found) === "not attested";
}

/** Since when an attestation that held is due again, as its words say: a date. */
export function dueSince(found: string): string | undefined {
  return /[,;] due again since (\d{4}-\d{2}-\d{2})$/.exec(found)?.[1];
}

/**
 * When somebody looked, in milliseconds since 1970. A day on which somebody saw that it is not so counts until its end, any other from its
 * beginning: of the same day, the one that failed is the last.
 */
export function lastMoment({ updated, isPassed }: { readonly updated: string; readonly isPassed: boolean }): number {
  const moment = Date.parse(updated);
  return isPassed || updated.includes("T") ? moment : moment + 86_399_999;
}
