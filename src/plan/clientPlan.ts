import { nameProblems } from "./names";
import { redisPort } from "./ports";
import { quoted, type Problem } from "./problems";
import { defaultTunnelEngine, tunnelProblems, type TunnelEngine } from "./tunnel";
import { anyCidrListProblems } from "./validateCidrs";

/** What decides the shape of a client's app host. */
export interface ClientShape {
  readonly appUser: string;
  readonly localPort?: number;
  readonly tunnel?: TunnelEngine;
  readonly httpsEgressCidrBlocks?: readonly string[];
}

/** Everything about an app host that doesn't depend on the cache that it connects to. */
export interface ClientPlan {
  readonly name: string;
  readonly appUser: string;
  /** Where the tunnel listens, on 127.0.0.1 only. */
  readonly localPort: number;
  readonly tunnel: TunnelEngine;
  readonly httpsEgressCidrBlocks: readonly string[];
}

/** Everything that is wrong with the arguments of a client. */
export function clientProblems(name: string, shape: ClientShape): Problem[] {
  return [
    ...nameProblems("component", "name", name),
    ...nameProblems("user", "appUser", shape.appUser),
    ...localPortProblems(shape.localPort),
    ...tunnelProblems(shape.tunnel),
    ...anyCidrListProblems("httpsEgressCidrBlocks", shape.httpsEgressCidrBlocks),
  ];
}

/** Decides a client from arguments that have been found valid. */
export function planClient(name: string, shape: ClientShape): ClientPlan {
  return {
    name,
    appUser: shape.appUser,
    localPort: shape.localPort ?? redisPort,
    tunnel: shape.tunnel ?? defaultTunnelEngine,
    httpsEgressCidrBlocks: shape.httpsEgressCidrBlocks ?? ["0.0.0.0/0"],
  };
}

function localPortProblems(value: unknown): Problem[] {
  if (value === undefined) return [];
  if (typeof value === "number" && Number.isInteger(value) && value >= 1024 && value <= 65535) return [];
  const allowed = "Give a whole number from 1024 to 65535: the tunnel runs without privileges.";
  return [{ path: "localPort", got: quoted(value), allowed }];
}
