import type { CachePlan } from "../plan/cachePlan";
import { InvalidArgumentsError, type Problem } from "../arguments/problems";
import { counted } from "../plan/counted";
import { nodeUserData } from "./nodeUserData";
import { userDataBytes, userDataLimitBytes } from "./userData";

/**
 * Whether every node's user data fits into EC2's limit, found out before any resource exists: ARNs, the only part that
 * is not known yet, are stood in for by ones that are longer and less compressible than AWS's.
 */
export function userDataProblems(plan: CachePlan): Problem[] {
  return plan.nodes.flatMap((node) => {
    const bytes = userDataBytes(nodeUserData(plan, node, longLeaves));
    if (bytes <= userDataLimitBytes) return [];
    return [
      {
        path: "operators",
        got: `user data of ${bytes} bytes with ${counted(plan.operators.length, "operator")}`,
        allowed: `EC2 takes ${userDataLimitBytes} bytes: name fewer operators, or give ssh-ed25519 keys, which are short.`,
      },
    ];
  });
}

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
