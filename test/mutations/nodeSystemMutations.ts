import { unitNames } from "../../src/host/units.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import type { CheckName } from "./checkName.js";
import { edited, runningWithoutFilters, told, withMode, withOwner, withoutSandbox } from "./hostChange.js";
import { node, type MutationThere } from "./hostMutation.js";

const { aptConfig, redisConfig, scriptsFolder, unitsFolder } = hostPaths;
const timer = `${unitsFolder}/${unitNames.updatesTimer}`;
const dropIn = `/run/systemd/system/${unitNames.updates}.d`;

const updates = (shows: string): CheckName => node.check("security-updates", shows);

/** A node's services, packages and files. */
export const nodeSystemMutations: readonly MutationThere[] = [
  {
    what: "run Redis without a filter of system calls",
    breaks: [node.confined("Redis")],
    change: runningWithoutFilters("redis"),
  },
  {
    what: "take Redis out of its sandbox at its next start",
    breaks: [node.exposure("Redis"), node.files],
    change: withoutSandbox("redis"),
  },
  {
    what: "close the window for updates",
    breaks: [updates("the window is open")],
    change: told(
      unitNames.updatesTimer,
      `systemctl stop ${unitNames.updatesTimer}`,
      `systemctl start ${unitNames.updatesTimer}`,
    ),
  },
  {
    what: "move the window to once a year",
    breaks: [updates("the window is the planned one"), node.files],
    change: edited(timer, `sed -i 's/^OnCalendar=.*/OnCalendar=yearly/' ${timer}`, "systemctl daemon-reload"),
  },
  {
    what: "overlook a run of updates that failed",
    breaks: [updates("the last run of updates has not failed")],
    change: told(
      unitNames.updates,
      `mkdir ${dropIn} && printf '[Service]\\nExecStart=\\nExecStart=/bin/false\\n' >${dropIn}/mutation.conf && systemctl daemon-reload && ! systemctl start ${unitNames.updates} && rm -r ${dropIn} && systemctl daemon-reload`,
      `systemctl reset-failed ${unitNames.updates}`,
    ),
  },
  {
    what: "have the clock follow another server as well",
    breaks: [node.check("clock", "the clock follows one of the planned time servers, and chrony asks no other")],
    change: told("chrony's sources", "chronyc add server 192.0.2.1", "chronyc delete 192.0.2.1"),
  },
  {
    what: "remove what installs updates",
    breaks: [updates("the packages are installed, and these are their versions")],
    change: edited(
      "/var/lib/dpkg/status",
      "sed -i '/^Package: unattended-upgrades$/,/^$/ s/^Status: .*/Status: deinstall ok config-files/' /var/lib/dpkg/status",
    ),
  },
  {
    what: "change a line of redis.conf that no check is about",
    breaks: [node.files],
    change: edited(redisConfig, `sed -i 's/^timeout 0/timeout 1/' ${redisConfig}`),
  },
  {
    what: "change a script",
    breaks: [node.files],
    change: edited(`${scriptsFolder}/refresh-secret`, `sed -i 's/^set -eu/set -u/' ${scriptsFolder}/refresh-secret`),
  },
  {
    what: "let everybody write a script",
    breaks: [node.files, node.owners],
    change: withMode(`${scriptsFolder}/check-secret`, "0777", "0755"),
  },
  {
    what: "let an operator own a script",
    breaks: [node.owners],
    change: withOwner(`${scriptsFolder}/check-life`, "ada", "root"),
  },
  {
    what: "take a file away",
    breaks: [node.files],
    change: {
      changes: aptConfig,
      does: `mv ${aptConfig} "$kept"`,
      mends: `mv "$kept" ${aptConfig}`,
    },
  },
];
