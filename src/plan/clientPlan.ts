import type { Cidr } from "./cidr";
import { nameProblems } from "./names";
import { httpsPort, redisPort } from "./ports";
import { flagProblems, quoted, type Problem } from "./problems";
import { defaultRefreshIntervalSeconds, refreshIntervalProblems } from "./refresh";
import { defaultTunnelEngine, tunnelProblems, type TunnelEngine } from "./tunnel";
import { anyCidrListProblems } from "./validateCidrs";

/** What decides the shape of a client's app host. */
export interface ClientShape {
  readonly appUser: string;
  readonly localPort?: number;
  readonly refreshIntervalSeconds?: number;
  readonly tunnel?: TunnelEngine;
  readonly imageHasPackages?: boolean;
  readonly httpsEgressCidrBlocks?: readonly string[];
}

/** Everything about an app host that doesn't depend on the cache that it connects to. */
export interface ClientPlan {
  readonly name: string;
  readonly appUser: string;
  /** Where the tunnel listens, on 127.0.0.1 only. */
  readonly localPort: number;
  /** How often the host looks for a new version of its secret. */
  readonly refreshIntervalSeconds: number;
  readonly tunnel: TunnelEngine;
  /** Whether the host's image has the tunnel's packages already, so that user data installs none. */
  readonly imageHasPackages: boolean;
  readonly flows: readonly ClientFlow[];
}

/** One allowed kind of traffic that an app host opens; what else the application needs is its owner's to allow. */
export interface ClientFlow {
  /** Stable, part of the rule's resource name. */
  readonly name: string;
  readonly protocol: "tcp";
  readonly port: number;
  readonly peer: "cache" | { readonly cidrBlock: Cidr };
  readonly reason: string;
}

/** Everything that is wrong with the arguments of a client. */
export function clientProblems(name: string, shape: ClientShape): Problem[] {
  return [
    ...nameProblems("component", "name", name),
    ...nameProblems("user", "appUser", shape.appUser),
    ...localPortProblems(shape.localPort),
    ...refreshIntervalProblems(shape.refreshIntervalSeconds),
    ...tunnelProblems(shape.tunnel),
    ...flagProblems("imageHasPackages", shape.imageHasPackages),
    ...anyCidrListProblems("httpsEgressCidrBlocks", shape.httpsEgressCidrBlocks),
  ];
}

/** Decides a client from arguments that have been found valid. */
export function planClient(name: string, shape: ClientShape): ClientPlan {
  return {
    name,
    appUser: shape.appUser,
    localPort: shape.localPort ?? redisPort,
    refreshIntervalSeconds: shape.refreshIntervalSeconds ?? defaultRefreshIntervalSeconds,
    tunnel: shape.tunnel ?? defaultTunnelEngine,
    imageHasPackages: shape.imageHasPackages ?? false,
    flows: [toCache, ...(shape.httpsEgressCidrBlocks ?? ["0.0.0.0/0"]).map(toHttps)],
  };
}

const toCache: ClientFlow = {
  name: "app-to-cache",
  protocol: "tcp",
  port: redisPort,
  peer: "cache",
  reason: "The application reaches the cache through the tunnel",
};

function toHttps(cidrBlock: Cidr): ClientFlow {
  return {
    name: `app-to-https-${cidrBlock.replace("/", "-")}`,
    protocol: "tcp",
    port: httpsPort,
    peer: { cidrBlock },
    reason: "The app host fetches its secret and Debian packages",
  };
}

function localPortProblems(value: unknown): Problem[] {
  if (value === undefined) return [];
  if (typeof value === "number" && Number.isInteger(value) && value >= 1024 && value <= 65535) return [];
  const allowed = "Give a whole number from 1024 to 65535: the tunnel runs without privileges.";
  return [{ path: "localPort", got: quoted(value), allowed }];
}
