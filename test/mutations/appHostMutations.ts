import { unitNames } from "../../src/host/units.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import { runningWithoutFilters, type HostMutation } from "./hostMutation.js";

const reloadFirewall = `systemctl reload ${unitNames.firewall}`;

/** The firewall in force without the lines of its file that an expression matches. */
function without(lines: string): Pick<HostMutation, "does" | "mends"> {
  return {
    does: `grep --invert-match --extended-regexp '${lines}' ${hostPaths.firewallConfig} | nft --file -`,
    mends: reloadFirewall,
  };
}

const mutations: readonly Omit<HostMutation, "on">[] = [
  {
    control: "certificate-life",
    what: "look for no new certificates",
    does: `systemctl stop ${unitNames.refreshTimer}`,
    mends: `systemctl start ${unitNames.refreshTimer}`,
  },
  {
    control: "client-passwords",
    what: "let everybody read the application's password",
    does: `chmod o+r "$(realpath ${hostPaths.password})"`,
    mends: `chmod o-r "$(realpath ${hostPaths.password})"`,
  },
  {
    control: "instance-metadata",
    what: "let everybody ask for the role that reads the key",
    ...without("169[.]254"),
  },
  {
    control: "wall",
    what: "let everybody read the private key",
    does: `chmod o+r "$(realpath ${hostPaths.privateKey})"`,
    mends: `chmod o-r "$(realpath ${hostPaths.privateKey})"`,
  },
  { control: "wall", what: "open the tunnel to every user", ...without("tcp dport") },
  { control: "wall", what: "let every user answer in the tunnel's place", ...without("tcp sport") },
  {
    control: "wall",
    what: "put a rule before the wall",
    does: "nft insert rule inet hipaa_redis output ip daddr 127.0.0.0/8 accept",
    mends: reloadFirewall,
  },
  {
    control: "sandbox",
    what: "run the tunnel without a filter of system calls",
    ...runningWithoutFilters("tunnel"),
  },
  {
    control: "configuration-drift",
    what: "let everybody write the connection file",
    does: `chmod 0666 ${hostPaths.connection}`,
    mends: `chmod 0440 ${hostPaths.connection}`,
  },
];

/** What somebody with root, or by mistake, does to an app host. */
export const appHostMutations: readonly HostMutation[] = mutations.map((mutation) => ({
  on: "appHost",
  ...mutation,
}));
