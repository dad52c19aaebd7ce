import type { Choice } from "../../../lab/scenario/dimensions.js";
import { debianImageIds, openQuickstart, quickstartHosts, upQuickstart } from "../../../lab/scenario/quickstart.js";
import { choicesFor } from "../../support/dimensions.js";

/** Whose cloud-init fails: the mirror has none of what this host says that its image has. */
export const failsOnDebian: readonly string[] = [quickstartHosts.node];

/** Of any choice nothing is installed, and nothing starts: one is enough. */
export function choiceOnDebian(): Choice {
  const [choice] = choicesFor([]);
  if (choice === undefined) throw new Error("There is nothing to choose.");
  return choice;
}

/** The quickstart whose hosts say that their image has the packages, where it is Debian's. Returns its VPC's id. */
export async function deployOnDebian(options: {
  readonly endpoint: string;
  readonly folder: string;
  readonly progress: (line: string) => void;
}): Promise<{ readonly vpcId: string; readonly remove: () => Promise<unknown> }> {
  const stackName = "image-test";
  const choice = choiceOnDebian();
  const quickstart = await openQuickstart({
    ...options,
    stackName,
    plugins: "local",
    ...choice,
    imageId: debianImageIds[choice.operatingSystem],
  });
  const { stack } = quickstart;
  await upQuickstart(quickstart, () => undefined);
  const { vpcId } = await stack.outputs();
  options.progress(`${stackName} is deployed`);
  return {
    vpcId: String(vpcId?.value),
    remove: () => stack.workspace.removeStack(stackName, { force: true }),
  };
}
