import type { HostKind } from "../../src/plan/hostKinds.js";
import { checkName, controlOf, type CheckName } from "./checkName.js";
import { changedBy, type HostChange } from "./hostChange.js";

/** Something that somebody does to a running host. */
export interface HostMutation {
  readonly on: "node" | "appHost";
  readonly what: string;
  /** The checks that `verify` has to find broken, of both hosts, and no other. Its own control's first. */
  readonly breaks: readonly [CheckName, ...CheckName[]];
  readonly change: HostChange;
  /** Why nothing else may be done at the same time: it would hide what others break, or break it as well. */
  readonly alone?: string;
  /** Each of the tunnel's programs has to be seen to be found out: what is done, or looked at, is the program's own. */
  readonly ofTunnel?: true;
}

/** A mutation of a host that is known from the place. */
export type MutationThere = Omit<HostMutation, "on">;

export const node = namesOf("cache");
export const appHost = namesOf("client");

/** How checks of a host are named, those that several mutations break among them. */
function namesOf(kind: HostKind) {
  return {
    check: (control: string, shows: string): CheckName => checkName(kind, control, shows),
    /** Whatever differs from the file. */
    rulesInForce: checkName(kind, "host-firewall", "the rules in force are those that were laid down"),
    files: checkName(kind, "configuration-drift", "every file of this library is as its user data has it"),
    owners: checkName(kind, "configuration-drift", "root alone may change them, and the keys of operators"),
    confined: (what: string): CheckName => checkName(kind, "sandbox", `the process of ${what} is confined`),
    exposure: (what: string): CheckName =>
      checkName(kind, "sandbox", `systemd counts ${what}'s exposure as 2.5 at most`),
  };
}

/** The controls that are named with a mutation. */
export function controlsOf({ breaks }: Pick<HostMutation, "breaks">): string[] {
  return [...new Set(breaks.map(controlOf))];
}

/** What no two mutations of one batch may have in common: a check that both break, something that both change. */
export function claims({ on, breaks, change }: HostMutation): string[] {
  const handshake = breaks.some((check) => handshakes.test(check)) ? ["a handshake of the app host with the node"] : [];
  return [...breaks, `${on}: ${changedBy(change)}`, ...handshake];
}

/** With a certificate that is refused, nothing else of a handshake is seen. */
const handshakes = /^client: (mutual-authentication: sessions-0 |transmission-integrity: |tls: |hybrid-key-exchange: )/;
