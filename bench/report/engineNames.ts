import type { TunnelEngine } from "../../src/plan/tunnel.js";

/** The tunnels' programs, as pages call them. */
export const engineNames: Readonly<Record<TunnelEngine, string>> = { stunnel: "stunnel", haproxy: "HAProxy" };
