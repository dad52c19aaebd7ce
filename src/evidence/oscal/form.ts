/** NIST's release of OSCAL that the files follow. */
const oscalVersion = "1.1.3";

/** The catalogue whose control ids are used, as NIST publishes it in OSCAL. */
export const catalogue =
  "https://raw.githubusercontent.com/usnistgov/oscal-content/main/nist.gov/SP800-53/rev5/json/NIST_SP-800-53_rev5_catalog.json";

/** Names of properties that OSCAL itself does not know. */
export const namespace = "https://www.npmjs.com/package/pulumi-hipaa-redis";

/** Files of a report that others name. */
export const oscalFiles = { profile: "oscal-profile.json", securityPlan: "oscal-ssp.json" } as const;

export interface Property {
  readonly name: string;
  readonly ns?: string;
  readonly value: string;
  readonly group?: string;
  readonly remarks?: string;
}

/** A property that OSCAL itself does not know; of one safeguard, where that is named. */
export function ownProperty(name: string, value: string, group?: string): Property {
  return { name, ns: namespace, value: oneLine(value), ...(group === undefined ? {} : { group }) };
}

/** OSCAL's strings have no white space at their ends and no line break within. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

export function metadata(title: string, version: string, date: Date): object {
  return { title, "last-modified": date.toISOString(), version, "oscal-version": oscalVersion };
}

/** NIST's catalogue writes AC-2(5) as ac-2.5. */
export function controlIdOf(nist: string): string {
  return nist.toLowerCase().replace("(", ".").replace(")", "");
}

/** A list that OSCAL wants to have something in it, or be left out. */
export function listed<T>(name: string, list: readonly T[]): Record<string, readonly T[]> {
  return list.length === 0 ? {} : { [name]: list };
}
