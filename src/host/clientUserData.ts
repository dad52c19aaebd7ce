import type { Connection } from "../arguments/connection";
import { appFolder, appRoleFiles, startAppRole } from "./appRole";
import { clientCertificate } from "../plan/certificates";
import type { ClientPlan } from "../plan/clientPlan";
import { folderAccount } from "./hostPaths";
import { tunnelLimits } from "../plan/limits";
import { clientNearEnd } from "./clientNearEnd";
import { clientWays } from "./clientWays";
import { cloudConfigText } from "./cloudConfig";
import { hostFiles, hostPackages, maskPackagedUnits, noSwap, settingsCommands, startCommands } from "./hostFiles";
import { installation, installCommands, installFiles } from "./installation";
import { appHostFirewall } from "./nftables";
import { clientSecretFiles } from "./secretFiles";
import { tunnelProgram } from "./tunnelProgram";
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
  const { appUser, tunnel, imageHasPackages } = plan;
  const { region } = connection;
  const hasRole = appRoleArn !== undefined;
  const ways = clientWays(plan, connection);
  const { localPorts, nodes } = ways;
  const nearEnd = clientNearEnd(plan, connection, ways);
  // Makes it where it isn't there. By the group of its name it reads what is for it, also where that is not its primary one: the
  // caller's `users` may say `primary_group` or `no_user_group`, and so may an image (sysusers.d(5)).
  const makeUser = ["systemd-sysusers", "--inline", `u ${appUser} - "Application"`, `m ${appUser} ${appUser}`];
  const files = hostFiles({
    kind: "client",
    tunnel,
    operatingSystem: plan.operatingSystem,
    region,
    secretArn: connection.secretArn,
    secretFiles: clientSecretFiles(tunnel, appUser, connection.cluster !== undefined),
    certificateName: clientCertificate(connection.cache, connection.client).dnsName,
    refreshIntervalSeconds: plan.refreshIntervalSeconds,
    firewall: appHostFirewall({ appUser, tunnelAccount: tunnelProgram(tunnel).account, localPorts, nodes }),
    tunnelConf: tunnelProgram(tunnel).conf(ways.tunnel),
    // Not all of the loopback: a resolver may listen there. Whoever calls an address of it does so from this one.
    tunnelPeers: ["127.0.0.1", ...nodes.map(({ address }) => address)],
    tunnelMemoryPercent: tunnelLimits.memoryPercent,
    ...nearEnd.host,
    folders: [nearEnd.folder, ...(hasRole ? [appFolder(appUser)] : [])],
    kernelSettings: [],
  });
  return cloudConfigText({
    ...(imageHasPackages ? {} : installation(hostPackages(tunnel))),
    bootcmd: [
      maskPackagedUnits(tunnel),
      ...noSwap,
      ["systemd-sysusers", "--inline", `u ${folderAccount} - "HIPAA Redis"`],
      // Before files are written, so that they can belong to it; cloud-init passes over `users` that are there.
      ...(userIsTheirs ? [] : [makeUser]),
    ],
    write_files: [
      ...files,
      ...(hasRole ? appRoleFiles({ appUser, region, roleArn: appRoleArn }) : []),
      ...nearEnd.files,
      ...(imageHasPackages ? [] : installFiles(plan.operatingSystem, hostPackages(tunnel))),
    ],
    runcmd: [
      ...(userIsTheirs ? [makeUser] : []),
      ...nearEnd.commands,
      ...settingsCommands,
      ...(imageHasPackages ? [] : installCommands),
      ...startCommands,
      ...(hasRole ? startAppRole : []),
    ],
  });
}
