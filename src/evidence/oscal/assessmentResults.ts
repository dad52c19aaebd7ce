import type { AssessedControl, Assessment } from "../assess";
import { placeInWords } from "../places";
import { cacheTitle } from "../served";
import { fileId, recordResources, reportResources, type ReportFile } from "./backMatter";
import { components, inventoryItems, people, type Ids } from "./deployment";
import { findingsOf } from "./findings";
import { listed, metadata, ownProperty, type Property } from "./form";
import { observationsOf, strangers, toolComponent } from "./observations";
import { requirementsOf } from "./requirements";

/** What the records of verify that count have seen. */
export function assessmentResults(assessment: Assessment, files: readonly ReportFile[], date: Date, id: Ids): object {
  const { plan, evidence, records } = assessment;
  const signers = [...new Set(records.counted.map(({ signedBy }) => signedBy))];
  return {
    "assessment-results": {
      uuid: id("assessment-results"),
      metadata: {
        ...metadata(`${cacheTitle(plan)}: what verify has seen`, evidence.libraryVersion, date),
        ...people(id, signers),
      },
      "import-ap": {
        href: `#${fileId(id, "controls.json")}`,
        remarks: "There is no assessment plan in OSCAL: the checks are those of the report.",
      },
      results: [result(assessment, date, id)],
      "back-matter": { resources: [...reportResources(assessment, files, id), ...recordResources(assessment, id)] },
    },
  };
}

function result(assessment: Assessment, date: Date, id: Ids): object {
  const { plan, controls, records } = assessment;
  const dates = records.counted.map(({ record }) => record.date).sort();
  const observations = new Map(controls.map((control) => [control.id, observationsOf(control, assessment, id)]));
  return {
    uuid: id("result"),
    title: `Checks of the ${cacheTitle(plan)}`,
    description:
      dates.length === 0
        ? "Nobody has looked: there is no record of verify that counts."
        : "Checks by commands (TEST) and by people (EXAMINE), as signed records of verify have them.",
    start: dates.at(0) ?? date.toISOString(),
    ...(dates.length === 0 ? {} : { end: dates.at(-1) }),
    ...listed("props", controls.flatMap(notLookedAt)),
    "local-definitions": {
      components: [toolComponent(assessment, id), ...components(assessment, id)],
      ...listed("inventory-items", [...inventoryItems(assessment, id), ...strangers(assessment, id)]),
    },
    "reviewed-controls": reviewedControls(controls),
    ...listed(
      "observations",
      [...observations.values()].flat().map(({ document }) => document),
    ),
    ...listed("findings", findingsOf(assessment, observations, id)),
    remarks:
      "Each property not-looked-at is a check that nobody has looked at in that place: it is neither satisfied nor not satisfied, and a control with one that is not met otherwise has no finding.",
  };
}

/** A check in a place, of a safeguard, that no record speaks of. */
function notLookedAt({ id, seen }: AssessedControl): Property[] {
  return seen.checks
    .filter(({ outcome }) => outcome === "not looked at")
    .map(({ shows, place }) => ownProperty("not-looked-at", `${placeInWords(place)}: ${shows}`, id));
}

function reviewedControls(controls: readonly AssessedControl[]): object {
  const isSeen = ({ seen }: AssessedControl): boolean =>
    seen.findings.length > 0 || seen.checks.some(({ outcome }) => outcome !== "not looked at");
  const requirements = requirementsOf(controls);
  const ids = (isIn: (seen: boolean) => boolean): object[] =>
    requirements
      .filter(({ controls: answering }) => isIn(answering.some(isSeen)))
      .map(({ controlId }) => ({ "control-id": controlId }));
  return {
    "control-selections": [
      {
        ...listed(
          "include-controls",
          ids((seen) => seen),
        ),
        ...listed(
          "exclude-controls",
          ids((seen) => !seen),
        ),
        remarks: "Those that are excluded nobody has looked at.",
      },
    ],
  };
}
