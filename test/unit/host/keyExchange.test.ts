import assert from "node:assert/strict";
import { parse } from "yaml";
import { clientCloudConfig } from "../../../src/host/clientUserData.js";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import type { Connection } from "../../../src/arguments/connection.js";
import type { OperatingSystem } from "../../../src/plan/operatingSystem.js";
import { planClient } from "../../../src/plan/clientPlan.js";
import { tunnelEngines, type TunnelEngine } from "../../../src/plan/tunnel.js";
import {
  clusterConnection,
  replicated,
  replicatedConnection,
  sampleConnection,
  samplePlan,
  sharded,
} from "../../support/sample.js";

const shapes: Readonly<Record<string, { cache: Partial<CacheArguments>; connection: Connection }>> = {
  "one node": { cache: {}, connection: sampleConnection },
  replicas: { cache: replicated(), connection: replicatedConnection() },
  shards: { cache: sharded(), connection: clusterConnection() },
};

/** The lines of user data's files that decide it, or that tell of it. */
function told(text: string): string[] {
  const { write_files: files } = parse(text) as { write_files: { content: string }[] };
  const lines = files.flatMap(({ content }) => content.split("\n"));
  return lines.map((line) => line.trim()).filter((line) => /curves |_curve\]|txn\.group/.test(line));
}

for (const tunnel of tunnelEngines) {
  const ofNode = (change: Partial<CacheArguments>): string => {
    const plan = samplePlan({ tunnel, ...change });
    const { region, secretArn } = sampleConnection;
    return nodeUserData(plan, plan.nodes[0] ?? assert.fail(), { region, secretArn });
  };
  const ofAppHost = (connection: Connection, operatingSystem: OperatingSystem): string =>
    clientCloudConfig(planClient("web", { appUser: "web", tunnel, operatingSystem }), connection);

  describe(`the key exchange in user data (${tunnel})`, () => {
    for (const [shape, { cache, connection }] of Object.entries(shapes)) {
      it(`is named at each place where the network is, of a cache with ${shape}`, () => {
        const both = expected(tunnel, shape, "X25519MLKEM768:X25519");
        assert.deepEqual(told(ofNode({ ...cache, operatingSystem: "debian-13" })), both.node);
        assert.deepEqual(told(ofAppHost(connection, "debian-13")), both.appHost);
      });

      it(`is the hybrid one alone where nothing else is taken, of a cache with ${shape}`, () => {
        const alone = expected(tunnel, shape, "X25519MLKEM768");
        const required = { operatingSystem: "debian-13", requireHybridKeyExchange: true } as const;
        assert.deepEqual(told(ofNode({ ...cache, ...required })), alone.node);
        const asked = { ...connection, requiresHybridKeyExchange: true };
        assert.deepEqual(told(ofAppHost(asked, "debian-13")), alone.appHost);
      });

      it(`is left to OpenSSL on Debian 12, of a cache with ${shape}`, () => {
        assert.deepEqual(told(ofNode({ ...cache, operatingSystem: "debian-12" })), []);
        assert.deepEqual(told(ofAppHost(connection, "debian-12")), []);
      });
    }
  });
}

/** How often each program says it: HAProxy once for each face, and in the log of each service and way; stunnel in each of these. */
function expected(tunnel: TunnelEngine, shape: string, groups: string): { node: string[]; appHost: string[] } {
  const { services, waysOfNode, waysOfAppHost } = counts[shape] ?? assert.fail(shape);
  const times = (count: number, line: string): string[] => Array<string>(count).fill(line);
  if (tunnel === "stunnel") {
    const line = `curves = ${groups}`;
    return { node: times(services + waysOfNode, line), appHost: times(waysOfAppHost.listeners, line) };
  }
  const ofService = 'log-format "%ci:%cp %[ssl_c_s_dn(cn)] %ts %Tt ms, %U bytes in, %B bytes out, %[ssl_fc_curve]"';
  const ofWay = [
    'log-format "%ci:%cp %ts %Tt ms, %U bytes in, %B bytes out, %[bc_err_str], %[var(txn.group)]"',
    "tcp-response content set-var(txn.group) ssl_bc_curve",
  ];
  const perWay = (count: number): string[] => Array<string[]>(count).fill(ofWay).flat();
  const faces = (names: readonly string[]): string[] => names.map((name) => `ssl-default-${name}-curves ${groups}`);
  return {
    node: [
      ...faces(waysOfNode > 0 ? ["bind", "server"] : ["bind"]),
      ...times(services, ofService),
      // Its ways to the others it tells of in a cluster alone: there is little room for them.
      ...(shape === "shards" ? perWay(waysOfNode) : []),
    ],
    appHost: [...faces(["server"]), ...perWay(waysOfAppHost.legs)],
  };
}

/** A node of three with replicas has a service for clients, one for peers and one for Sentinel, and two ways to each of two others. */
const counts: Readonly<
  Record<string, { services: number; waysOfNode: number; waysOfAppHost: { legs: number; listeners: number } }>
> = {
  "one node": { services: 1, waysOfNode: 0, waysOfAppHost: { legs: 1, listeners: 2 } },
  replicas: { services: 3, waysOfNode: 4, waysOfAppHost: { legs: 6, listeners: 12 } },
  // One way stands for all (lay-ways).
  shards: { services: 3, waysOfNode: 2, waysOfAppHost: { legs: 1, listeners: 2 } },
};
