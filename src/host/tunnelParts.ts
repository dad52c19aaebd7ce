import type { KeyExchangeGroups, Leg, TunnelConf } from "../plan/tunnel";
import type { Settings } from "./encode";
import type { ScriptName } from "./scripts";

/** All that the hosts have to know of a program that makes the tunnel. */
export interface TunnelProgram {
  /** Debian's package; it makes the account. */
  readonly packageName: string;
  /** The unit that Debian's package would start, with a configuration of its own. */
  readonly packagedUnit: string;
  /** The Unix user and group that the tunnel runs as, which alone reads its keys. */
  readonly account: string;
  readonly configPath: string;
  /** How systemd runs it: type, start and reload; and where it has further ways, in a file that follows from the host's secret. */
  readonly service: (hasFurtherWays: boolean) => Settings;
  /** The script that has the program judge the files of a new secret; left out where it can't without using them. */
  readonly checkScript?: ScriptName;
  /** The names of the clients that a node admits, in the form that the program reads them. */
  readonly admitted: AdmittedClients;
  readonly conf: (tunnel: TunnelConf) => string;
  /** What the file of further ways has of one, which the tunnel binds itself. */
  readonly way: (leg: Leg, groups?: KeyExchangeGroups) => string;
}

export interface AdmittedClients {
  /** The file's text for the names that the clients' certificates have. */
  readonly content: (dnsNames: readonly string[]) => string;
  /** What each line of it must be, whole (extended regular expression). */
  readonly line: string;
}
