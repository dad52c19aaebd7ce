import type { Connection } from "../arguments/connection";
import type { ClientPlan } from "../plan/clientPlan";
import type { ClientWays } from "./clientWays";
import type { CloudFile } from "./cloudConfig";
import type { HostFiles, HostFolder } from "./hostFiles";
import { folderAccount, hostPaths } from "./hostPaths";
import { tunnelProgram } from "./tunnelProgram";
import { unitNames } from "./units";
import { clientWaysFiles } from "./ways";

/** What an app host has so that its application reaches the tunnel, and nobody else does. */
export interface ClientNearEnd {
  readonly host: Pick<HostFiles, "nearEnd" | "hasFurtherWays" | "innerFolder" | "copies">;
  /** The wall around it: root and the application's group get in, and root alone changes anything. */
  readonly folder: HostFolder;
  readonly files: readonly CloudFile[];
  /** Before anything is started. */
  readonly commands: readonly (readonly string[])[];
}

/** The sockets are systemd's where user data knows them all, and the tunnel's own where they come and go with nodes. */
export function clientNearEnd(plan: ClientPlan, { cluster }: Connection, ways: ClientWays): ClientNearEnd {
  const { appUser } = plan;
  const folder = { path: hostPaths.clientFolder, mode: "0750", owner: folderAccount, group: appUser };
  const { connectionFile } = ways;
  if (cluster === undefined || connectionFile.schemaVersion !== 4) return { folder, ...ofSystemd(appUser, ways) };
  const owner = tunnelProgram(plan.tunnel).account;
  return {
    folder,
    host: {
      hasFurtherWays: true,
      innerFolder: { path: hostPaths.clientNodesFolder, mode: "2750", owner, group: appUser },
    },
    files: clientWaysFiles(plan.tunnel, cluster, connectionFile, plan.openLocalPort, ways.tunnel.groups),
    // It is in memory, with the nodes of the secret.
    commands: [["ln", "-sfn", hostPaths.clientConnection, hostPaths.connection]],
  };
}

function ofSystemd(appUser: string, { tunnel, connectionFile }: ClientWays): Omit<ClientNearEnd, "folder"> {
  const readers = { mode: "0440", owner: "root", group: appUser };
  return {
    host: {
      nearEnd: { appUser, listens: tunnel.legs.flatMap(({ listens }) => listens) },
      copies: [{ path: hostPaths.clientConnection, of: hostPaths.connection, ...readers }],
    },
    files: [
      {
        path: hostPaths.connection,
        content: `${JSON.stringify(connectionFile, null, 2)}\n`,
        permissions: readers.mode,
      },
    ],
    commands: [
      ["chown", `root:${appUser}`, hostPaths.connection],
      ["systemctl", "daemon-reload"],
      // Before anything of the application's is started.
      ["systemctl", "enable", "--now", unitNames.port],
    ],
  };
}
