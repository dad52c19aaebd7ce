import type { Statements } from "./statement.js";

const inForce = "the business associate agreement with AWS is in force for this account, and its date is on file";
const scanner = "the risk analysis says whether a node needs a scanner for malicious software, and so it was done";
const tried = "the contingency plan has the cache in it, and was tried with the cache away";
const onFile = "the last evaluation is on file, with what became of what it found";

/** What src/evidence/controls/organisation.ts says. */
export const organisationStatements: Statements = {
  "business-associate-agreement": [
    {
      claim: "AWS has agreed in writing to safeguard PHI before any is in the cache.",
      found: { attested: [inForce] },
    },
    {
      claim: "A precondition: without it no PHI may be in us-east-1's EC2, however well the rest is done.",
      found: { attested: [inForce] },
      unseen: "An agreement of another account, or one that was ended, covers nothing here.",
    },
    {
      claim: "AWS Artifact offers the agreement, for an account or an AWS organization.",
      noState: "It says where to get it.",
    },
    { claim: "An attestation of this control names the agreement's date.", found: { attested: [inForce] } },
    {
      claim:
        "AWS's list of HIPAA eligible services has to have the services that the cache uses: EC2 and EBS, KMS, Secrets Manager, CloudWatch Logs.",
      found: { attested: [inForce] },
    },
  ],
  "malicious-software": [
    { claim: "Malicious software is guarded against, detected and reported.", found: { attested: [scanner] } },
    { claim: "A node has no scanner for malicious software.", found: { attested: [scanner] } },
    {
      claim:
        "What makes it hard to bring any along: packages come signed from the archives that the image names, in Debian's own image Debian's alone, and no check looks for others;",
      unseen: "no check looks for others",
    },
    {
      claim: "Redis and the tunnel can write no file that they could run (`sandbox`);",
      found: {
        node: ["run Redis on a file system that it could write", "run the tunnel on a file system that it could write"],
      },
    },
    {
      claim: "a changed file of this library is found (`configuration-drift`).",
      found: { node: ["change a script", "let everybody write a script"] },
    },
    {
      claim: "Besides 7 packages that are needed, a node has what Debian's image has: nothing of that is removed.",
      unseen: "A program that root has put on a node, beside the files of this library, is not looked for.",
    },
    {
      claim: "Whether that is enough, or a scanner is added, is for the organisation's risk analysis.",
      found: { attested: [scanner] },
    },
  ],
  "contingency-plan": [
    {
      claim: "There is a plan, tried from time to time, for when the cache or its region is away.",
      found: { attested: [tried] },
    },
    {
      claim:
        "The cache holds nothing that has to be restored: it comes back empty, and is filled from the system of record.",
      unseen: "An application that was never run without the cache may not run without it.",
    },
    {
      claim: "A node that was lost is made again by `pulumi up`, within minutes.",
      found: { attested: [tried] },
    },
    {
      claim: "The plan says how applications work while the cache is away, and how critical they are.",
      found: { attested: [tried] },
    },
  ],
  evaluation: [
    {
      claim: "Somebody evaluates from time to time, and after changes, whether these safeguards still meet the rule.",
      found: { attested: [onFile] },
    },
    {
      claim:
        "This report is of one deployment, and `pulumi-hipaa-redis verify` compares what runs with it (docs/verify.md).",
      noState: "It says what there is to evaluate with.",
    },
    { claim: "Both are part of an evaluation;", found: { attested: [onFile] } },
    { claim: "its other half, which is not technical, is the organisation's.", found: { attested: [onFile] } },
  ],
};
