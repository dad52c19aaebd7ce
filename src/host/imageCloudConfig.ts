import { defaultEngine, type Engine } from "../plan/engine";
import type { OperatingSystem } from "../plan/operatingSystem";
import { tunnelEngines, type TunnelEngine } from "../plan/tunnel";
import { imageProblems } from "../arguments/imageProblems";
import { throwIfAny } from "../arguments/problems";
import { cloudConfigText } from "./cloudConfig";
import { maskPackagedUnits } from "./hostFiles";
import { upToDate } from "./installation";
import { lockedRoot, nodePackages } from "./nodeUserData";

/**
 * User data for a throw-away instance of Debian whose disk becomes an image for `imageHasPackages`: it installs what a
 * cache's node and an app host need, keeps Debian's own services of these packages from starting, lets nobody sign in,
 * and turns the instance off when all of it is there. examples/baked-image shows how to make an AMI of it.
 *
 * @param options.tunnels The tunnel programs to put in, of `stunnel` and `haproxy`. By default both.
 * @param options.engine The server of the cache, `redis` or `valkey`, as the cache's own argument has it. By default `redis`.
 * @param options.operatingSystem The release of Debian that the instance runs, `debian-13` or `debian-12`: an `engine` that it has no
 * package of is refused. By default `debian-13`.
 * @throws InvalidArgumentsError when `tunnels` names another program or none, `engine` another server, `operatingSystem` another release,
 * when that has no package of the engine, and when there is another option.
 */
export function imageCloudConfig(
  options: {
    readonly tunnels?: readonly TunnelEngine[];
    readonly engine?: Engine;
    readonly operatingSystem?: OperatingSystem;
  } = {},
): string {
  throwIfAny("imageCloudConfig", imageProblems(options));
  const { tunnels = tunnelEngines, engine = defaultEngine } = options;
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
