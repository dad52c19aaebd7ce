import type { Statements } from "./statement.js";

const console = "EC2's serial console, which asks for no SSH key, is shut in this account and region";
const secondFactor = "bastion hosts, VPN and AWS accounts ask for a second factor";
const procedure = "the organisation's emergency procedure names the system of record and who may deploy";
const itsKey = "ada has the one key that is named, and no other";

/** What src/evidence/controls/people.ts says. */
export const peopleStatements: Statements = {
  operators: [
    {
      claim: "Access to the host is by SSH key only, and each person signs in with their own auditable credentials.",
      found: {
        node: [
          "take passwords for SSH",
          "take other ways than keys",
          "let in whom an authority of somebody's certifies",
          "have a program name keys",
          "take passwords from one address",
          "let an operator alone in by an authority of theirs",
          "look for keys elsewhere",
          "start sshd with more than its files",
        ],
      },
      unseen: "who else has a key, no check can see",
    },
    {
      claim:
        "1 account: ada, each with one SSH key, to which they can't add another without root (`configuration-drift`).",
      found: { node: ["add a key to an operator's", "let an operator change their key", "give another account sudo"] },
      swapped: {
        node: ["put another key in the place of an operator's"],
        answers: [[itsKey, "SHA256:of-eve"]],
      },
    },
    {
      claim: "Nobody else: no default account, no root;",
      found: { node: ["let root sign in", "let another account sign in", "make another account root"] },
      swapped: { answers: [["operators alone may sign in", "allowusers eve"]] },
    },
    {
      claim: "no password, no forwarding",
      found: {
        node: ["give root a password", "take passwords for SSH"],
        answers: [["sshd has no other way in for an operator than their key", ""]],
      },
    },
    {
      claim: "The accounts are for administration only",
      unseen: "what else they are used for, and who else has a key, no check can see",
    },
  ],
  "automatic-logoff": [
    {
      claim: "An operator's session ends after a time of inactivity.",
      found: { node: ["let silent sessions stay", "let idle terminals stay", "have logind know of no session"] },
    },
    {
      claim: "The host and sshd end a session after 15 minutes in which nothing is typed or nothing passes.",
      found: { node: ["let silent sessions stay", "let idle terminals stay", "have logind know of no session"] },
    },
  ],
  "operator-audit": [
    {
      claim: "Who signed in, with which key, and what they ran as root can be examined later.",
      found: {
        node: [
          "have sshd name no keys",
          "have sudo tell the journal nothing",
          "forget after a day what the journal has",
        ],
      },
    },
    {
      claim: "sshd records the operator and the key;",
      found: { node: ["have sshd name no keys"] },
    },
    {
      claim: "sudo records the operator, the command and what the command runs in turn.",
      found: { node: ["have sudo record no commands in turn", "have sudo tell the journal nothing"] },
    },
    {
      claim:
        "The journal keeps this on disk through restarts of the node, in 1 GiB that neither the tunnel nor Redis writes to",
      found: {
        node: [
          "keep the journal in memory from now on",
          "forget after a day what the journal has",
          "take the tunnel out of its sandbox at its next start",
        ],
      },
    },
    {
      claim: "It records no output, which could be PHI.",
      found: { node: ["have sudo record what commands print"] },
    },
  ],
  "log-in-attempts": [
    {
      claim: "Access is suspended after a number of unsuccessful attempts (the rule proposed in 2025).",
      unseen: "should it become final as it is, this would be a gap",
    },
    {
      claim: "Nothing here can be guessed: people have keys (`operators`), applications have a certificate",
      found: { node: ["take passwords for SSH", "give root a password"] },
    },
    {
      claim: "64 characters, which this library draws at random",
      found: { appHost: ["give the application a short password"] },
      unseen: "which this library draws at random",
    },
    {
      claim: "Suspending an account after wrong attempts would let a stranger lock an application out.",
      noState: "It is why the proposed rule's demand is not met.",
    },
    {
      claim: "sshd ends a connection after three attempts",
      found: { node: ["let sshd take any number of attempts"] },
    },
    {
      claim: "the node counts in its journal the wrong passwords that Redis refuses (`configuration-drift`)",
      found: { node: ["change a script"] },
    },
  ],
  "emergency-access": [
    {
      claim: "There is a procedure for obtaining the necessary PHI in an emergency.",
      found: { attested: [procedure] },
    },
    { claim: "The cache is for copies.", found: { attested: [procedure] } },
    {
      claim: "What an emergency needs is in the system that they were made from, which applications ask",
      found: { attested: [procedure] },
      unseen: "somebody attests",
    },
    {
      claim: "For the hosts: an operator whose key is in a safe (operators now: ada)",
      found: { attested: [procedure] },
      swapped: {
        answers: [
          [console, "True"],
          [console, "None"],
        ],
      },
      unseen: "A key in a safe may not work if nobody has tried it.",
    },
  ],
  "multi-factor": [
    {
      claim: "People prove who they are by more than one factor (the rule proposed in 2025 would require it).",
      found: { attested: [secondFactor] },
    },
    {
      claim: "The node asks for an SSH key (`operators`), which is one factor.",
      found: { node: ["take other ways than keys"] },
    },
    {
      claim: "The bastion host or its VPN has to ask for the second.",
      found: { attested: [secondFactor] },
    },
    {
      claim:
        "AWS's console and API, where the cache is deployed from, ask for the factors that the organisation's IAM demands.",
      found: { attested: [secondFactor] },
    },
    { claim: "Neither is seen by a check: somebody attests it.", found: { attested: [secondFactor] } },
  ],
};
