import { awsTypes } from "../awsTypes";
import { judgeEach, judgeValue } from "../judging";
import { valueAt } from "../resource";
import type { ResourceRule } from "../rule";
import { compliant, worst, type Verdict } from "../verdict";

export const volumesEncrypted: ResourceRule = {
  name: "ebs-volumes-encrypted",
  description:
    "Volumes are encrypted: those of instances, of launch templates, and those that are resources of their own.",
  control: "encrypted-volumes",
  hipaa: ["164.312(a)(2)(iv)"],
  remediation: "Set encrypted: true, for rootBlockDevice too.",
  awsConfig: ["encrypted-volumes"],
  note: "It judges before the volume exists, and also an instance that says nothing about its root volume.",
  types: [awsTypes.ebsVolume, awsTypes.instance, awsTypes.launchTemplate],
  judge({ type, props }) {
    switch (type) {
      case awsTypes.instance:
        return worst([
          encrypted(props, "rootBlockDevice.encrypted"),
          judgeEach(props, "ebsBlockDevices", (device) => encrypted(device, "encrypted")),
        ]);
      case awsTypes.launchTemplate:
        return judgeEach(props, "blockDeviceMappings", (device) =>
          valueAt(device, "ebs") === undefined ? compliant : encrypted(device, "ebs.encrypted"),
        );
      default:
        return encrypted(props, "encrypted");
    }
  },
};

/** The AWS provider takes "true" as well in a launch template. */
function encrypted(props: unknown, path: string): Verdict {
  return judgeValue(props, path, (value) =>
    value === true || value === "true" ? undefined : "has a volume that is not encrypted",
  );
}
