import type { Assessment } from "../assess";
import { hasPort, type Flow, type PortFlow } from "../../plan/flow";
import { busPort, replicationPort, sentinelPort } from "../../plan/ports";
import { groupsInWords, judgesInWords, networksOf, portInWords } from "../flowsInWords";
import { heading, paragraph, table, type Block } from "./blocks";

/** Every kind of traffic that is allowed. */
export function networkPart({ plan, evidence }: Assessment): Block[] {
  return [
    heading(2, "Network"),
    paragraph(
      "This table has every kind of traffic that is allowed. Everything else is blocked. What a node asks of Amazon itself no network ACL and no security group can judge: its own firewall does.",
    ),
    table(
      [
        ["Service", 12],
        ["What for", 25],
        ["Direction", 10],
        ["Port", 10],
        ["Networks", 18],
        ["Security groups", 11],
        ["Judged by", 14],
      ],
      plan.flows.map((flow) => [
        serviceOf(flow),
        flow.reason,
        flow.direction === "ingress" ? "to the node" : "from the node",
        portInWords(flow),
        networksOf(flow).join(", "),
        groupsInWords(flow, evidence.deployed).join(", ") || "none named",
        judgesInWords(flow),
      ]),
    ),
  ];
}

function serviceOf(flow: Flow): string {
  if (!hasPort(flow)) return "Packet size (ICMP)";
  return serviceOfPort[flow.port] ?? serviceWords[flow.service];
}

/** What the tunnel carries beside Redis itself. */
const serviceOfPort: Readonly<Record<number, string>> = {
  [replicationPort]: "Redis (replication)",
  [sentinelPort]: "Sentinel",
  [busPort]: "Redis (cluster bus)",
};

const serviceWords: Readonly<Record<PortFlow["service"], string>> = {
  redis: "Redis",
  ssh: "SSH",
  https: "HTTPS",
  http: "Instance metadata",
  domain: "DNS",
  ntp: "Time (NTP)",
  bootps: "DHCP",
};
