import { ended, firewall, type Answers, type AnswersToCheck } from "./answer.js";

const accepted = (port: number | string): string => firewall(`ip saddr 10.0.16.0/20 tcp dport ${port} accept`);

const [subnet, group] = ["subnet-0123456789abcdef0", "sg-0123456789abcdef0"];

const itsSubnet = `${subnet} vpc-0123456789abcdef0 10.0.0.96/28 us-east-1a`;
/** Of its network ACL, as the check prints them. */
export const entries =
  "in 0.0.0.0/0 6 32768-60999, in 10.0.0.0/28 6 22-22, in 10.0.16.0/20 6 6379-6379, " +
  "out 0.0.0.0/0 6 443-443, out 10.0.0.0/28 6 1024-65535, out 10.0.16.0/20 6 1024-65535";

export const networkAnswers: Answers = {
  "dedicated-tenancy": [["sessions-0 has the tenancy dedicated", "dedicated", "default", "host"]],
  "private-subnets": [
    [
      "each subnet of the cache is where it was planned, and gives no public address and none of IPv6",
      itsSubnet,
      "",
      `${itsSubnet} public`,
      `${itsSubnet} 2001:db8::/64`,
      itsSubnet.replace("10.0.0.96/28", "10.0.0.112/28"),
      itsSubnet.replace("us-east-1a", "us-east-1b"),
      itsSubnet.replace("vpc-0", "vpc-1"),
    ],
    [
      "each subnet of the cache has the planned routes and no other",
      `${subnet}: 0.0.0.0/0 nat-1`,
      "",
      `${subnet}: `,
      "main: 0.0.0.0/0 nat-1",
      `${subnet}: 0.0.0.0/0 igw-1`,
      `${subnet}: 0.0.0.0/0 nat-1, 10.99.0.0/16 pcx-1`,
      `${subnet}: 0.0.0.0/0 nat-1, propagated vgw-1`,
      `${subnet}: 0.0.0.0/0 nat-1; subnet-1: `,
    ],
    [
      "the cache's subnets hold its nodes and nothing else",
      "10.0.0.100",
      "",
      "10.0.0.100, 10.0.0.101",
      "10.0.0.101",
      "10x0.0.100",
    ],
  ],
  "flows-only": [
    [
      "the security group lets in what is planned and nothing else",
      "tcp 22-22 10.0.0.0/28, tcp 6379-6379 10.0.16.0/20",
      "tcp 22-22 10.0.0.0/28",
      "tcp 22-22 10.0.0.0/28, tcp 6379-6379 10.0.16.0/20, tcp 80-80 0.0.0.0/0",
      "tcp 22-22 10.0.0.0/28, tcp 6379-6379 0.0.0.0/0",
      "tcp 22-22 10.0.0.0/28, tcp 6379-6379 sg-1",
      "tcp 22-22 pl-1, tcp 6379-6379 10.0.16.0/20",
      "tcp 22-22 10.0.0.0/28, tcp 6379-6379 10.0.16x0/20",
    ],
    [
      "the network ACL has the planned entries and no other",
      `${subnet}: ${entries}`,
      `${subnet}: in 0.0.0.0/0 6 22-22, in 10.0.16.0/20 6 6379-6379`,
      `${subnet}: ${entries.replace("6 22-22", "17 22-22")}`,
      `${subnet}: ${entries.replace("10.0.16.0/20 6 6379", "10.0.32.0/20 6 6379")}`,
      `${subnet}: ${entries}, no in 10.0.16.0/20 6 6379-6379`,
      `${subnet} subnet-1: ${entries}`,
      `${subnet}: ${entries}; subnet-1: in 0.0.0.0/0 -1 null-null`,
      "",
    ],
    [
      "sessions-0 has one interface, with its address and the cache's security group alone",
      `${group} 10.0.0.100`,
      "",
      `${group} sg-1 10.0.0.100`,
      `sg-1 10.0.0.100`,
      `${group} 10.0.0.100 10.0.0.101`,
      `${group} 10.0.0.100; ${group} 10.0.0.101`,
      `${group} 10.0.0.100 192.0.2.1`,
    ],
  ],
  "host-firewall": [
    ...["input", "forward", "output"].map((chain): AnswersToCheck => [
      `what is not allowed is dropped (${chain})`,
      firewall("type filter hook input priority filter; policy drop;"),
      firewall("type filter hook input priority filter; policy accept;"),
    ]),
    ["the flow apps-to-redis has a rule", accepted(6379), accepted(6380), accepted("ssh")],
    ["the flow bastions-to-ssh has a rule", accepted("ssh"), accepted(2222), accepted(6379)],
    ["the flow node-to-metadata has a rule", accepted("http"), accepted("https"), accepted(800)],
    ["the flow node-to-dns has a rule", accepted("domain"), accepted(5353), accepted("ntp")],
    ["the flow node-to-time has a rule", accepted("ntp"), accepted(1234), accepted("domain")],
    ["the flow node-to-dhcp has a rule", accepted("bootps"), accepted(68), accepted("bootpc")],
    ["the flow node-to-https has a rule", accepted(443), accepted("http"), accepted(4430)],
    ["the rules in force are those that were laid down", "same", ended(1), "not the same"],
  ],
  "way-out": [
    [
      "the security group lets out to the planned networks alone",
      "tcp 443-443 0.0.0.0/0",
      "tcp 443-443 0.0.0.0/0, tcp 80-80 0.0.0.0/0",
      "tcp 443-443 192.0.2.0/24",
      "tcp 443-443 sg-1",
      "tcp 443-443 pl-1",
      "-1 -1--1 0.0.0.0/0",
    ],
  ],
};
