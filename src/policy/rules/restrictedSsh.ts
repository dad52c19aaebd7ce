import { sshPort } from "../../plan/ports";
import { judgeOpenings, tcpAmong, typesThatOpen } from "../openings";
import type { ResourceRule } from "../rule";

export const restrictedSsh: ResourceRule = {
  name: "security-group-restricted-ssh",
  description: "Port 22 is not open to the world.",
  control: "operators",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Let in the networks of your bastion hosts only.",
  awsConfig: ["restricted-ssh"],
  cdkNag: ["EC2RestrictedSSH"],
  types: typesThatOpen,
  judge: (resource) => judgeOpenings(resource, tcpAmong([sshPort])),
};
