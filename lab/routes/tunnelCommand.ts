import { tunnelProgram } from "../../src/host/tunnelProgram.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";

/** Runs a tunnel's program in the foreground with a configuration, in the environment that its unit gives it. */
export function tunnelCommand(tunnel: TunnelEngine, config: string): string[] {
  const environment = tunnelProgram(tunnel)
    .service(false)
    .flatMap(([setting, value]) => (setting === "Environment" ? [String(value)] : []));
  return ["env", ...environment, ...commands[tunnel], config];
}

/** HAProxy without the master process, which only reloads it. */
const commands: Readonly<Record<TunnelEngine, readonly string[]>> = {
  stunnel: ["stunnel4"],
  haproxy: ["haproxy", "-db", "-f"],
};
