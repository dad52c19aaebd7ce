import { unitNames } from "../../src/host/units.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import {
  edited,
  firewallWithout,
  nft,
  runningWithoutFilters,
  withMode,
  withoutSandbox,
  type HostMutation,
} from "./hostMutation.js";

const { aptConfig, redisConfig, scriptsFolder, unitsFolder } = hostPaths;
const timer = `${unitsFolder}/${unitNames.updatesTimer}`;
const shut = firewallWithout("tcp dport 6379 accept");
const dropIn = `/run/systemd/system/${unitNames.updates}.d`;

const firewall: readonly Omit<HostMutation, "on" | "control">[] = [
  { what: "let in whatever no rule is about", ...nft("chain inet hipaa_redis input '{ policy accept; }'") },
  { what: "let out whatever no rule is about", ...nft("chain inet hipaa_redis output '{ policy accept; }'") },
  { what: "forward packets of others", ...nft("chain inet hipaa_redis forward '{ policy accept; }'") },
  {
    what: "put a rule before all others that lets everything in",
    ...nft("insert rule inet hipaa_redis input accept"),
  },
  {
    what: "open a way out to another network",
    ...nft("add rule inet hipaa_redis output ip daddr 192.0.2.0/24 accept"),
  },
  {
    what: "shut applications out",
    // What can't be reached can't be seen to be sound. With a reset nobody waits for an answer.
    also: ["mutual-authentication", "tls", "transmission-integrity"],
    ...shut,
    does: `${shut.does} && nft add rule inet hipaa_redis input tcp dport 6379 reject with tcp reset`,
  },
  { what: "shut operators out", ...firewallWithout("tcp dport 22 accept") },
  { what: "shut the way to secrets", ...firewallWithout("tcp dport 443 accept") },
];

/** A node's firewall, services, packages and files. */
export const nodeSystemMutations: readonly Omit<HostMutation, "on">[] = [
  ...firewall.map((mutation) => ({ control: "host-firewall", ...mutation })),
  {
    control: "limits",
    what: "take any number of connections from one host",
    also: ["host-firewall"],
    ...firewallWithout("ct count over"),
  },
  {
    control: "instance-metadata",
    what: "let every user ask for the node's role",
    also: ["host-firewall"],
    ...firewallWithout("169[.]254[.]169[.]254 meta skuid"),
  },
  {
    control: "sandbox",
    what: "run Redis without a filter of system calls",
    ...runningWithoutFilters("redis"),
  },
  {
    control: "sandbox",
    what: "take Redis out of its sandbox at its next start",
    also: ["configuration-drift"],
    ...withoutSandbox("redis"),
  },
  {
    control: "security-updates",
    what: "close the window for updates",
    does: `systemctl stop ${unitNames.updatesTimer}`,
    mends: `systemctl start ${unitNames.updatesTimer}`,
  },
  {
    control: "security-updates",
    what: "move the window to once a year",
    also: ["configuration-drift"],
    ...edited(timer, `sed -i 's/^OnCalendar=.*/OnCalendar=yearly/' ${timer}`, "systemctl daemon-reload"),
  },
  {
    control: "security-updates",
    what: "overlook a run of updates that failed",
    does: `mkdir ${dropIn} && printf '[Service]\\nExecStart=\\nExecStart=/bin/false\\n' >${dropIn}/mutation.conf && systemctl daemon-reload && ! systemctl start ${unitNames.updates} && rm -r ${dropIn} && systemctl daemon-reload`,
    mends: `systemctl reset-failed ${unitNames.updates}`,
  },
  {
    control: "security-updates",
    what: "remove what installs updates",
    ...edited(
      "/var/lib/dpkg/status",
      "sed -i '/^Package: unattended-upgrades$/,/^$/ s/^Status: .*/Status: deinstall ok config-files/' /var/lib/dpkg/status",
    ),
  },
  {
    control: "configuration-drift",
    what: "change a line of redis.conf that no check is about",
    ...edited(redisConfig, `sed -i 's/^timeout 0/timeout 1/' ${redisConfig}`),
  },
  {
    control: "configuration-drift",
    what: "change a script",
    ...edited(
      `${scriptsFolder}/refresh-secret`,
      `sed -i 's/^set -eu/set -u/' ${scriptsFolder}/refresh-secret`,
    ),
  },
  {
    control: "configuration-drift",
    what: "let everybody write a script",
    ...withMode(`${scriptsFolder}/check-secret`, "0777", "0755"),
  },
  {
    control: "configuration-drift",
    what: "take a file away",
    does: `mv ${aptConfig} /run/mutation`,
    mends: `mv /run/mutation ${aptConfig}`,
  },
];
