import { encodeIni, type Settings } from "./encode";
import { folderAccount, hostPaths } from "./hostPaths";
import { serviceUnit, unitNames } from "./units";

/**
 * For whoever is handed the port. Whether it blocks belongs to the socket, not to who has it, and systemd sets it whenever it
 * hands it on: a HAProxy whose port blocks waits for the next caller before it serves the last (systemd.service(5)).
 */
const doesNotBlock: Settings = [["NonBlocking", "yes"]];

/** What has been handed the sockets stops and starts with them: of those that are made anew it would have nothing. */
export const withPort: Settings = [["PartOf", unitNames.port]];

/** For the tunnel's unit on an app host. */
export const takesPort: Settings = [["Sockets", unitNames.port], ...doesNotBlock];

/** Where an app host's tunnel listens, and whose group may open its socket. */
export interface NearEnd {
  readonly appUser: string;
  /** Unix sockets first: the order in which they are handed on. */
  readonly listens: readonly string[];
}

/**
 * The socket and the port of an app host's tunnel are systemd's, also while the tunnel is away: nobody else takes them, so that the
 * tunnel always comes back (systemd.socket(5)), and the socket in the folder is the same one for as long as the host runs. The tunnel is
 * handed both (its unit's `Sockets=`), and needs no right to the folder. Who calls meanwhile waits for the tunnel, and starts
 * nothing: secrets come first.
 */
export function portSocket({ appUser, listens }: NearEnd): string {
  return encodeIni(
    [
      [
        "Unit",
        [
          ["Description", "HIPAA Redis: the tunnel's socket and port"],
          ["Requires", unitNames.firewall],
          ["After", unitNames.firewall],
        ],
      ],
      [
        "Socket",
        [
          // The folder, with its owner, group and mode.
          ["ExecStartPre", `/usr/bin/systemd-tmpfiles --create ${hostPaths.folders}`],
          ...listens.map((one) => ["ListenStream", one] as const),
          ["SocketUser", folderAccount],
          ["SocketGroup", appUser],
          ["SocketMode", "0660"],
          // A socket that is handed on keeps the rules of whom it comes from (systemd.resource-control(5)).
          ["IPAddressDeny", "any"],
          ["IPAddressAllow", "127.0.0.1"],
          // Whatever comes starts nothing, so there is nothing to count: beyond a limit systemd would let go of the port.
          ["TriggerLimitIntervalSec", 0],
        ],
      ],
      ["Install", [["WantedBy", "sockets.target"]]],
    ],
    "=",
  );
}

/** systemd wants something to start when a socket is called: this does nothing, and is not over before the socket is. */
export function portService(): string {
  return serviceUnit(
    [["Description", "HIPAA Redis: nothing, for the tunnel's port"], ...withPort],
    [
      ["Type", "oneshot"],
      ["RemainAfterExit", "yes"],
      ["ExecStart", "/usr/bin/true"],
      ["DynamicUser", "yes"],
      ...doesNotBlock,
    ],
  );
}
