import { awsTypes } from "../awsTypes";
import { ofTypes, someMust } from "../judging";
import { refersTo } from "../reference";
import type { StackRule } from "../rule";

export const volumesBackedUp: StackRule = {
  name: "ebs-volumes-in-backup-plan",
  description: "Volumes that outlive their instance are in a plan of AWS Backup.",
  control: "backup",
  hipaa: ["164.308(a)(7)(i)", "164.308(a)(7)(ii)(A)", "164.308(a)(7)(ii)(B)"],
  remediation: "Add the volume's ARN to the resources of an aws.backup.Selection.",
  awsConfig: ["ebs-in-backup-plan", "ec2-resources-protected-by-backup-plan"],
  cdkNag: ["EC2EBSInBackupPlan"],
  note:
    "It judges only volumes that are resources of their own. The root volume of an instance can be made again from its image and " +
    "user data; that of a cache's node must hold nothing (`nothing-on-disk`), so it gets no backup, against both packs. A selection by tags cannot be followed.",
  types: [awsTypes.ebsVolume],
  judgeInStack: (volume, stack) =>
    someMust(
      ofTypes(stack, [awsTypes.backupSelection]).map((selection) => refersTo(selection, "resources", [volume])),
      "is in no backup plan",
    ),
};
