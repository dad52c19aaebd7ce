import { nodePackages } from "../../host/nodeUserData";
import { byPerson } from "../check";
import type { Control } from "../control";
import { hasPeers, shapeOf, type Shape } from "../shape";

const businessAssociateAgreement: Control = {
  id: "business-associate-agreement",
  title: "Business associate agreement with AWS",
  hipaa: ["164.308(b)(1)", "164.308(b)(3)"],
  article: [],
  nist: [],
  proposed: ["proposed 164.308(b)(2)(ii)"],
  demand: "AWS has agreed in writing to safeguard PHI before any is in the cache.",
  owners: ["organisation", "AWS"],
  how: ({ plan, deployed }) => [
    `A precondition: without it no PHI may be in ${deployed.region}'s EC2, however well the rest is done. AWS Artifact offers the agreement, for an account or an AWS organization.`,
    `An attestation of this control names the agreement's date. AWS's list of HIPAA eligible services has to have the services that the cache uses: EC2 and EBS, KMS, Secrets Manager, CloudWatch Logs${hasPeers(plan) ? ", Systems Manager" : ""}.`,
  ],
  checks: () => [
    byPerson("the business associate agreement with AWS is in force for this account, and its date is on file"),
  ],
  attestationNames: "date",
  risk: {
    remains: "An agreement of another account, or one that was ended, covers nothing here.",
    mitigation: "Look at AWS Artifact once a year, and with each new account.",
  },
};

const maliciousSoftware: Control = {
  id: "malicious-software",
  title: "Malicious software",
  hipaa: ["164.308(a)(5)(ii)(B)"],
  article: [],
  nist: [],
  proposed: ["proposed 164.312(c)(2)(i)", "proposed 164.312(c)(2)(ii)"],
  demand: "Malicious software is guarded against, detected and reported.",
  owners: ["organisation", "component"],
  how: ({ plan }) => [
    "A node has no scanner for malicious software. What makes it hard to bring any along: packages come signed from the archives that the image names, in Debian's own image Debian's alone, and no check looks for others; Redis and the tunnel can write no file that they could run (`sandbox`); a changed file of this library is found (`configuration-drift`).",
    `Besides ${nodePackages(plan.tunnel, plan.engine).length} packages that are needed, a node has what Debian's image has: nothing of that is removed.`,
    "Whether that is enough, or a scanner is added, is for the organisation's risk analysis.",
  ],
  checks: () => [
    byPerson("the risk analysis says whether a node needs a scanner for malicious software, and so it was done"),
  ],
  risk: {
    remains: "A program that root has put on a node, beside the files of this library, is not looked for.",
    mitigation: "Replace a node whose state is in doubt; on app hosts the scanner that their owner has elsewhere.",
  },
};

const whenItIsAway: Readonly<Record<Shape, string>> = {
  alone:
    "The cache holds nothing that has to be restored: it comes back empty, and is filled from the system of record. A node that was lost is made again by `pulumi up`, within minutes.",
  replicas:
    "The cache holds nothing that has to be restored. While a majority of its Sentinels is there, another node takes over (`failover`), and a node that was lost is made again by `pulumi up`; when all are lost, it comes back empty and is filled from the system of record.",
  shards:
    "The cache holds nothing that has to be restored. While a majority of the primaries is there, a replica takes over where its shard has one (`failover`), and a node that was lost is made again by `pulumi up`; a shard of which all nodes are lost comes back empty and is filled from the system of record.",
};

const contingency: Control = {
  id: "contingency-plan",
  title: "Contingency plan",
  hipaa: ["164.308(a)(7)(i)"],
  article: [],
  nist: [],
  proposed: ["proposed 164.308(a)(13)"],
  demand: "There is a plan, tried from time to time, for when the cache or its region is away.",
  owners: ["organisation", "component"],
  how: ({ plan }) => [
    whenItIsAway[shapeOf(plan)],
    "The plan says how applications work while the cache is away, and how critical they are.",
  ],
  checks: () => [byPerson("the contingency plan has the cache in it, and was tried with the cache away")],
  risk: {
    remains: "An application that was never run without the cache may not run without it.",
    mitigation: "Stop the node of the test environment, and look.",
  },
};

const evaluation: Control = {
  id: "evaluation",
  title: "Periodic evaluation",
  hipaa: ["164.308(a)(8)"],
  article: [],
  nist: [],
  proposed: ["proposed 164.308(a)(1)(ii)(C)", "proposed 164.308(a)(14)", "proposed 164.312(a)(2)(viii)"],
  demand: "Somebody evaluates from time to time, and after changes, whether these safeguards still meet the rule.",
  owners: ["organisation", "component"],
  how: () => [
    "This report is of one deployment, and `pulumi-hipaa-redis verify` compares what runs with it (docs/verify.md). Both are part of an evaluation; its other half, which is not technical, is the organisation's.",
  ],
  checks: () => [byPerson("the last evaluation is on file, with what became of what it found")],
  risk: {
    remains: "The rule, AWS and the organisation change while the cache does not.",
    mitigation: "An evaluation each year, and a new report with each version of this library.",
  },
};

export const organisationControls: readonly Control[] = [
  businessAssociateAgreement,
  maliciousSoftware,
  contingency,
  evaluation,
];
