import { followsTime } from "../../lab/scenario/clock.js";
import type { OperatingSystem } from "../../src/plan/operatingSystem.js";
import { unitNames } from "../../src/host/units.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import type { CheckName } from "./checkName.js";
import {
  added,
  edited,
  runningWith,
  runningWithoutFilters,
  told,
  unitPath,
  withMode,
  withOwner,
  withoutSandbox,
} from "./hostChange.js";
import { node, type MutationThere } from "./hostMutation.js";

const { aptConfig, redisConfig, scriptsFolder, unitsFolder } = hostPaths;
const timer = `${unitsFolder}/${unitNames.updatesTimer}`;
const dropIn = `/run/systemd/system/${unitNames.updates}.d`;

const updates = (shows: string): CheckName => node.check("security-updates", shows);

const clock = (shows: string): CheckName => node.check("clock", shows);
const answered = clock(
  "that server has answered in the last thousand seconds, and the clock was less than a second off",
);
const noRestart = updates("no restart is due, of the node or of what listens there");

const firstBoot = "/var/lib/cloud/instance/sem";
const securityLists = "/var/lib/apt/lists/*security*";

/** The list that tells of the archive's packages, which is none where it has no packages. */
const waitingPackages = `"$(ls -d /var/lib/apt/lists/*security*InRelease | sed 's/_InRelease$//')_main_binary-$(dpkg --print-architecture)_Packages"`;

/** A newer chrony. */
const waits = [
  `{ if [ -e ${waitingPackages} ]; then cp --archive ${waitingPackages} "$kept"; fi`,
  `dpkg-query --show --showformat='Package: chrony\\nVersion: 99\\nArchitecture: \${Architecture}\\nMaintainer: Nobody\\nInstalled-Size: 1\\nFilename: chrony.deb\\nSize: 1\\nSHA256: ${"0".repeat(64)}\\n\\n' chrony >>${waitingPackages}; }`,
].join(" && ");

const serverPackage = `$(sed --quiet 's/.*check-server \\(.*\\) .*/\\1/p' ${unitPath("redis")})`;
const otherVersion = `sed -i "/^Source: \\(redis\\|valkey\\)/,/^$/ s/$(dpkg-query --show --showformat='\${Version}' ${serverPackage})/0/g" /var/lib/dpkg/status`;

/** A node's services, packages and files. */
export function nodeSystemMutations(operatingSystem: OperatingSystem): readonly MutationThere[] {
  return [...ofAnyRelease, olderServer(operatingSystem)];
}

/** By dpkg's own word the server is of another version, and so is what its packages need of each other. */
function olderServer(operatingSystem: OperatingSystem): MutationThere {
  return {
    what: "have a server that lacks its last security fix",
    breaks: [
      updates("the server has Debian's last security fix that this library knows, or is newer"),
      // Another package of Debian 12 needs that very version, and apt refuses to tell anything.
      ...(operatingSystem === "debian-12"
        ? [updates("no security update waits, by the host's lists of Debian's security archive")]
        : []),
    ],
    change: edited("/var/lib/dpkg/status", otherVersion),
  };
}

const ofAnyRelease: readonly MutationThere[] = [
  {
    what: "run Redis without a filter of system calls",
    breaks: [node.confined("Redis")],
    change: runningWithoutFilters("redis"),
  },
  {
    what: "run Redis on a file system that it could write",
    breaks: [node.confined("Redis")],
    change: runningWith("redis", unitPath("redis"), `sed -i '/^ProtectSystem=/d' ${unitPath("redis")}`),
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
    what: "have no run of updates for three days",
    breaks: [
      updates(
        "a run of updates came to its end without a failure in the last 48 hours, or the node has booted for the first time since",
      ),
    ],
    change: {
      changes: firstBoot,
      does: `find ${firstBoot} -type f -printf '%T@ %p\\n' >"$kept" && find ${firstBoot} -type f -exec touch --date='-3 days' {} +`,
      mends: `while read -r time path; do touch --date="@$time" "$path"; done <"$kept" && rm "$kept"`,
    },
  },
  {
    what: "leave a security update that waits",
    breaks: [updates("no security update waits, by the host's lists of Debian's security archive")],
    change: {
      changes: "the lists of Debian's security archive",
      does: waits,
      mends: `rm -f ${waitingPackages} && if [ -e "$kept" ]; then mv "$kept" ${waitingPackages}; fi`,
    },
  },
  {
    what: "lose the lists of Debian's security archive",
    breaks: [updates("no security update waits, by the host's lists of Debian's security archive")],
    change: {
      changes: "the lists of Debian's security archive",
      does: `mkdir "$kept" && mv ${securityLists} "$kept"`,
      mends: `mv "$kept"/* /var/lib/apt/lists/ && rmdir "$kept"`,
    },
  },
  {
    what: "go on when a restart is required",
    breaks: [noRestart],
    change: added("/run/reboot-required", "*** System restart required ***"),
  },
  {
    what: "go on with a program that an update has replaced",
    breaks: [noRestart],
    change: told(
      "ssh.service",
      "cp --archive /usr/sbin/sshd /usr/sbin/sshd.new && mv /usr/sbin/sshd.new /usr/sbin/sshd",
      "systemctl restart ssh.service",
    ),
  },
  {
    what: "stop what sets the clock",
    breaks: [clock("the clock follows one of the planned time servers, and chrony asks no other"), answered],
    change: told(
      "chrony's sources",
      "systemctl stop chrony.service",
      `systemctl start chrony.service && timeout 600 sh -c 'until ${followsTime}; do sleep 0.5; done'`,
    ),
  },
  {
    what: "give Redis most of the machine's memory",
    breaks: [
      node.check("limits", "Redis's memory is limited, and its unit's, and what is evicted is as planned"),
      node.check("configuration-drift", "nothing overrides a unit of this library"),
    ],
    change: told(
      unitNames.redis,
      `systemctl set-property --runtime ${unitNames.redis} MemoryMax=90%`,
      `rm -r /run/systemd/system.control/${unitNames.redis}.d && systemctl daemon-reload`,
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
    breaks: [node.files, node.owners],
    change: {
      changes: aptConfig,
      does: `mv ${aptConfig} "$kept"`,
      mends: `mv "$kept" ${aptConfig}`,
    },
  },
];
