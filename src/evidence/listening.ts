import { hostPaths } from "../host/hostPaths";
import { serverCertificate, serverName } from "../plan/certificates";
import { redisPort, sentinelPort } from "../plan/ports";
import { sentinelsOf } from "../plan/replication";
import { onHost, type Check } from "./check";
import type { Subject } from "./control";
import { behindRedis, behindSentinel, type Behind } from "./tunnelCommands";

/** Where a node's tunnel listens for applications, and the name in its certificate, as a shell takes them. */
interface Listening {
  readonly at: string;
  readonly serverName: string;
  readonly behind: Behind;
  /** A check on app hosts of what it says. */
  readonly onAppHost: (shows: string, command: string, prints: string) => Check;
}

/** Each place where a node's tunnel listens; of a cluster, whose nodes may be hundreds, all in one. */
export function listening({ plan, deployed }: Subject): Listening[] {
  if (plan.cluster !== undefined) return [everyNode(plan.name)];
  const withSentinel = plan.replication === undefined ? [] : sentinelsOf(plan.replication).map(({ name }) => name);
  return deployed.nodes.flatMap(({ name, privateIp }) => {
    const certificateName = serverCertificate(plan.name, name, privateIp).dnsName;
    const at = (what: string, port: number, behind: Behind): Listening => ({
      at: `${privateIp}:${port}`,
      serverName: certificateName,
      behind,
      onAppHost: (shows, command, prints) => onHost(["client"], `${what} ${shows}`, command, prints),
    });
    const redis = at(name, redisPort, behindRedis);
    return withSentinel.includes(name) ? [redis, at(`${name}'s Sentinel`, sentinelPort, behindSentinel)] : [redis];
  });
}

/** So many are called at the same time. */
const atOnce = 16;

/** By the host's list, which is compared with the plan. One that says something else is named. */
function everyNode(cache: string): Listening {
  return {
    at: '"$at"',
    serverName: '"$name"',
    behind: behindRedis,
    onAppHost: (shows, command, prints) => {
      const says = withoutAnchors(prints);
      const one = `at=$address:${redisPort} name=${serverName(cache, `${cache}-\${place}`)}; ${saying(command, says)}`;
      return onHost(
        ["client"],
        `every node ${shows}`,
        `{ count=0; while read -r place address; do { ${one}; } & count=$((count + 1)); [ $((count % ${atOnce})) -ne 0 ] || wait; done <${hostPaths.members}; wait; } | sort --unique | paste --serial --delimiters=,`,
        `^${says}(,${says})*$`,
      );
    },
  };
}

/** A shell's line that prints what a tunnel at `at` says, as far as it is what it is to say (extended regular expression), or that it is not so. */
export function saying(command: string, says: string): string {
  return `said=$({ ${command}; } | grep --max-count=1 --only-matching --extended-regexp --regexp='${says}'); echo "\${said:-not so at $at}"`;
}

/** What grep(1) takes, which looks for a part of a line. */
export function withoutAnchors(expression: string): string {
  return expression.replace(/^\^/, "").replace(/\$$/, "");
}
