import { unitNames } from "../../src/host/units.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import { firewallWithout, nft, withMode, type HostMutation } from "./hostMutation.js";

const { connection, password } = hostPaths;

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
    control: "configuration-drift",
    what: "let everybody write the connection file",
    ...withMode(connection, "0666", "0440"),
  },
];
