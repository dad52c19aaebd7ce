import { counted } from "../plan/counted";
import { inAws, type Check } from "./check";
import type { Deployed, DeployedNode } from "./evidence";

/**
 * How old the image of a node may become, in days: half a year. So often the rule proposed in 2025 wants a system scanned for
 * vulnerabilities (90 FR 898, proposed 164.312(h)(2)(i)); what ran before the packages were brought up to date was never scanned otherwise.
 */
export const mostImageDays = 180;

const day = 86_400_000;

/** Of more nodes, the oldest image is told alone. */
const mostTold = 6;

/** The image of each node that says when it was made, and how old it is on a date. */
export function imagesInWords({ nodes }: Pick<Deployed, "nodes">, date: Date): string[] {
  const dated = nodes.flatMap(({ name, imageCreated }) => (imageCreated === undefined ? [] : [{ name, imageCreated }]));
  if (dated.length <= mostTold)
    return dated.map(({ name, imageCreated }) => ageInWords(`The image of ${name}`, imageCreated, date));
  const [oldest = ""] = dated.map(({ imageCreated }) => imageCreated).sort();
  return [ageInWords(`The oldest image of ${dated.length} nodes`, oldest, date)];
}

function ageInWords(what: string, imageCreated: string, date: Date): string {
  const days = Math.floor((date.getTime() - Date.parse(imageCreated)) / day);
  const old = days <= mostImageDays ? "" : ` That is more than ${mostImageDays}: raise \`imageGeneration\`.`;
  return `${what} is ${counted(days, "day")} old (${imageCreated.slice(0, 10)}).${old}`;
}

/** The AWS CLI says when any image was made, that of the organisation's own too. */
export function imageAgeCheck({ name, imageId }: DeployedNode): Check {
  return inAws(
    `the image of ${name} is at most ${mostImageDays} days old`,
    `created=$(aws ec2 describe-images --image-ids ${imageId} --query 'Images[0].CreationDate' --output text) && made=$(date --date "$created" +%s) && echo $((($(date +%s) - made) / 86400))`,
    String.raw`^(\d\d?|1[0-7]\d|180)$`,
  );
}
