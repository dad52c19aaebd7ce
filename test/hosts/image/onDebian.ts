import { defaultOperatingSystem } from "../../../src/plan/operatingSystem.js";
import { debianImageIds, openQuickstart, quickstartHosts, upQuickstart } from "../../../lab/scenario/quickstart.js";

/** Whose cloud-init fails: the mirror has none of what this host says that its image has. */
export const failsOnDebian: readonly string[] = [quickstartHosts.node];

/** The quickstart whose hosts say that their image has the packages, where it is Debian's. Returns its VPC's id. */
export async function deployOnDebian(options: {
  readonly endpoint: string;
  readonly folder: string;
  readonly progress: (line: string) => void;
}): Promise<{ readonly vpcId: string; readonly remove: () => Promise<unknown> }> {
  const stackName = "image-test";
  const quickstart = await openQuickstart({
    ...options,
    stackName,
    plugins: "local",
    imageId: debianImageIds[defaultOperatingSystem],
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
