import { openTunnel } from "../../lab/routes/openTunnel.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import type { Contender } from "./contender.js";

/** This library's tunnel by stunnel. */
export const stunnel = shipped("stunnel", "ours, stunnel");

/** The same by HAProxy. */
export const haproxy = shipped("haproxy", "ours, HAProxy");

function shipped(engine: TunnelEngine, label: string): Contender {
  return {
    name: engine,
    label,
    what: `this library's ${engine} at both ends, the very files that its hosts get, a Unix socket to Redis`,
    ours: true,
    start: (fixture) => openTunnel(fixture, engine),
  };
}
