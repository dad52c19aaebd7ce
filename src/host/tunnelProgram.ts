import type { TunnelEngine } from "../plan/tunnel";
import { haproxy } from "./haproxyConf";
import { stunnel } from "./stunnelConf";
import type { TunnelProgram } from "./tunnelParts";

/** What makes that tunnel. */
export function tunnelProgram(tunnel: TunnelEngine): TunnelProgram {
  return programs[tunnel];
}

const programs: Readonly<Record<TunnelEngine, TunnelProgram>> = { stunnel, haproxy };
