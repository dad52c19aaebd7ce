import type { Unwrap } from "@pulumi/pulumi";
import type { ec2 } from "@pulumi/aws";
import { oneOf } from "../../framework/kinds.js";
import { regionOf } from "../clients.js";
import { unlessGone } from "../gone.js";
import { ec2Arn, ec2Type, required } from "./ec2Type.js";

type Inputs = Unwrap<ec2.FlowLogArgs>;

export const flowLog = ec2Type<Inputs>({
  tagged: "vpc-flow-log",
  properties: {
    eniId: "string",
    iamRoleArn: "string",
    logDestination: "string",
    logDestinationType: oneOf("cloud-watch-logs"),
    maxAggregationInterval: "number",
    subnetId: "string",
    trafficType: oneOf("ACCEPT", "ALL", "REJECT"),
    vpcId: "string",
  },
  required: ["iamRoleArn", "logDestination", "trafficType"],
  defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
  replaceOn: "every",
  async create(client, inputs, TagSpecifications) {
    const { FlowLogIds, Unsuccessful } = await client.createFlowLogs({
      ...target(inputs),
      DeliverLogsPermissionArn: inputs.iamRoleArn,
      // AWS takes either this or LogDestination; LocalStack finds the group by this alone, and says that no log is delivered where it finds none.
      LogGroupName: groupName(inputs.logDestination),
      LogDestinationType: "cloud-watch-logs",
      MaxAggregationInterval: inputs.maxAggregationInterval,
      TagSpecifications,
      TrafficType: inputs.trafficType as "ACCEPT" | "ALL" | "REJECT",
    });
    const problem = Unsuccessful?.[0]?.Error?.Message;
    if (problem !== undefined) throw new Error(problem);
    return required(FlowLogIds?.[0]);
  },
  async describe(client, id, state) {
    const found = await unlessGone(client.describeFlowLogs({ FlowLogIds: [id] }));
    const live = found?.FlowLogs?.[0];
    if (live === undefined) return undefined;
    const [kind] = (live.ResourceId ?? "").split("-");
    const account = live.DeliverLogsPermissionArn?.split(":")[4];
    return {
      tags: live.Tags,
      outputs: {
        arn: ec2Arn(state.region, account, `vpc-flow-log/${id}`),
        eniId: kind === "eni" ? live.ResourceId : undefined,
        iamRoleArn: live.DeliverLogsPermissionArn,
        logDestination:
          live.LogGroupName === groupName(state.logDestination)
            ? state.logDestination
            : `arn:aws:logs:${regionOf(state.region)}:${account ?? ""}:log-group:${live.LogGroupName ?? ""}`,
        logDestinationType: live.LogDestinationType,
        logFormat: live.LogFormat,
        maxAggregationInterval: live.MaxAggregationInterval,
        subnetId: kind === "subnet" ? live.ResourceId : undefined,
        trafficType: live.TrafficType,
        vpcId: kind === "vpc" ? live.ResourceId : undefined,
      },
    };
  },
  async delete(client, id) {
    await unlessGone(client.deleteFlowLogs({ FlowLogIds: [id] }));
  },
});

/** The name in the ARN of a log group. */
function groupName(arn: string | undefined): string | undefined {
  return arn?.split(":log-group:")[1]?.replace(/:\*$/, "");
}

function target({ vpcId, subnetId, eniId }: Inputs) {
  if (vpcId !== undefined) return { ResourceType: "VPC" as const, ResourceIds: [vpcId] };
  if (subnetId !== undefined) return { ResourceType: "Subnet" as const, ResourceIds: [subnetId] };
  if (eniId !== undefined) return { ResourceType: "NetworkInterface" as const, ResourceIds: [eniId] };
  throw new Error("A flow log needs one of vpcId, subnetId and eniId");
}
