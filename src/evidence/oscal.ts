import type { Assessment, AssessedControl } from "./assess";
import { libraryName } from "./library";
import { checksInWords, controlStatus, findingsInWords } from "./report/statusInWords";
import type { Status } from "./status";
import { uuidOf } from "./uuid";

/** NIST's release of OSCAL that the file follows. */
const oscalVersion = "1.1.3";

/** The catalogue whose control ids are used, as NIST publishes it in OSCAL. */
const catalogue =
  "https://raw.githubusercontent.com/usnistgov/oscal-content/main/nist.gov/SP800-53/rev5/json/NIST_SP-800-53_rev5_catalog.json";

/** Names of properties that OSCAL itself does not know. */
const namespace = "https://www.npmjs.com/package/pulumi-hipaa-redis";

/**
 * The same report as an OSCAL component definition (pages.nist.gov/OSCAL), for compliance tools: the cache as one component that
 * implements controls of NIST SP 800-53, with HIPAA's paragraphs as properties. Its ids are the same whenever it is made.
 */
export function evidenceOscal(assessment: Assessment, options: { readonly date?: Date } = {}): object {
  const { plan, evidence } = assessment;
  const id = (...parts: readonly string[]): string =>
    uuidOf(namespace, evidence.deployed.kmsKeyArn, plan.name, ...parts);
  const version = evidence.libraryVersion;
  return {
    "component-definition": {
      uuid: id("definition"),
      metadata: {
        title: `Redis cache ${plan.name}`,
        "last-modified": (options.date ?? new Date()).toISOString(),
        version,
        "oscal-version": oscalVersion,
      },
      components: [
        {
          uuid: id("component"),
          type: "software",
          title: `Redis cache ${plan.name}`,
          description: `A Redis cache that may hold patient data (PHI), made by ${libraryName} ${version} in ${evidence.deployed.region}.`,
          props: [
            property("version", version, undefined),
            // What is for the organisation alone implements none of NIST's controls, and is told here.
            ...assessment.controls.filter(({ nist }) => nist.length === 0).flatMap(propertiesOf),
          ],
          "control-implementations": [
            {
              uuid: id("implementation"),
              source: catalogue,
              description:
                "What the cache does for controls of NIST SP 800-53, revision 5, computed from what was deployed.",
              "implemented-requirements": nistIds(assessment).map((nist) => ({
                uuid: id("requirement", nist),
                "control-id": oscalControlId(nist),
                ...implementation(assessment.controls.filter((control) => control.nist.includes(nist))),
              })),
            },
          ],
        },
      ],
    },
  };
}

function nistIds({ controls }: Assessment): string[] {
  return [...new Set(controls.flatMap(({ nist }) => nist))].sort();
}

/** NIST's catalogue writes AC-2(5) as ac-2.5. */
function oscalControlId(nist: string): string {
  return nist.toLowerCase().replace("(", ".").replace(")", "");
}

function implementation(controls: readonly AssessedControl[]): object {
  return {
    description: controls.map(({ title, how }) => `${title}: ${how.join(" ")}`).join("\n\n"),
    props: controls.flatMap(propertiesOf),
    remarks: controls.map(remarks).join("\n\n"),
  };
}

function propertiesOf(control: AssessedControl): object[] {
  const { id, hipaa } = control;
  return [
    property("safeguard", id, namespace),
    property("implementation-status", implementationStatus(control), undefined, id),
    ...seen(control),
    ...hipaa.map((paragraph) => property("hipaa-paragraph", `45 CFR ${paragraph}`, namespace, id)),
  ];
}

/** What the report's columns have. */
function seen(control: AssessedControl): object[] {
  const [status, designed] = controlStatus(control);
  return [
    property("status", status, namespace, control.id),
    property("designed", designed, namespace, control.id),
    property("verified", checksInWords(control.seen.checks), namespace, control.id),
  ];
}

/** A finding is told in its own words. */
function remarks({ risk, seen: { findings } }: AssessedControl): string {
  return [...findingsInWords(findings).map((one) => `${one}.`), risk.remains, risk.mitigation].join(" ");
}

/** In OSCAL's own words, which call an alternative one, approved or not. */
function implementationStatus({ designed, status }: AssessedControl): string {
  return implementationStatuses[designed === "alternative" && status !== "not met" ? designed : status];
}

/** OSCAL has no words for what was not seen or found otherwise: it is planned, as what the organisation has to do. */
const implementationStatuses: Readonly<Record<Status, string>> = {
  met: "implemented",
  "partly met": "partial",
  designed: "planned",
  "not met": "planned",
  weakened: "partial",
  "not applicable": "not-applicable",
  alternative: "alternative",
  organisation: "planned",
};

function property(name: string, value: string, ns: string | undefined, group?: string): object {
  return { name, ...(ns === undefined ? {} : { ns }), value, ...(group === undefined ? {} : { group }) };
}
