import type { Assessment } from "../assess";
import { riskNumbers } from "../risks";
import { approvalPart } from "./approvalPart";
import type { Block } from "./blocks";
import { controlsPart } from "./controlsPart";
import { deviationsPart } from "./deviationsPart";
import { controlNames } from "./names";
import { networkPart } from "./networkPart";
import { nodesPart } from "./nodesPart";
import type { AnnexFile, ContentsOptions } from "./options";
import { otherSafeguardsPart } from "./otherSafeguardsPart";
import { safeguardsPart } from "./requirementsPart";
import { summary } from "./summary";
import { verificationPart } from "./verification";

/** The report, part by part: a page for somebody who doesn't know Pulumi, what it rests on, and who stands for it. */
export function contents(assessment: Assessment, options: ContentsOptions & { readonly annex: AnnexFile }): Block[] {
  const names = controlNames(assessment);
  const numbers = riskNumbers(assessment);
  return [
    ...summary(assessment, options.date, names),
    ...nodesPart(assessment),
    ...networkPart(assessment),
    ...deviationsPart(assessment, numbers, names),
    ...verificationPart(assessment, names),
    ...safeguardsPart(assessment),
    ...otherSafeguardsPart(assessment, names),
    ...controlsPart(assessment, numbers, names, options.annex.name),
    ...approvalPart(assessment, numbers, options),
  ];
}
