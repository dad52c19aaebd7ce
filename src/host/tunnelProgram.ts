import type { TunnelEngine } from "../plan/tunnel";
import { haproxy } from "./haproxyConf";
import { stunnel } from "./stunnelConf";
import type { TunnelProgram } from "./tunnelParts";

/** The program of an engine. */
export function tunnelProgram(engine: TunnelEngine): TunnelProgram {
  return programs[engine];
}

const programs: Readonly<Record<TunnelEngine, TunnelProgram>> = { stunnel, haproxy };
