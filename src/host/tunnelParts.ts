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
  /** What it reads before each name on a list of whom a node admits. */
  readonly beforeAdmitted: string;
  readonly conf: (tunnel: TunnelConf) => string;
  /** What the file of further ways has of one, which the tunnel binds itself. */
  readonly way: (leg: Leg, groups?: KeyExchangeGroups) => string;
}
