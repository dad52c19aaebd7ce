import { literally, onHost } from "../check";
import type { Control } from "../control";

export const clock: Control = {
  id: "clock",
  title: "Clock synchronisation",
  hipaa: ["164.312(b)", "164.312(d)"],
  article: [],
  nist: ["AU-8", "SC-45(1)"],
  demand: "Certificates, and the times in logs, are judged by a clock that follows a known source.",
  owners: ["component", "organisation"],
  how: ({ plan }) => [
    `chrony on the node asks ${plan.timeServers.join(", ")} and nothing else, whatever Debian or DHCP names; the node's firewall lets it ask no other (\`host-firewall\`). The host's agent raises an alarm when the clock is more than 300 s away from that of instance metadata (\`certificate-life\`).`,
    "A check sees whom it follows, when that server last answered, and how far off the clock was then by its word; whether the server is right, no check sees.",
  ],
  checks: ({ plan }) => [
    onHost(
      ["cache"],
      "the clock follows one of the planned time servers, and chrony asks no other",
      `echo "$(chronyc -c -n tracking | cut --delimiter=, --fields=2) of $(chronyc -c -n sources | cut --delimiter=, --fields=3 | LC_ALL=C sort | paste --serial --delimiters=' ')"`,
      `^(${plan.timeServers.map(literally).join("|")}) of ${[...plan.timeServers].sort().map(literally).join(" ")}$`,
    ),
    onHost(
      ["cache"],
      "that server has answered in the last thousand seconds, and the clock was less than a second off",
      `chronyc -c -n tracking | awk -F, -v now="$(date +%s)" '{ printf "%d seconds ago, off by %.6f, %s\\n", now - $4, $5, $14 }'`,
      String.raw`^-?\d{1,3} seconds ago, off by -?0\.\d+, Normal$`,
    ),
  ],
  risk: {
    remains: "A time server that is wrong, or that somebody has taken over, sets the clock.",
    mitigation: "Name three or more in `timeServers`: chrony leaves out one that disagrees with the others.",
  },
};
