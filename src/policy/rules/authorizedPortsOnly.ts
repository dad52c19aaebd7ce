import { httpsPort, redisPort, sshPort, type PortRange } from "../../plan/ports";
import { judgeOpenings, typesThatOpen } from "../openings";
import type { ResourceRule } from "../rule";
import { commonPorts } from "./restrictedCommonPorts";

/** Left to the rule that names them, so that one fault has one name. */
const ofOtherRules = [sshPort, redisPort, ...commonPorts];

export const authorizedPortsOnly: ResourceRule = {
  name: "security-group-authorized-ports-only",
  description: "No port but 443 is open to the world.",
  control: "flows-only",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Let in the networks or security groups of your own hosts only.",
  awsConfig: ["vpc-sg-open-only-to-authorized-ports"],
  note: "HTTPS over TCP is authorised, for a public load balancer; ports that another rule names are left to it.",
  types: typesThatOpen,
  judge: (resource) => judgeOpenings(resource, opensAnother),
};

function opensAnother(protocol: string, { fromPort, toPort }: PortRange): boolean {
  const allowed = protocol === "udp" ? [] : [httpsPort, ...ofOtherRules];
  return allowed.filter((port) => fromPort <= port && port <= toPort).length < toPort - fromPort + 1;
}
