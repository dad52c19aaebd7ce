import { Parameter } from "@pulumi/aws/ssm/parameter";
import type { CustomResourceOptions, Output } from "@pulumi/pulumi";
import { healthParameterName, notReportedYet } from "../plan/health";
import { nameTags, type Tags } from "../resources/nameTags";

/** Where a node reports how it does. It holds nothing that is secret. */
export function createHealthParameter(
  node: string,
  secretArn: Output<string>,
  tags: Tags,
  opts: CustomResourceOptions,
): Parameter {
  return new Parameter(
    `${node}-health`,
    {
      name: secretArn.apply(healthParameterName),
      type: "String",
      value: notReportedYet,
      description: `How the cache node ${node} does, as it reports itself`,
      tags: nameTags(tags, `${node}-health`),
    },
    // From then on it is the node's. Made anew, it has the same name.
    { ...opts, ignoreChanges: ["value"], deleteBeforeReplace: true },
  );
}
