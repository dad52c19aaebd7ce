import { awsTypes } from "../awsTypes";
import { judgeValue } from "../judging";
import type { ResourceRule } from "../rule";

export const snapshotsNotPublic: ResourceRule = {
  name: "ebs-snapshots-not-public",
  description: "Snapshots of volumes are not open to every AWS account.",
  control: "encrypted-volumes",
  hipaa: ["164.308(a)(4)(i)", "164.312(a)(1)"],
  remediation: 'Share with named accounts only, and set aws.ebs.SnapshotBlockPublicAccess to "block-all-sharing".',
  awsConfig: ["ebs-snapshot-public-restorable-check"],
  types: [awsTypes.snapshotCreateVolumePermission, awsTypes.ebsSnapshotBlockPublicAccess],
  judge: ({ type, props }) =>
    type === awsTypes.ebsSnapshotBlockPublicAccess
      ? judgeValue(props, "state", (state) =>
          state === "unblocked" ? "lets snapshots be shared with everybody" : undefined,
        )
      : judgeValue(props, "accountId", (account) =>
          account === "all" ? "shares a snapshot with every account" : undefined,
        ),
};
