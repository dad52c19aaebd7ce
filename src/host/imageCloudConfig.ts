import { defaultEngine, engines, type Engine } from "../plan/engine";
import { tunnelEngines, type TunnelEngine } from "../plan/tunnel";
import { list, oneOf } from "../arguments/check";
import { throwIfAny } from "../arguments/problems";
import { cloudConfigText } from "./cloudConfig";
import { maskPackagedUnits } from "./hostFiles";
import { upToDate } from "./installation";
import { lockedRoot, nodePackages } from "./nodeUserData";

/**
 * User data for a throw-away instance of Debian 13, or 12, whose disk becomes an image for `imageHasPackages`: it installs what a
 * cache's node and an app host need, keeps Debian's own services of these packages from starting, lets nobody sign in,
 * and turns the instance off when all of it is there. examples/baked-image shows how to make an AMI of it.
 *
 * @param options.tunnels The tunnel programs to put in, of `stunnel` and `haproxy`. By default both.
 * @param options.engine The server of the cache, `redis` or `valkey`, as the cache's own argument has it. By default `redis`.
 * @throws InvalidArgumentsError when `tunnels` names another program or none, or `engine` another server.
 */
export function imageCloudConfig(
  options: { readonly tunnels?: readonly TunnelEngine[]; readonly engine?: Engine } = {},
): string {
  const { tunnels = tunnelEngines, engine = defaultEngine } = options;
  throwIfAny("imageCloudConfig", [
    ...list(oneOf(tunnelEngines))("tunnels", tunnels),
    ...oneOf(engines)("engine", engine),
  ]);
  const packages = [...new Set(tunnels.flatMap((tunnel) => nodePackages(tunnel, engine)))];
  return cloudConfigText({
    ...upToDate(packages),
    users: [lockedRoot],
    // Masked for good: in the image they would start at boot, before user data has its say.
    bootcmd: tunnels.map((tunnel) => maskPackagedUnits(tunnel, engine)),
    // Each instance of the image makes an id of its own (machine-id(5)); cloud-init does so with SSH's host keys.
    runcmd: [["truncate", "--size=0", "/etc/machine-id"]],
    // An instance that lacks a package stays on, and no image is made of it.
    power_state: { mode: "poweroff", condition: ["dpkg-query", "--status", ...packages] },
  });
}
