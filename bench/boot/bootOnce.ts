import { bootHosts, monotonicMs, type HostsOptions } from "../../lab/hosts/index.js";
import { firstPong } from "../../lab/scenario/pong.js";
import { quickstartHosts } from "../../lab/scenario/quickstart.js";
import { hostTimes, type HostTimes } from "./hostTimes.js";

/** Seconds of one boot of the quickstart's two hosts, both started at the same time. */
export interface BootTimes {
  /** From the start of the first of both machines until the application has its first PONG. */
  readonly firstPong: number;
  readonly node: HostTimes;
  readonly appHost: HostTimes;
}

const pongLimitMs = 300_000;

/** Boots the hosts of one VPC, asks for a PONG from the machines' start on, and takes the hosts away. */
export async function bootOnce(options: HostsOptions): Promise<BootTimes> {
  let ponged: Promise<number> | undefined;
  const hosts = await bootHosts({
    ...options,
    onStart: (host) => {
      if (host.name !== quickstartHosts.appHost) return;
      ponged = firstPong(host, pongLimitMs).then(monotonicMs);
      // Where booting fails, that is what is told.
      ponged.catch(() => undefined);
    },
  });
  try {
    const [node, appHost] = [hosts.byName(quickstartHosts.node), hosts.byName(quickstartHosts.appHost)];
    if (ponged === undefined) throw new Error("The app host was never started.");
    const started = Math.min(node.startedAtMs, appHost.startedAtMs);
    return {
      firstPong: ((await ponged) - started) / 1000,
      node: await hostTimes(node),
      appHost: await hostTimes(appHost),
    };
  } finally {
    await hosts.stop();
  }
}
