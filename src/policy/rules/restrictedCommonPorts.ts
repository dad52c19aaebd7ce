import { judgeOpenings, tcpAmong, typesThatOpen } from "../openings";
import type { ResourceRule } from "../rule";

/** FTP, Remote Desktop, MySQL, mSQL: those of AWS Config's pack, and 3309 of cdk-nag's. */
export const commonPorts = [20, 21, 3306, 3309, 3389, 4333];

export const restrictedCommonPorts: ResourceRule = {
  name: "security-group-restricted-common-ports",
  description: "Ports 20, 21, 3306, 3309, 3389 and 4333 are not open to the world.",
  control: "flows-only",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Let in the networks or security groups of your own hosts only.",
  awsConfig: ["restricted-common-ports"],
  cdkNag: ["EC2RestrictedCommonPorts"],
  note: "Both packs leave out Redis's port: `redis-port-not-public` has it.",
  types: typesThatOpen,
  judge: (resource) => judgeOpenings(resource, tcpAmong(commonPorts)),
};
