import { openTunnel } from "../../lab/routes/openTunnel.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import { engineNames } from "../report/engineNames.js";
import type { Contender } from "./contender.js";

/** This library's tunnel by each engine, which the application reaches by a port of its host or by a Unix socket. */
export const shipped: readonly Contender[] = (["stunnel", "haproxy"] as const).flatMap((engine) => [
  contender(engine, "port"),
  contender(engine, "socket"),
]);

function contender(engine: TunnelEngine, way: "port" | "socket"): Contender {
  const reached = way === "port" ? "127.0.0.1" : "a Unix socket";
  return {
    name: way === "port" ? engine : `${engine}Socket`,
    label: `ours, ${engineNames[engine]}, by ${way}`,
    what: `this library's ${engineNames[engine]} at both ends, the very files that its hosts get; the application reaches it by ${reached}, and it Redis by a Unix socket`,
    ours: true,
    start: (fixture) => openTunnel(fixture, engine, way),
  };
}
