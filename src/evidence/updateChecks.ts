import { timeUnit } from "../host/timeFiles";
import { unitNames } from "../host/units";
import { longestGapHours } from "../plan/updateWindow";
import { onHost, type Check } from "./check";
import { packageCommands } from "./packageCommands";

/** Whether a node's security patches are current, by what has run there and by its own lists of Debian's archives. */

/** So long after a window the next run may come to its end: systemd waits for up to half an hour, a restart takes its time, and a run may fail once. */
const graceHours = 24;

/** Our own unit's, in seconds since 1970 at the beginning of the line; no line where the journal has none. */
const lastSuccess = `journalctl --no-pager --quiet --output=short-unix --lines=1 _PID=1 UNIT=${unitNames.updates} JOB_RESULT=done MESSAGE_ID=39f53479d3a045ac8e11786248231fbf`;

/** A day and the grace, or, where the window names days, the longest time between two of them. */
export function mostHoursSinceRun(window: string): number {
  return longestGapHours(window) + graceHours;
}

/** A node that has not had its window yet is as current as its first boot has made it. */
export function lastRunCheck(window: string): Check {
  const most = mostHoursSinceRun(window);
  return onHost(
    ["cache"],
    `a run of updates came to its end without a failure in the last ${most} hours, or the node has booted for the first time since`,
    [
      `run=$(${lastSuccess} | cut --delimiter=. --fields=1)`,
      // cloud-init marks what it has done once in an instance's life.
      "boot=$(find /var/lib/cloud/instance/sem -type f -printf '%T@\\n' | sort --numeric-sort | head --lines=1 | cut --delimiter=. --fields=1)",
      'what="run of updates" last=${run:-0}',
      'if [ "${boot:-0}" -gt "$last" ]; then what="first boot" last=$boot; fi',
      "hours=$((($(date +%s) - last) / 3600))",
      `if [ "$hours" -le ${most} ]; then echo "$what $hours hours ago, in time"; else echo "$what $hours hours ago, late"; fi`,
    ].join("; "),
    String.raw`^(run of updates|first boot) \d+ hours ago, in time$`,
  );
}

/** Packages that somebody holds back count as well. */
export const nothingWaitsCheck: Check = onHost(
  ["cache"],
  "no security update waits, by the host's lists of Debian's security archive",
  [
    `simulated=$(${packageCommands.upgrade()} --ignore-hold)`,
    `dated=$(grep --files-with-matches '^Label: Debian-Security$' /var/lib/apt/lists/*Release | xargs --no-run-if-empty grep --no-filename '^Date: ' | head --lines=1)`,
    `[ -n "$dated" ]`,
    `days=$((($(date +%s) - $(date --date "\${dated#Date: }" +%s)) / 86400))`,
    `waiting=$(echo "$simulated" | sed --quiet 's/^Inst \\([^ ]*\\) .*(\\([^ ]*\\) .*Debian-Security:.*/\\1 \\2/p' | paste --serial --delimiters=,)`,
    `echo "\${waiting:-nothing} waits, by lists that are $days days old"`,
  ].join(" && "),
  String.raw`^nothing waits, by lists that are \d+ days old$`,
);

/** Debian's own word for it, another kernel than the newest one that is there, or a service whose program an update has replaced. */
export const noRestartDueCheck: Check = {
  by: "host",
  hosts: ["cache"],
  shows: "no restart is due, of the node or of what listens there",
  command: [
    '[ ! -e /run/reboot-required ] || echo "a restart is required"',
    "newest=$(find /boot -name 'vmlinuz-*' -printf '%f\\n' | sed 's/^vmlinuz-//' | sort --version-sort | tail --lines=1)",
    '[ "${newest:-$(uname --kernel-release)}" = "$(uname --kernel-release)" ] || echo "$newest is there, $(uname --kernel-release) runs"',
    `for unit in ${[unitNames.redis, unitNames.tunnel, "ssh.service", timeUnit].join(" ")}; do grep --extended-regexp --quiet --no-messages ' r-xp .* /usr/.* \\(deleted\\)$' "/proc/$(systemctl show --property=MainPID --value "$unit")/maps" && echo "$unit runs what was replaced"; done; true`,
  ].join("; "),
  expect: { printsNothing: true },
};
