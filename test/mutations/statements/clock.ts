import type { Statements } from "./statement.js";

const answered = "that server has answered in the last thousand seconds, and the clock was less than a second off";

/** What src/evidence/controls/clock.ts says. */
export const clockStatements: Statements = {
  clock: [
    {
      claim: "Certificates, and the times in logs, are judged by a clock that follows a known source.",
      found: { node: ["stop what sets the clock"] },
    },
    {
      claim: "chrony on the node asks 169.254.169.123 and nothing else, whatever Debian or DHCP names;",
      found: { node: ["have the clock follow another server as well"] },
      swapped: {
        answers: [
          [
            "the clock follows one of the planned time servers, and chrony asks no other",
            "192.0.2.1 of 169.254.169.123",
          ],
        ],
      },
    },
    {
      claim: "the node's firewall lets it ask no other (`host-firewall`).",
      found: { node: ["let out whatever no rule is about"] },
    },
    {
      claim:
        "The host's agent raises an alarm when the clock is more than 300 s away from that of instance metadata (`certificate-life`).",
      found: { node: ["overlook an alarm"] },
    },
    {
      claim:
        "A check sees whom it follows, when that server last answered, and how far off the clock was then by its word;",
      found: {
        node: ["stop what sets the clock"],
        answers: [[answered, "12 seconds ago, off by 3.100000, Normal"]],
      },
    },
    { claim: "whether the server is right, no check sees.", unseen: "whether the server is right, no check sees." },
  ],
};
