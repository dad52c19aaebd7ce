import { unitNames } from "../../src/host/units.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import {
  edited,
  firewallWithout,
  nft,
  runningWithoutFilters,
  unitPath,
  withMode,
  type HostMutation,
} from "./hostMutation.js";

const { connection, kernelSettings, password } = hostPaths;
const dropIn = `/run/systemd/system/${unitNames.tunnel}.d`;

/** The wall between an application and the keys, and what else its host has. */
export const appHostMutations: readonly Omit<HostMutation, "on">[] = [
  {
    control: "client-passwords",
    what: "let everybody read the application's password",
    ...withMode(password, "o+r", "o-r"),
  },
  {
    control: "instance-metadata",
    what: "let everybody ask for the role that reads the key",
    ...firewallWithout("169[.]254"),
  },
  { control: "wall", what: "open the tunnel to every user", ...firewallWithout("tcp dport") },
  { control: "wall", what: "let every user answer in the tunnel's place", ...firewallWithout("tcp sport") },
  {
    control: "wall",
    what: "put a rule before the wall",
    ...nft("insert rule inet hipaa_redis output ip daddr 127.0.0.0/8 accept"),
  },
  {
    control: "wall",
    what: "stop the tunnel",
    also: ["sandbox"],
    does: `systemctl stop ${unitNames.tunnel}`,
    mends: `systemctl start ${unitNames.tunnel}`,
  },
  {
    control: "sandbox",
    what: "run the tunnel without a filter of system calls",
    ...runningWithoutFilters("tunnel"),
  },
  {
    control: "sandbox",
    what: "take the tunnel out of its sandbox at its next start",
    also: ["configuration-drift"],
    ...edited(
      unitPath("tunnel"),
      `sed -i -E '/^(Protect|Private|Restrict|SystemCall|Capability)/d' ${unitPath("tunnel")}`,
      "systemctl daemon-reload",
    ),
  },
  {
    control: "nothing-on-disk",
    what: "let core dumps be written",
    also: ["configuration-drift"],
    ...edited(kernelSettings, `sed -i '/core_pattern/d' ${kernelSettings}`),
  },
  {
    control: "configuration-drift",
    what: "let everybody write the connection file",
    ...withMode(connection, "0666", "0440"),
  },
  {
    control: "configuration-drift",
    what: "override a unit",
    does: `mkdir ${dropIn} && printf '[Service]\\nNice=1\\n' >${dropIn}/mutation.conf && systemctl daemon-reload`,
    mends: `rm -r ${dropIn} && systemctl daemon-reload`,
  },
];
