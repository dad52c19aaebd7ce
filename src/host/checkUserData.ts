import type { CachePlan, NodePlan } from "../plan/cachePlan";
import { placesPerShard } from "../plan/placement";
import { InvalidArgumentsError, type Problem } from "../arguments/problems";
import { counted } from "../plan/counted";
import { nodeUserData } from "./nodeUserData";
import { userDataBytes, userDataLimitBytes } from "./userData";

/** Whether every node's user data fits into EC2's limit, found out before any resource exists. */
export function userDataProblems(plan: CachePlan): Problem[] {
  const bytes = mostUserDataBytes(plan);
  if (bytes <= userDataLimitBytes) return [];
  const { operators, nodes, cluster, imageHasPackages } = plan;
  // Of shards, no node's user data says anything of another.
  const replicas = cluster === undefined ? nodes.length - 1 : 0;
  const people = counted(operators.length, "operator");
  const others = replicas === 0 ? "" : ` and ${counted(replicas, "replica")}`;
  const fewer = replicas === 0 ? "fewer operators" : "fewer operators or replicas";
  const image = imageHasPackages ? "" : ", or an image that has the packages (imageHasPackages)";
  return [
    {
      path: "operators",
      got: `user data of ${bytes} bytes with ${people}${others}`,
      allowed: `EC2 takes ${userDataLimitBytes} bytes: give ${fewer}, ssh-ed25519 keys, which are short${image}.`,
    },
  ];
}

/** The longest of the nodes: ARNs, the only part that is not known yet, are stood in for by ones that are longer and less compressible than AWS's. */
export function mostUserDataBytes(plan: CachePlan): number {
  const bytes = (nodes: readonly NodePlan[]): number =>
    Math.max(...nodes.map((node) => userDataBytes(nodeUserData(plan, node, longLeaves))));
  const { nodes } = plan;
  if (nodes.length <= 2 * lookedAt) return bytes(nodes);
  return bytes([...nodes.slice(0, lookedAt), ...nodes.slice(-lookedAt)]) + spareBytes;
}

/** Of hundreds of nodes, the first and the last tell what it is with all: they differ by addresses and numbers. */
const lookedAt = placesPerShard;
const spareBytes = 64;

/** An app host's user data, when it fits into EC2's limit. */
export function fitting(component: string, text: string): string {
  const bytes = userDataBytes(text);
  if (bytes <= userDataLimitBytes) return text;
  const got = `user data of ${bytes} bytes, compressed and all together`;
  const allowed = `EC2 takes ${userDataLimitBytes}: keep large files elsewhere and fetch them at boot.`;
  throw new InvalidArgumentsError(component, [{ path: "additionalUserData", got, allowed }]);
}

const filler = "Zq7XvK2mWd9TfJ4sBn6RcL1hYg8PeA3uQx5VkM0wDt-Fj_SbNrClHyGp.EaUzIoOi";

const longLeaves = {
  region: "ap-southeast-99",
  secretArn: `arn:aws-us-gov:secretsmanager:ap-southeast-99:123456789012:secret:${filler}`,
};
