import type { Statements } from "./statement.js";

const image = "sessions-0 is of the planned image and type";

/** What src/evidence/controls/drift.ts says. */
export const driftStatements: Statements = {
  "configuration-drift": [
    {
      claim: "What runs is what was decided and documented.",
      found: { node: ["change a script", "take a file away", "change a line of redis.conf that no check is about"] },
    },
    {
      claim: "A change by hand of what this library laid down is found; a deployment undoes it.",
      found: {
        node: [
          "change a script",
          "take a file away",
          "override a unit",
          "load other rules, and leave them in the file",
        ],
        appHost: ["have systemd hold another port than the tunnel's", "override a unit"],
      },
    },
    {
      claim:
        "sessions-0 is of the type m6i.large and was made of the image ami-0123456789abcdef0; what has become of its disk since, the image's id doesn't tell.",
      swapped: {
        answers: [
          [image, "ami-0123456789abcdef1\tm6i.large"],
          [image, "ami-0123456789abcdef0\tm6i.xlarge"],
        ],
      },
      unseen: "what has become of its disk since, the image's id doesn't tell",
    },
    {
      claim: "The user data of sessions-0 has the SHA-256",
      swapped: {
        answers: [["AWS has the planned user data of sessions-0", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4  -"]],
      },
    },
    {
      claim: "and every file of this library on it is made from it",
      found: { node: ["change a script", "move the window to once a year"] },
    },
    {
      claim: "A host is changed by a deployment, which replaces a node.",
      found: { node: ["change a script"], appHost: ["let everybody write the connection file"] },
    },
    {
      claim: "finds any other change of these files, of who may write them, and of these units (docs/verify.md).",
      found: {
        node: ["let everybody write a script", "let an operator own a script", "override a unit"],
        appHost: ["let everybody write the connection file", "override a unit"],
      },
    },
    {
      claim: "Of Debian's own files, and of what an app host's owner has there",
      unseen: "it finds what another control's check is about, and nothing else",
    },
  ],
};
