import type { Statements } from "./statement.js";

const subnet = "subnet-0123456789abcdef0";

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
        answers: [
          ["sessions-0 has one interface, with its address and the cache's security group alone", "sg-1 10.0.0.100"],
        ],
      },
    },
    {
      claim: "Application hosts reach Redis through the tunnel: TCP 6379 from 10.0.16.0/20.",
      swapped: {
        answers: [["the security group lets in what is planned and nothing else", "tcp 22-22 10.0.0.0/28"]],
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
};
