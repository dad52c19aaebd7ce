import { encodeIni, type Settings } from "./encode";
import { serviceUnit, unitNames } from "./units";

/**
 * For whoever is handed the port. Whether it blocks belongs to the socket, not to who has it, and systemd sets it whenever it
 * hands it on: a HAProxy whose port blocks waits for the next caller before it serves the last (systemd.service(5)).
 */
const doesNotBlock: Settings = [["NonBlocking", "yes"]];

/** For the tunnel's unit on an app host. */
export const takesPort: Settings = [["Sockets", unitNames.port], ...doesNotBlock];

/**
 * The port of an app host's tunnel is systemd's, also while the tunnel is away: nobody else takes it, so that the tunnel always comes
 * back (systemd.socket(5)). The tunnel is handed it (its unit's `Sockets=`). Who calls meanwhile waits for the tunnel, and
 * starts nothing: secrets come first.
 */
export function portSocket(localPort: number): string {
  return encodeIni(
    [
      [
        "Unit",
        [
          ["Description", "HIPAA Redis: the tunnel's port"],
          ["Requires", unitNames.firewall],
          ["After", unitNames.firewall],
        ],
      ],
      [
        "Socket",
        [
          ["ListenStream", `127.0.0.1:${localPort}`],
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

/** systemd wants something to start when a socket is called: this does nothing, and is never over. */
export function portService(): string {
  return serviceUnit(
    [["Description", "HIPAA Redis: nothing, for the tunnel's port"]],
    [
      ["Type", "oneshot"],
      ["RemainAfterExit", "yes"],
      ["ExecStart", "/usr/bin/true"],
      ["DynamicUser", "yes"],
      ...doesNotBlock,
    ],
  );
}
