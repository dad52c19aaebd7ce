import { counted } from "../../plan/counted";
import { tunnelProgram } from "../../host/tunnelProgram";
import { journalNames, journalService } from "../../host/journals";
import { unitNames } from "../../host/units";
import { byPerson, inAws, literally, onHost, type Check } from "../check";
import type { Control } from "../control";
import { metadata, processOf } from "../hostCommands";
import { exemptControls } from "./exempt";

const connectionLog: Control = {
  id: "connection-log",
  title: "Connections are recorded",
  hipaa: ["164.312(b)"],
  article: [],
  nist: ["AU-2", "AU-3", "AU-12"],
  proposed: ["proposed 164.312(d)"],
  demand: "Connections to the cache, and those that were refused, can be examined later.",
  owners: ["organisation", "component"],
  how: ({ plan, deployed }) => [
    `${tunnelProgram(plan.tunnel).packageName} on the node writes to a journal of its own, of 256 MiB: the address, the name in the certificate and the number of bytes of each connection, and who was refused and why; never data. On an app host it has one of that size too. A check sees that the tunnel that runs writes there; that each connection has its line is its configuration, which is compared (\`configuration-drift\`), and is not counted.`,
    `A flow log of ${deployed.vpcId} has to record every connection, including those that AWS's firewalls refuse. A \`HipaaNetwork\` has one. In another VPC this is not met until its owner has set one up for all traffic: the cache doesn't make one, and this report can't tell; the check in AWS can.`,
    "How long these logs are kept is for the organisation to decide, and to write down with the reason: the six years of 45 CFR 164.316(b)(2)(i) are for required documentation. A `HipaaNetwork` keeps its flow log for `flowLogRetentionDays`, by default six years. The check in AWS asks for a month, so that a month can be reviewed; whether it is as long as was decided, a person says, as they do of one that goes elsewhere than to CloudWatch Logs.",
  ],
  checks: ({ deployed }) => [
    onHost(
      ["cache", "client"],
      "the tunnel that runs writes to its journal",
      // A line that can be read there, and the connection that both hold: of a journal that was ended since, old lines still stand there. Debian 12's
      // ss shows an inode beyond 2^31 as a negative number.
      `echo "$(journalctl --namespace=${journalNames.tunnel} --quiet --no-pager --lines=1 --output=short-iso "_SYSTEMD_INVOCATION_ID=$(systemctl show --property=InvocationID --value ${unitNames.tunnel})" | wc --lines) $(ss --no-header --unix --processes | awk -v wrote="$(readlink /proc/${processOf(unitNames.tunnel)}/fd/2 | tr --complement --delete 0-9)" -v reads=,pid=${processOf(journalService("tunnel"))}, '($8 + 4294967296) % 4294967296 == wrote && index($0, reads) { held++ } END { print held + 0 }')"`,
      "^1 1$",
    ),
    flowLogCheck(deployed.vpcId),
    byPerson("the organisation has decided how long these logs are kept, with the reason, and they are kept so long"),
  ],
  risk: {
    remains: "Nobody reads logs that nobody is told to read.",
    mitigation: "A review on a schedule (45 CFR 164.308(a)(1)(ii)(D), information system activity review).",
  },
};

/** For how long the groups keep what is delivered to them; `elsewhere` is a bucket or a stream. */
function flowLogCheck(vpcId: string): Check {
  const delivered = `select(.ResourceId == "${vpcId}" and .TrafficType == "ALL" and .FlowLogStatus == "ACTIVE" and .DeliverLogsStatus != "FAILED")`;
  return inAws(
    "the VPC has a flow log of all traffic, which is delivered and kept for a month at least",
    [
      `aws ec2 describe-flow-logs --filter Name=resource-id,Values=${vpcId} --output json | jq --raw-output '.FlowLogs[] | ${delivered} | .LogGroupName // ((.LogDestination // "") | capture(":log-group:(?<name>[^:]+)").name) // "-"'`,
      `while read -r group; do if [ "$group" = - ]; then echo elsewhere; else aws logs describe-log-groups --log-group-name-prefix "$group" --output json </dev/null | jq --raw-output --arg group "$group" '.logGroups[] | select(.logGroupName == $group) | "\\(.retentionInDays // "endless") days"'; fi; done`,
      "paste --serial --delimiters=,",
    ].join(" | "),
    String.raw`(^|,)((endless|3[1-9]|[4-9]\d|\d{3,}) days|elsewhere)(,|$)`,
  );
}

const noValuesInErrors: Control = {
  id: "no-values-in-errors",
  title: "No values in errors and logs",
  hipaa: ["164.312(a)(1)"],
  article: [],
  nist: ["SI-11", "AU-3(3)"],
  demand: "What an application sends and stores does not get into a log through its client library.",
  owners: ["component", "organisation"],
  how: () => [
    "`connect()` puts no value, key or password into an error, a warning, its debug output or a trace. Of a command it tells the name, the number of arguments and the length of each. Of a message that may repeat something, it keeps only the code (docs/errors.md). The library's tests send random commands, with ioredis 5 and 6, and look for their contents in everything that comes out.",
  ],
  checks: () => [
    byPerson("each application uses connect(), or a client that was found to do the same, and logs no value itself"),
  ],
  risk: {
    remains:
      "No command on a host can see which library an application uses, or what it logs itself, such as all that it sent when a command fails.",
    mitigation: "Cause an error on purpose, and look at the application's log.",
  },
};

const secureApplication: Control = {
  id: "secure-application",
  title: "Security of the application",
  hipaa: [],
  article: ["application"],
  nist: ["SA-11"],
  demand: "It only works with a responsible administrator and a secure application.",
  owners: ["organisation"],
  how: ({ plan }) => [
    `${plan.clients.map(({ client }) => client).join(", ")} can read and write every value of this cache: the cache is only as secure as they are.`,
  ],
  checks: () => [byPerson("the application has been reviewed for its own security")],
  risk: {
    remains: "Whoever breaks into an application has what it can read.",
    mitigation: "Its own review, updates and audit; a cache of its own for what others must not read.",
  },
};

const sameEverywhere: Control = {
  id: "test-as-production",
  title: "Test and production are alike",
  hipaa: [],
  article: ["environments"],
  nist: ["CM-2", "CM-6"],
  demand: "The test environment and the production environment have matching configurations.",
  owners: ["organisation", "component"],
  how: () => [
    "A cache is one component with its arguments: two stacks of one program differ only in what their configuration says. The library's tests boot hosts from the same user data that EC2 gets.",
  ],
  checks: () => [byPerson("test and production are stacks of the same program")],
  risk: {
    remains: "Changes that somebody makes by hand in one of them.",
    mitigation: "`pulumi refresh` shows them; replacing the node undoes them.",
  },
};

const documentation: Control = {
  id: "documentation",
  title: "Decisions and risks are documented",
  hipaa: ["164.316(b)(1)"],
  article: ["documentation"],
  nist: ["CM-8"],
  proposed: ["proposed 164.308(a)(1)", "proposed 164.308(a)(1)(ii)(A)", "proposed 164.308(a)(1)(ii)(B)"],
  demand: "Decisions are documented, with anticipated risks and their mitigations, and an inventory of what there is.",
  owners: ["component", "organisation"],
  how: ({ plan, deployed }) => [
    `This report is made from what is deployed: ${counted(deployed.nodes.length, "node")}, ${counted(plan.clients.length, "client")}, ${counted(plan.flows.length, "kind")} of traffic and ${counted(deployed.certificates.length, "certificate")}.`,
  ],
  checks: ({ deployed }) => [
    onHost(
      ["cache"],
      "this is a node that the report speaks of",
      metadata("meta-data/instance-id"),
      `^(${deployed.nodes.map(({ instanceId }) => literally(instanceId)).join("|")})$`,
    ),
    ...deployed.nodes.map(({ name, instanceId, privateIp }) =>
      inAws(
        `${name} runs, and is where the report says`,
        `aws ec2 describe-instances --instance-ids ${instanceId} --query 'Reservations[].Instances[].[State.Name,PrivateIpAddress]' --output text`,
        String.raw`^running\s+${literally(privateIp)}$`,
      ),
    ),
    byPerson(
      "the report is read, signed and kept for six years (45 CFR 164.316(b)(2)(i)), and again after each change",
    ),
  ],
  risk: {
    remains: "An old report describes how things once were.",
    mitigation: "Write it at each deployment (docs/evidence.md).",
  },
};

export const applicationControls: readonly Control[] = [
  ...exemptControls,
  connectionLog,
  noValuesInErrors,
  secureApplication,
  sameEverywhere,
  documentation,
];
