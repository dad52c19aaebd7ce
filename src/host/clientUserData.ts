import type { Connection } from "../arguments/connection";
import { appFolder, appRoleFiles, startAppRole } from "./appRole";
import { clientCertificate } from "../plan/certificates";
import type { ClientPlan } from "../plan/clientPlan";
import { folderAccount, hostPaths } from "./hostPaths";
import { tunnelLimits } from "../plan/limits";
import { clientWays } from "./clientWays";
import { cloudConfigText } from "./cloudConfig";
import {
  hostFiles,
  hostPackages,
  maskPackagedUnits,
  noSwap,
  settingsCommands,
  startCommands,
  type HostFolder,
} from "./hostFiles";
import { installation, installCommands, installFiles } from "./installation";
import { appHostFirewall } from "./nftables";
import { clientSecretFiles } from "./secretFiles";
import { tunnelProgram } from "./tunnelProgram";
import { unitNames } from "./units";
import { makesUser, userDataArchive } from "./userDataArchive";

/**
 * User data of an app host: a cloud-config archive with our cloud-config first and the caller's own parts behind it.
 * Lists of the caller's cloud-config (packages, users, runcmd …) are added to ours.
 */
export function clientUserData(
  plan: ClientPlan,
  connection: Connection,
  additionalParts: readonly string[],
  appRoleArn?: string,
): string {
  const userIsTheirs = additionalParts.some((part) => makesUser(part, plan.appUser));
  return userDataArchive(clientCloudConfig(plan, connection, { userIsTheirs, appRoleArn }), additionalParts);
}

/** Our own part alone; `userIsTheirs` where the caller's parts make the application's user. */
export function clientCloudConfig(
  plan: ClientPlan,
  connection: Connection,
  { userIsTheirs = false, appRoleArn }: { userIsTheirs?: boolean; appRoleArn?: string | undefined } = {},
): string {
  const { appUser, tunnel: engine, imageHasPackages } = plan;
  const { region } = connection;
  const hasRole = appRoleArn !== undefined;
  const { tunnel, localPorts, nodes, connectionFile } = clientWays(plan, connection);
  // Makes it where it isn't there. By the group of its name it reads what is for it, also where that is not its primary one: the
  // caller's `users` may say `primary_group` or `no_user_group`, and so may an image (sysusers.d(5)).
  const makeUser = ["systemd-sysusers", "--inline", `u ${appUser} - "Application"`, `m ${appUser} ${appUser}`];
  const files = hostFiles({
    kind: "client",
    engine,
    region,
    secretArn: connection.secretArn,
    secretFiles: clientSecretFiles(engine, appUser),
    certificateName: clientCertificate(connection.cache, connection.client).dnsName,
    refreshIntervalSeconds: plan.refreshIntervalSeconds,
    firewall: appHostFirewall({ appUser, tunnelAccount: tunnelProgram(engine).account, localPorts, nodes }),
    tunnel: tunnelProgram(engine).conf(tunnel),
    // Not all of the loopback: a resolver may listen there. Whoever calls an address of it does so from this one.
    tunnelPeers: ["127.0.0.1", ...nodes.map(({ address }) => address)],
    tunnelMemoryPercent: tunnelLimits.memoryPercent,
    nearEnd: { appUser, listens: tunnel.legs.flatMap(({ listens }) => listens) },
    folders: [clientFolder(appUser), ...(hasRole ? [appFolder(appUser)] : [])],
    copies: [{ path: hostPaths.clientConnection, of: hostPaths.connection, ...readByApplication(appUser) }],
    kernelSettings: [],
  });
  return cloudConfigText({
    ...(imageHasPackages ? {} : installation(hostPackages(engine))),
    bootcmd: [
      maskPackagedUnits(engine),
      ...noSwap,
      ["systemd-sysusers", "--inline", `u ${folderAccount} - "HIPAA Redis"`],
      // Before files are written, so that they can belong to it; cloud-init passes over `users` that are there.
      ...(userIsTheirs ? [] : [makeUser]),
    ],
    write_files: [
      ...files,
      ...(hasRole ? appRoleFiles({ appUser, region, roleArn: appRoleArn }) : []),
      { path: hostPaths.connection, content: `${JSON.stringify(connectionFile, null, 2)}\n`, permissions: "0440" },
      ...(imageHasPackages ? [] : installFiles(hostPackages(engine))),
    ],
    runcmd: [
      ...(userIsTheirs ? [makeUser] : []),
      ["chown", `root:${appUser}`, hostPaths.connection],
      ["systemctl", "daemon-reload"],
      // Before anything of the application's is started.
      ["systemctl", "enable", "--now", unitNames.port],
      ...settingsCommands,
      ...(imageHasPackages ? [] : installCommands),
      ...startCommands,
      ...(hasRole ? startAppRole : []),
    ],
  });
}

/** The wall around the tunnel's near end: root and the application's group get in, and root alone changes anything. */
function clientFolder(appUser: string): HostFolder {
  return { path: hostPaths.clientFolder, mode: "0750", owner: folderAccount, group: appUser };
}

function readByApplication(appUser: string): Omit<HostFolder, "path"> {
  return { mode: "0440", owner: "root", group: appUser };
}
