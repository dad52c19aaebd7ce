import type { DeviationArgument } from "./deviations";
import type { OpeningName } from "./leftOpen";

/** How likely a risk is, or how bad: three of the five of NIST SP 800-30, revision 1, tables G-2 and H-2. */
export type RiskLevel = "low" | "moderate" | "high";

/** What is proposed for a risk, before anybody has looked at the organisation that bears it. */
export interface RiskRating {
  /** How likely it is that it comes to that, where the control holds. */
  readonly likelihood: RiskLevel;
  /** How bad that is. */
  readonly impact: RiskLevel;
  /** Why so. */
  readonly because: string;
}

/** The lower of the two: so NIST SP 800-30, revision 1, table I-2 combines these three. */
export function riskLevel({ likelihood, impact }: RiskRating): RiskLevel {
  return rank[likelihood] < rank[impact] ? likelihood : impact;
}

const rank: Readonly<Record<RiskLevel, number>> = { low: 1, moderate: 2, high: 3 };

function rated<Name extends string>(
  likelihood: RiskLevel,
  impact: RiskLevel,
  reasons: Readonly<Record<Name, string>>,
): Record<Name, RiskRating> {
  const all = Object.entries<string>(reasons).map(([name, because]) => [name, { likelihood, impact, because }]);
  return Object.fromEntries(all) as Record<Name, RiskRating>;
}

/** Of what remains although a control is met, by the control's id. */
export const residualRatings: Readonly<Record<string, RiskRating>> = {
  ...rated("moderate", "high", {
    operators: "Private keys are copied from workstations. Whoever has one can become root on the node.",
    "multi-factor": "Private keys are copied from workstations. Whoever has one can become root on the node.",
    "security-updates": "Holes become known all the time; one in what listens may open every value.",
    "least-privilege": "Many people often have such rights in an AWS account. Keys and passwords open every value.",
    wall: "Containers often run as root. Whoever breaks into one can then take the host's key along.",
    "no-values-in-errors": "Logging what was sent is a common mistake, and logs go far.",
    "secure-application": "Applications are what is attacked most, and each reads all values of its cache.",
  }),
  ...rated("low", "high", {
    "dedicated-tenancy": "It takes a flaw of AWS's hypervisor, or somebody of AWS's staff. Then every value is open.",
    "way-out": "It takes a break-in first. What the process can read can then leave.",
    tls: "It takes root on a host or a flaw of its kernel. What is in memory there is in clear.",
    "hybrid-key-exchange":
      "It takes a quantum computer that nobody is known to have. Then what X25519 alone protected is open, and so is the rest to who forges a certificate.",
    "mutual-authentication":
      "It takes root on a host. Until the key is refused, whoever has it can read and change values.",
    "automatic-logoff":
      "Few people have an account and the time is short, but an operator can become root on the node.",
    "nothing-on-disk": "It takes root on a host, or the hypervisor. All values are in memory.",
    sandbox: "It takes a break-in and a flaw of the kernel. Then every value is open.",
    "business-associate-agreement": "Accounts and agreements seldom change. Without one, no PHI may be there at all.",
    "malicious-software": "It takes root on a node. All values are then open.",
  }),
  ...rated("moderate", "moderate", {
    "transmission-integrity":
      "Applications have mistakes, and somebody may act on a wrong value. The system of record is not changed by it.",
    "certificate-life": "A schedule may be forgotten. Then applications do without the cache.",
    "emergency-access": "What nobody tries often fails. Values can be made again without the node.",
    backup: "Updates and failures empty the cache. How much the system of record bears decides how bad that is.",
    limits: "A mistake in one application is enough. No value is disclosed, but others may be without the cache.",
    "vulnerability-scans": "Updates close what is known without a scan. What is set up weakly only a scan finds.",
    "user-credentials": "Applications have mistakes in what they let whom see. Their own audit has to show it.",
    "connection-log": "Logs that nobody has to read are not read. A break-in may then stay unseen.",
    "contingency-plan": "What nobody tries often fails. How much depends on the application decides how bad that is.",
    failover: "Nodes fail and are restarted. Writes fail for seconds then, and the last ones may be lost.",
  }),
  ...rated("low", "moderate", {
    "private-subnets":
      "It takes rights in the AWS account. A machine that is put there gets no further without a certificate.",
    "host-firewall": "It takes root on a host. The security group and the tunnel's certificates still hold.",
    "operator-audit": "It takes root on the node. Nothing is read by it, but it may stay unseen who did.",
    "dangerous-commands": "It takes a client's access and an unknown flaw; the sandbox still holds.",
    scripting: "It takes a client's access and an unknown flaw; the sandbox still holds.",
    clock:
      "It takes a time server, or the way to it. Expired certificates may then be accepted, and times in logs are wrong.",
    "configuration-drift": "It takes root on a host. A change may then stay unseen.",
    "instance-metadata": "It takes root on a host, and opens the one secret of that host.",
    "application-credentials":
      "It takes a break-in into the application, and ends after an hour. What the role may do decides how bad that is.",
    integrity: "It takes a mistake in an admitted application, or a break-in. Values can be made again.",
    "integrity-mechanism": "It takes a mistake in an admitted application, or a break-in. An expiry ends it.",
    "cache-audit": "It takes an application's own host and user. Who read what can then not be told.",
  }),
  ...rated("moderate", "low", {
    "flows-only": "Anybody in the applications' network can try; without a certificate nothing can be read.",
    "client-passwords": "Applications are broken into, but the password opens nothing that they can't reach already.",
    "test-as-production": "Changes by hand happen. What is lost is that a test shows what production does.",
    documentation: "Reports are forgotten. What is deployed is not changed by it.",
    evaluation: "Reviews are forgotten. What is deployed is not changed by it.",
  }),
  ...rated("low", "low", {
    "log-in-attempts": "What has to be guessed can't be.",
    "encrypted-volumes": "It takes rights on the key, and no value is on the volume.",
    "live-configuration": "It takes root on the node, who can read the memory anyway.",
  }),
};

/** Of what an argument weakens. */
export const deviationRatings: Readonly<Record<DeviationArgument, RiskRating>> = {
  ...rated("moderate", "high", {
    allowScripting: "Scripts that don't end happen. A flaw of the interpreter opens every value to one client.",
  }),
  ...rated("low", "high", {
    operatingSystem:
      "It takes a quantum computer that nobody is known to have. Then every value that was recorded is open.",
    allowSharedTenancy: "It takes a flaw that reaches across machines of one host. Then every value may be open.",
    operatorIdleLogoffMinutes: "Few people have an account, but an operator can become root on the node.",
  }),
  ...rated("moderate", "moderate", {
    securityUpdateWindow:
      "Holes become known all the time; this one stays open for some days more, behind the sandbox.",
    evictionPolicy:
      "A mistake in one application is enough to keep all others from writing. Old values stay for longer.",
    replicas:
      "Updates restart each node in its turn, and hosts fail. How much the system of record bears decides how bad that is.",
    keyspaceEvents: "Names of keys often have a patient's number in them. It takes an admitted client to read them.",
  }),
  ...rated("low", "moderate", {
    refreshIntervalSeconds: "It takes a stolen key first. Whoever has it can read for longer.",
    certificates: "It takes a stolen key first, and retiring its authority ends that sooner.",
    subnets: "It takes the loss of that zone. Applications are without the cache then, and no value is disclosed.",
    shards: "It takes the loss of that zone. Applications are without the cache then, and no value is disclosed.",
    maxMemoryPercent: "It takes many connections at once. The tunnel's restart cuts them, and no value is disclosed.",
    maxValueBytes: "It takes an admitted client. Others have to wait, and no value is disclosed.",
  }),
};

/** Of what is left open by default. */
export const openingRatings: Readonly<Record<OpeningName, RiskRating>> = {
  ...rated("moderate", "high", {
    secretAdministratorArns:
      "Many people often have such rights in an AWS account. Keys and passwords open every value.",
  }),
  ...rated("low", "high", {
    httpsEgressCidrBlocks: "It takes a break-in first. What the process can read can then leave.",
    imageId: "It takes rights on the image. Whoever has them is root on the node from its first boot.",
  }),
  ...rated("high", "moderate", {
    "one-node":
      "Updates restart the node, and hosts fail. How much the system of record bears decides how bad that is.",
  }),
  ...rated("moderate", "low", {
    clientSecurityGroups: "Anybody in the applications' network can try; without a certificate nothing can be read.",
    bastionSecurityGroupIds: "Anybody in the bastion hosts' network can try; without an operator's key nothing opens.",
  }),
};
