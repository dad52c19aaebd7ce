import type { Admission, ClientTunnel, ServerTunnel, TunnelEngine } from "../plan/tunnel";
import type { Settings } from "./encode";
import { haproxy } from "./haproxyConf";
import { stunnel } from "./stunnelConf";

/** All that the hosts have to know of a program that makes the tunnel. */
export interface TunnelProgram {
  /** Debian's package; it makes the account. */
  readonly packageName: string;
  /** The unit that Debian's package would start, with a configuration of its own. */
  readonly packagedUnit: string;
  /** The Unix user and group that the tunnel runs as, which alone reads its keys. */
  readonly account: string;
  readonly configPath: string;
  /** How systemd runs it: type, start and reload. */
  readonly service: Settings;
  /** What a node trusts, in the form that the program reads it: a field of the node's secret and a file for each. */
  readonly admissionFiles: readonly AdmissionFile[];
  readonly serverConf: (tunnel: ServerTunnel) => string;
  readonly clientConf: (tunnel: ClientTunnel) => string;
}

export interface AdmissionFile {
  readonly field: "trusted" | "admitted";
  readonly path: string;
  readonly content: (admission: Admission) => string;
}

/** The program of an engine. */
export function tunnelProgram(engine: TunnelEngine): TunnelProgram {
  return programs[engine];
}

const programs: Readonly<Record<TunnelEngine, TunnelProgram>> = { stunnel, haproxy };
