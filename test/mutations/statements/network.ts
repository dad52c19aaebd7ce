import { entries as planned } from "../../unit/verify/answers/network.js";
import type { Statements } from "./statement.js";

const subnet = "subnet-0123456789abcdef0";
/** Applications outside of the VPC. */
const peered = { appCidrBlocks: ["10.50.0.0/20"] };
const aclEntries = "the network ACL has the planned entries and no other";
const itsSubnet = "each subnet of the cache is where it was planned, and gives no public address and none of IPv6";
const letsOut = "the security group lets out to the planned networks alone";

/** What src/evidence/controls/network.ts says. */
export const networkStatements: Statements = {
  "dedicated-tenancy": [
    {
      claim: "The cache runs on hardware that no other AWS customer uses at the same time.",
      found: { program: ["ec2-instance-dedicated"] },
      swapped: {
        answers: [
          ["sessions-0 has the tenancy dedicated", "default"],
          ["sessions-0 has the tenancy dedicated", "host"],
        ],
      },
    },
    {
      claim: "has the tenancy `dedicated`",
      found: { answers: [["sessions-0 has the tenancy dedicated", "default"]] },
    },
  ],
  "private-subnets": [
    {
      claim: "The cache is in a private subnet of its own",
      found: { aws: ["put something else into the cache's subnet"], program: ["cache-subnet-alone"] },
      swapped: { answers: [["the cache's subnets hold its nodes and nothing else", "10.0.0.101"]] },
    },
    {
      claim: "which the outside world can't reach",
      found: { aws: ["lead a network to another VPC"], program: ["cache-subnet-routes"] },
      swapped: {
        aws: ["take the cache's subnet out of its route table"],
        answers: [["each subnet of the cache has the planned routes and no other", `${subnet}: 0.0.0.0/0 igw-1`]],
      },
    },
    {
      claim: "Subnet sessions-0 (10.0.0.96/28, us-east-1a)",
      swapped: {
        answers: ["10.0.0.112/28 us-east-1a", "10.0.0.96/28 us-east-1b"].map((place) => [
          itsSubnet,
          `${subnet} vpc-0123456789abcdef0 ${place}`,
        ]),
      },
    },
    {
      claim: "a peering connection, a transit gateway or a VPN gateway, is the program's own",
      of: peered,
      unseen: "which one of these it leads to, no check looks at",
    },
    {
      claim: "gives no public address and has no route from the internet",
      found: {
        aws: [
          "give public addresses to what is put into the cache's subnet",
          "add a route to the internet to the cache's subnet",
        ],
      },
    },
    {
      claim: "Node sessions-0 is at 10.0.0.100, in sessions-0.",
      swapped: { answers: [["the cache's subnets hold its nodes and nothing else", "10.0.0.101"]] },
    },
  ],
  "flows-only": [
    {
      claim: "Application hosts reach the cache's port, bastion hosts port 22, and nobody reaches anything else",
      found: {
        aws: ["let another network in by the security group", "let the applications' network in on another port"],
        program: ["cache-security-group-closed"],
      },
      swapped: {
        aws: ["let another security group in in place of the bastions'"],
        answers: [
          [
            "the security group lets in what is planned and nothing else",
            "tcp 22-22 10.0.0.0/28, tcp 6379-6379 0.0.0.0/0",
          ],
        ],
      },
    },
    {
      claim: "by a network ACL and by a security group",
      found: {
        aws: ["let everybody in by the network ACL", "put the node into a second security group"],
        program: ["cache-network-acl-closed", "cache-security-group-alone"],
      },
      swapped: {
        aws: ["put the node into another security group in the place of its own"],
        answers: [
          ["sessions-0 has one interface, with its address and the cache's security group alone", "sg-1 10.0.0.100"],
        ],
      },
    },
    {
      claim: "Application hosts reach Redis through the tunnel: TCP 6379 from 10.0.16.0/20.",
      found: {
        answers: [
          ["the security group lets in what is planned and nothing else", "tcp 22-22 10.0.0.0/28"],
          [aclEntries, `${subnet}: ${planned}, no in 10.0.16.0/20 6 6379-6379`],
        ],
      },
      swapped: {
        answers: [[aclEntries, `${subnet}: ${planned.replace("10.0.16.0/20 6 6379", "10.0.32.0/20 6 6379")}`]],
      },
    },
    {
      claim: "Operators sign in from the bastion hosts: TCP 22 from 10.0.0.0/28.",
      swapped: { aws: ["let another security group in in place of the bastions'"] },
    },
    {
      claim: "The node fetches its secret and Debian packages: TCP 443 to 0.0.0.0/0.",
      found: {
        answers: [
          [
            "the network ACL has the planned entries and no other",
            `${subnet}: in 0.0.0.0/0 6 22-22, in 10.0.16.0/20 6 6379-6379`,
          ],
        ],
      },
    },
    {
      claim: "The network ACL has 6 entries, all derived from these flows, and denies the rest;",
      found: { aws: ["let everybody in by the network ACL"] },
    },
    {
      claim: "answers come back only to ports 32768 to 60999 of the node",
      found: { aws: ["let everybody in by the network ACL"] },
    },
    {
      claim: "The security group has 3 rules, one for each peer of each flow.",
      found: { aws: ["let another network in by the security group"] },
    },
  ],
  "host-firewall": [
    {
      claim: "The host itself is closed as well, in case AWS's firewalls are opened by mistake.",
      found: {
        node: [
          "let in whatever no rule is about",
          "let out whatever no rule is about",
          "put a rule before all others that lets everything in",
        ],
      },
    },
    {
      claim:
        "nftables on the node lets in TCP 6379, TCP 22, and lets out TCP 80, TCP and UDP 53, UDP 123, UDP 67, TCP 443",
      found: { node: ["shut operators out", "shut applications out", "shut every way out"] },
    },
    {
      claim: "each with the flow's networks alone;",
      found: { node: ["open a way out to another network"] },
      swapped: { node: ["let in another network in the place of the bastions'"] },
    },
    {
      claim: "no IPv6, no forwarding.",
      found: { node: ["forward packets of others", "put a rule before all others that lets everything in"] },
    },
    {
      claim: "The file of its rules is the planned one (`configuration-drift`).",
      found: { node: ["load other rules, and leave them in the file"] },
    },
    {
      claim: "Of an app host's traffic it judges what goes to the tunnel, the cache and instance metadata",
      found: { appHost: ["open the tunnel to every user", "let everybody ask for the role that reads the key"] },
    },
    {
      claim: "It alone judges what the node asks of Amazon itself, which no network ACL and no security group can",
      found: { node: ["shut every way out", "open a way out to another network"] },
    },
    {
      claim: "the host's agent loads those again and raises an alarm;",
      found: { node: ["change a script", "overlook an alarm"], appHost: ["overlook an alarm"] },
    },
    {
      claim: "it looks as often as it looks for a new secret",
      found: { node: ["look for no new certificates"], appHost: ["look for no new certificates"] },
    },
    {
      claim:
        "Debian's own nftables.service flushes all rules, and loads these again at once, by a file of this library",
      found: { node: ["take a file away"] },
    },
  ],
  "way-out": [
    {
      claim: "The node opens connections only to what it needs.",
      found: { aws: ["let mail out"], node: ["let out whatever no rule is about"] },
      swapped: {
        answers: ["192.0.2.0/24", "sg-1", "pl-1"].map((peer) => [letsOut, `tcp 443-443 ${peer}`]),
      },
    },
    {
      claim: "Root on the node gets the credentials of its role: TCP 80 to 169.254.169.254.",
      found: { node: ["shut every way out"] },
    },
    {
      claim:
        "The node finds Secrets Manager and Debian's mirrors by name: TCP and UDP 53 to 169.254.169.253, 10.0.0.2.",
      found: { node: ["shut every way out"] },
    },
    {
      claim: "The node's clock judges certificates: UDP 123 to 169.254.169.123.",
      found: { node: ["shut every way out"] },
    },
    { claim: "The node keeps its address: UDP 67 to 10.0.0.97.", found: { node: ["shut every way out"] } },
    {
      claim: "The node fetches its secret and Debian packages: TCP 443 to 0.0.0.0/0.",
      found: { aws: ["let mail out"], node: ["shut every way out"] },
    },
    {
      claim: "The network ACL (`flows-only`) and the node's own firewall (`host-firewall`) let out the same;",
      found: { aws: ["let everybody in by the network ACL"], node: ["open a way out to another network"] },
    },
    {
      claim: "what goes to Amazon's own services the latter judges alone",
      found: { node: ["let out whatever no rule is about"] },
    },
    {
      claim: "To 0.0.0.0/0 is more than it needs, so this is met in part",
      unseen: "the firewalls do not tell Secrets Manager and Debian's mirrors from other addresses",
      found: { attested: ["a firewall or a proxy on the node's way out lets HTTPS pass to what the node needs alone"] },
    },
    {
      claim: "What limits HTTPS on its way from there is your organisation's.",
      found: { attested: ["a firewall or a proxy on the node's way out lets HTTPS pass to what the node needs alone"] },
    },
  ],
};
