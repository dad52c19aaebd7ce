import { openTunnel } from "../../lab/routes/openTunnel.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import { engineNames } from "../report/engineNames.js";
import type { Contender } from "./contender.js";

/** This library's tunnel by each program, which the application reaches by a port of its host or by a Unix socket. */
export const shipped: readonly Contender[] = (["stunnel", "haproxy"] as const).flatMap((tunnel) => [
  contender(tunnel, "port"),
  contender(tunnel, "socket"),
]);

function contender(tunnel: TunnelEngine, way: "port" | "socket"): Contender {
  const reached = way === "port" ? "127.0.0.1" : "a Unix socket";
  return {
    name: way === "port" ? tunnel : `${tunnel}Socket`,
    label: `ours, ${engineNames[tunnel]}, by ${way}`,
    what: `this library's ${engineNames[tunnel]} at both ends, the very files that its hosts get; the application reaches it by ${reached}, and it Redis by a Unix socket`,
    ours: true,
    start: (fixture) => openTunnel(fixture, tunnel, way),
  };
}
