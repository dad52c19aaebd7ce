import type { Statements } from "./statement.js";

const noRun = "have no run of updates for three days";
const waits = "leave a security update that waits";
const replaced = "go on with a program that an update has replaced";
const image = "the image of sessions-0 is at most 180 days old";

/** What src/evidence/controls/updates.ts says. */
export const updatesStatements: Statements = {
  "security-updates": [
    { claim: "Security patches on the host are current.", found: { node: [noRun, waits, replaced] } },
    {
      claim: "Debian's security updates, and no others, are installed at 08:00 UTC;",
      found: {
        node: ["close the window for updates", "remove what installs updates", "overlook a run of updates that failed"],
      },
      swapped: { node: ["move the window to once a year"] },
      unseen: "nor a package that came from elsewhere",
    },
    {
      claim: "a service whose code was replaced is restarted, and a new kernel restarts the node.",
      found: { node: [replaced, "go on when a restart is required"] },
    },
    {
      claim: "A server that is older than",
      found: { node: ["have a server that lacks its last security fix"] },
    },
    {
      claim:
        "Current means: at most 48 hours after the last run that succeeded (before the first window: after the first boot), with no security update waiting and no restart due.",
      found: { node: [noRun, waits, "go on when a restart is required"] },
    },
    {
      claim:
        "What waits is told by the node's own lists, as they were at that run, with packages that are held back: what Debian has published since no check sees, nor a package that came from elsewhere.",
      found: { node: ["lose the lists of Debian's security archive"] },
      unseen: "what Debian has published since no check sees",
    },
    {
      claim:
        "All packages of the image are brought up to date when a node boots for the first time, before Redis, the tunnel or sshd listens.",
      found: { node: [waits] },
      unseen: "In which order that was, the library's tests see.",
    },
    {
      claim: "In which order that was, the library's tests see.",
      unseen: "In which order that was, the library's tests see.",
    },
    {
      claim:
        "Node sessions-0 boots the image ami-0123456789abcdef0 (`configuration-drift`), which was Debian's newest for x86_64 when `imageGeneration` 1 was first deployed.",
      found: { answers: [[image, "181"]] },
      swapped: { answers: [["sessions-0 is of the planned image and type", "ami-0123456789abcdef1\tm6i.large"]] },
    },
  ],
  "vulnerability-scans": [
    {
      claim: "Vulnerability scans are run twice a year, and penetration tests once a year (the rule proposed in 2025).",
      found: {
        attested: ["the last scan and the last penetration test are on file, with what became of their findings"],
      },
    },
    {
      claim: "The node records each package with its version in its journal",
      unseen: "what the node records of its packages, no check reads",
    },
    {
      claim: "what the node records of its packages, no check reads.",
      unseen: "what the node records of its packages, no check reads",
    },
    {
      claim: "The library's own tests try to break into hosts like these on every run;",
      noState: "It says what the library's tests do.",
    },
    {
      claim: "they do not replace a test of the deployed system.",
      found: {
        attested: ["the last scan and the last penetration test are on file, with what became of their findings"],
      },
    },
  ],
};
