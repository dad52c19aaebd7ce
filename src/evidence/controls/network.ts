import { inDirection, isJudgedByHostAlone, judgedBy, judgedByHost, type Flow } from "../../plan/flow";
import { hostPaths } from "../../host/hostPaths";
import { hostKinds } from "../../plan/hostKinds";
import { outsideNetworks } from "../../plan/outsideNetworks";
import { nodeEphemeralPorts, redisPort, sshPort } from "../../plan/ports";
import { anywhere } from "../anywhere";
import {
  interfaceChecks,
  networkAclCheck,
  routesCheck,
  securityGroupCheck,
  subnetsAsPlannedCheck,
  subnetsCheck,
} from "../awsNetworkChecks";
import { byPerson, inAws, onHost } from "../check";
import type { Control, Risk } from "../control";
import { flowInWords, portInWords } from "../flowsInWords";
import { ofEachNode, shapeOf, type Shape } from "../shape";

const dedicatedTenancy: Control = {
  id: "dedicated-tenancy",
  title: "Dedicated hardware",
  hipaa: ["164.312(a)(1)"],
  article: ["environment"],
  nist: ["SC-4", "SC-39"],
  demand: "The cache runs on hardware that no other AWS customer uses at the same time.",
  owners: ["component", "AWS"],
  how: ({ plan, deployed }) =>
    ofEachNode(
      plan,
      deployed.nodes,
      (node) => `Instance ${node.instanceId} (${node.name}, ${plan.instanceType}) has the tenancy \`${plan.tenancy}\`.`,
      `The instances of all ${deployed.nodes.length} nodes (${plan.instanceType}) have the tenancy \`${plan.tenancy}\`.`,
    ),
  checks: ({ plan, deployed }) =>
    deployed.nodes.map(({ name, instanceId }) =>
      inAws(
        `${name} has the tenancy ${plan.tenancy}`,
        `aws ec2 describe-instances --instance-ids ${instanceId} --query 'Reservations[].Instances[].Placement.Tenancy' --output text`,
        `^${plan.tenancy}$`,
      ),
    ),
  risk: {
    remains: "AWS operates the hypervisor.",
    mitigation: "The business associate agreement with AWS (`business-associate-agreement`).",
  },
};

const privateSubnets: Control = {
  id: "private-subnets",
  title: "Private, dedicated subnets",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  article: ["environment", "network"],
  nist: ["SC-7", "SC-7(21)"],
  proposed: ["proposed 164.312(a)(2)(vi)"],
  demand: "The cache is in a private subnet of its own, which the outside world can't reach.",
  owners: ["component"],
  how: ({ plan }) => [
    ...plan.subnets.map(
      (subnet) =>
        `Subnet ${subnet.name} (${subnet.cidrBlock}, ${subnet.availabilityZone}) gives no public address and has no route from the internet.`,
    ),
    ...ofEachNode(
      plan,
      plan.nodes,
      (node) => `Node ${node.name} is at ${node.privateIp}, in ${node.subnet.name}.`,
      `Each of the ${plan.nodes.length} nodes is in one of them, at an address of its own.`,
    ),
    ...outsideNetworks(plan).map(
      (cidr) =>
        `${cidr} is outside of the VPC: a route to it, by a peering connection, a transit gateway or a VPN gateway, is the program's own; which one of these it leads to, no check looks at.`,
    ),
  ],
  checks: (subject) => [subnetsAsPlannedCheck(subject), routesCheck(subject), subnetsCheck(subject)],
  risk: {
    remains: "Whoever may change the VPC in this AWS account can add a route or a machine to these subnets.",
    mitigation: "Give few people that right; AWS CloudTrail and AWS Config report who used it.",
  },
};

const flowsOnly: Control = {
  id: "flows-only",
  title: "Only listed traffic passes AWS's firewalls",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  article: ["environment", "network"],
  nist: ["SC-7", "SC-7(5)", "AC-4"],
  proposed: ["proposed 164.312(a)(2)(vi)", "proposed 164.312(c)(2)(iv)"],
  demand: `Application hosts reach the cache's port, bastion hosts port ${sshPort}, and nobody reaches anything else: by a network ACL and by a security group.`,
  owners: ["component"],
  how: ({ plan, deployed }) => [
    ...judgedBy("networkAcl", plan.flows).map((flow) => flowInWords(flow, deployed)),
    `The network ACL has ${plan.networkAclEntries.length} entries, all derived from these flows, and denies the rest; answers come back only to ports ${nodeEphemeralPorts.fromPort} to ${nodeEphemeralPorts.toPort} of the node.`,
    `The security group has ${plan.securityGroupRules.length} rules, one for each peer of each flow.`,
  ],
  checks: (subject) => [
    securityGroupCheck("the security group lets in what is planned and nothing else", "ingress", subject),
    networkAclCheck(subject),
    ...interfaceChecks(subject),
  ],
  risk: {
    remains:
      "A machine in the applications' network may open connections to the port; without a certificate it gets no further.",
    mitigation:
      "Let clients have security groups of their own (`clientSecurityGroups`), or name the applications' (`appSecurityGroupIds`), so that their networks alone are not enough.",
  },
};

const hostFirewall: Control = {
  id: "host-firewall",
  title: "Host firewall",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  article: ["environment"],
  nist: ["SC-7(12)", "SC-7(5)"],
  proposed: ["proposed 164.312(c)", "proposed 164.312(c)(2)(iv)"],
  demand: "The host itself is closed as well, in case AWS's firewalls are opened by mistake.",
  owners: ["component"],
  how: ({ plan }) => [
    `nftables on the node lets in ${ports(plan.flows, "ingress")}, and lets out ${ports(plan.flows, "egress")}, each with the flow's networks alone; no IPv6, no forwarding. The file of its rules is the planned one (\`configuration-drift\`). Of an app host's traffic it judges what goes to the tunnel, the cache and instance metadata (\`wall\`, \`instance-metadata\`).`,
    `It alone judges what the node asks of Amazon itself, which no network ACL and no security group can: ${ofHostAlone(plan.flows)}.`,
    "When the rules in force are not the planned ones, the host's agent loads those again and raises an alarm; it looks as often as it looks for a new secret (`certificate-life`, `configuration-drift`). Debian's own nftables.service flushes all rules, and loads these again at once, by a file of this library (`configuration-drift`).",
  ],
  checks: ({ plan }) => [
    ...["input", "forward", "output"].map((chain) =>
      onHost(
        ["cache"],
        `what is not allowed is dropped (${chain})`,
        `nft list chain inet hipaa_redis ${chain}`,
        "policy drop",
      ),
    ),
    ...judgedByHost(plan.flows).map(({ name, direction, port, service }) =>
      onHost(
        ["cache"],
        `the flow ${name} has a rule`,
        `nft list chain inet hipaa_redis ${direction === "ingress" ? "input" : "output"}`,
        // nft(8) may print the name that /etc/services gives a port; Redis's is of its own alone.
        service === "redis" && port !== redisPort ? `dport ${port} accept` : `dport (${port}|${service}) accept`,
      ),
    ),
    // Loaded where no packet passes, it is listed as the kernel would list it here.
    onHost(
      hostKinds,
      "the rules in force are those that were laid down",
      `[ "$(unshare --net sh -c 'nft --file ${hostPaths.firewallConfig} && ${listed}')" = "$(${listed})" ] && echo same`,
      "^same$",
    ),
  ],
  risk: {
    remains:
      "root on a host can take the firewall down. Rules that an app host's owner flushes by hand are missing until the agent looks.",
    mitigation: "What operators do with sudo is in the journal (`operator-audit`); the security group still holds.",
  },
};

const wayOut: Control = {
  id: "way-out",
  title: "Outbound traffic is restricted",
  hipaa: ["164.312(e)(1)"],
  article: ["environment"],
  nist: ["SC-7(5)", "AC-4"],
  demand: "The node opens connections only to what it needs.",
  owners: ["component", "organisation"],
  how: ({ plan, deployed }) => [
    ...inDirection("egress", plan.flows).map((flow) => flowInWords(flow, deployed)),
    "The network ACL (`flows-only`) and the node's own firewall (`host-firewall`) let out the same; what goes to Amazon's own services the latter judges alone.",
    ...anywhere(plan.flows).map(
      (cidr) =>
        `To ${cidr} is more than it needs, so this is met in part: the firewalls do not tell Secrets Manager and Debian's mirrors from other addresses. What limits HTTPS on its way from there is your organisation's.`,
    ),
  ],
  checks: (subject) => [
    securityGroupCheck("the security group lets out to the planned networks alone", "egress", subject),
    ...(anywhere(subject.plan.flows).length === 0
      ? []
      : [byPerson("a firewall or a proxy on the node's way out lets HTTPS pass to what the node needs alone")]),
  ],
  risk: riskOfWayOut("alone"),
  riskOf: (plan) => riskOfWayOut(shapeOf(plan)),
};

function riskOfWayOut(shape: Shape): Risk {
  const reach = {
    alone: "Redis has no network at all, and the tunnel may talk only to the applications' networks",
    replicas:
      "Redis and Sentinel reach the loopback alone, and the tunnel only the applications' networks and the other nodes",
    shards: "Redis reaches the loopback alone, and the tunnel only the applications' networks and the other nodes",
  };
  return {
    remains: `Where the way out leads to any address, whoever breaks into a process with a network could send data out by HTTPS. ${reach[shape]} (\`sandbox\`).`,
    mitigation: "Name the networks of VPC endpoints and of your own mirror in `httpsEgressCidrBlocks`.",
  };
}

/** Without what is counted and who has called. */
const listed = "nft --stateless --terse list table inet hipaa_redis";

function ports(flows: readonly Flow[], direction: Flow["direction"]): string {
  return [...new Set(inDirection(direction, judgedByHost(flows)).map(portInWords))].join(", ");
}

function ofHostAlone(flows: readonly Flow[]): string {
  return flows
    .filter(isJudgedByHostAlone)
    .map((flow) => `${flow.peer} (${portInWords(flow)})`)
    .join(", ");
}

export const networkControls: readonly Control[] = [dedicatedTenancy, privateSubnets, flowsOnly, hostFirewall, wayOut];
