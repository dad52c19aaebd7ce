import { setTimeout as pause } from "node:timers/promises";
import { forkOnHost } from "../awsCli/forkOnHost.js";
import type { Api } from "../clientOptions.js";
import type { Host, Hosts } from "../hosts/index.js";
import { readInstances } from "../hosts/instances.js";
import { waitFor } from "../until.js";
import { cacheName } from "./program.js";

/** Nodes by their names, in the order in which it came about. */
export interface ChangedNodes {
  readonly booted: readonly string[];
  readonly gone: readonly string[];
}

/** A cache's nodes among the test hosts. */
export interface NodesOfCache {
  all(): readonly Host[];
  /** Boots what `pulumi up` makes, and shuts down what it takes away, until it is told that there is no more. */
  follow(): { readonly end: () => void; readonly changed: Promise<ChangedNodes> };
}

/** Is told of each node that has booted since. */
export type Booted = (host: Host) => unknown;

/** How long `pulumi up` goes on alone: a look takes time from the hosts. */
const lookMs = 500;

export function nodesOf(
  hosts: Hosts,
  { vpcId, booted = () => undefined, ...api }: Api & { readonly vpcId: string; readonly booted?: Booted | undefined },
): NodesOfCache {
  const isNode = ({ name }: { readonly name: string }): boolean => name.startsWith(`${cacheName}-`);
  const all = (): Host[] =>
    hosts.all
      .filter((host) => host.vpcId === vpcId && isNode(host))
      .sort((one, other) => one.name.localeCompare(other.name));
  const boot = async ({ name }: { readonly name: string }): Promise<string> => {
    const host = await hosts.add(vpcId, name);
    await forkOnHost(host);
    await booted(host);
    return name;
  };
  const look = async (): Promise<ChangedNodes> => {
    const now = (await readInstances(api, [vpcId])).filter(isNode);
    const isOf = (host: Host) => (instance: { readonly instanceId: string }) => instance.instanceId === host.instanceId;
    const gone = all().filter((host) => !now.some(isOf(host)));
    for (const host of gone) {
      await shutDown(host);
      await hosts.remove(host);
    }
    const come = now.filter((instance) => !all().some((host) => isOf(host)(instance)));
    return { booted: await Promise.all(come.map(boot)), gone: gone.map(({ name }) => name) };
  };
  return {
    all,
    follow: () => {
      const ending = new AbortController();
      const follow = async (): Promise<ChangedNodes> => {
        const [booted, gone]: [string[], string[]] = [[], []];
        for (let isLast = false; !isLast;) {
          isLast = ending.signal.aborted;
          const changed = await look();
          booted.push(...changed.booted);
          gone.push(...changed.gone);
          await pause(lookMs);
        }
        return { booted, gone };
      };
      return {
        changed: follow(),
        end: () => {
          ending.abort();
        },
      };
    },
  };
}

/** Its services stop as when an instance is terminated: until then EC2 reports no end. */
async function shutDown(host: Host): Promise<void> {
  await host.exec(["systemctl", "start", "--no-block", "poweroff.target"]);
  await waitFor(`${host.name} has shut down`, () => host.isOff());
}
