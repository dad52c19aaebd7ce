import { appInstance } from "../../../lab/scenario/appInstance.js";
import type { Choice } from "../../../lab/scenario/dimensions.js";
import { bakedImageId } from "../../../lab/scenario/quickstart.js";
import type { HipaaRedisCacheArgs } from "../../../src/args.js";
import { HipaaNetwork } from "../../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../../src/hipaaRedisClient.js";
import { operatingSystems, type OperatingSystem } from "../../../src/plan/operatingSystem.js";

/** What the tests change of the cache, by one `pulumi up` each. */
export type Change = Pick<HipaaRedisCacheArgs, "rotation" | "certificates"> & {
  readonly clients?: readonly string[];
  readonly refreshIntervalSeconds?: number;
};

/** The clients that stay whatever happens; each has an app host of its own. */
export const stayingClients = ["web", "worker"];

/** What a client's app host runs: that of one runs another release than the cache's node. */
function releaseOf(client: string, ofNode: OperatingSystem): OperatingSystem {
  return client === "worker" ? (operatingSystems.find((each) => each !== ofNode) ?? ofNode) : ofNode;
}

/** The shortest that is allowed; the default is 300. */
const refreshIntervalSeconds = 10;

/** Whose password is read on the app hosts. */
export const appUser = "app";

/** What an application's owner may add: files of its user's, commands, and a script that needs the tunnel to end well. */
const callersParts = [
  [
    "#cloud-config",
    "write_files:",
    `  - {path: /srv/app/settings, content: mine, owner: "${appUser}:${appUser}"}`,
    "  - {path: /srv/app/behind, content: later}",
    "runcmd:",
    "  - [sh, -c, 'printf %s \"$0\" >/srv/app/number', 089012345678]",
    "",
  ].join("\r\n"),
  [
    "#!/bin/sh",
    "timeout 600 sh -c 'until systemctl is-active --quiet hipaa-redis-tunnel.service; do sleep 1; done'",
    "echo $? >/srv/app/waited",
    "",
  ].join("\r\n"),
];

/** A cache and the app hosts of the clients that stay. */
export function program({ tunnel, operatingSystem, engine }: Choice, change: Change) {
  return (): Promise<Record<string, unknown>> => {
    const network = new HipaaNetwork("clinic", {
      cidrBlock: "10.0.0.0/16",
      availabilityZones: ["us-east-1a"],
    });
    const cache = new HipaaRedisCache<string>("sessions", {
      vpcId: network.vpcId,
      vpcCidrBlock: network.vpcCidrBlock,
      subnets: network.cacheSubnets,
      appCidrBlocks: network.appCidrBlocks,
      operators: [],
      clients: stayingClients,
      tunnel,
      operatingSystem,
      engine,
      imageId: bakedImageId({ operatingSystem, engine }),
      imageHasPackages: true,
      refreshIntervalSeconds,
      ...change,
    });
    for (const name of stayingClients) {
      const connection = cache.connections[name];
      if (connection === undefined) throw new Error(`There is no connection for ${name}.`);
      const client = new HipaaRedisClient(name, {
        connection,
        appUser,
        tunnel,
        operatingSystem: releaseOf(name, operatingSystem),
        refreshIntervalSeconds,
        imageHasPackages: true,
        additionalUserData: callersParts,
      });
      appInstance(name, client, network, releaseOf(name, operatingSystem));
    }
    const { connections, nodes, evidence } = cache;
    return Promise.resolve({ vpcId: network.vpcId, connections, nodes, evidence });
  };
}
