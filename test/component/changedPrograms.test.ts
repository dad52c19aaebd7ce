import assert from "node:assert/strict";
import { parse } from "yaml";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { admittedConf } from "../../src/host/admitted.js";
import type { CloudConfig } from "../../src/host/cloudConfig.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import { nodeUserData } from "../../src/host/nodeUserData.js";
import { redisUsersConf, redisUsersLine } from "../../src/host/redisUsers.js";
import type { CachePlan } from "../../src/plan/cachePlan.js";
import { engines, engineVersion, engineVersions, isPackaged, type Served } from "../../src/plan/engine.js";
import { operatingSystems } from "../../src/plan/operatingSystem.js";
import { peersOf } from "../../src/plan/peers.js";
import { tunnelEngines, type TunnelEngine } from "../../src/plan/tunnel.js";
import { Authority } from "../support/authority.js";
import { replicated, sampleArguments, sampleConnection, samplePlan, sharded } from "../support/sample.js";
import { ownAccount } from "../support/scriptHost.js";
import { SecretHost } from "../support/secretHost.js";
import { register, unwrapped } from "./mocks.js";

/** What one node runs, and another one not yet or no more. */
type Programs = Served & { readonly tunnel: TunnelEngine };

const programs: readonly Programs[] = engines
  .flatMap((engine) => operatingSystems.map((operatingSystem) => ({ engine, operatingSystem })))
  .filter(isPackaged)
  .flatMap((served) => tunnelEngines.map((tunnel) => ({ ...served, tunnel })));

const shapes = [
  ["one node", {}],
  ["replicas", replicated()],
  ["shards", sharded()],
] as const;

type Shape = (typeof shapes)[number][1];
type Fields = Readonly<Record<string, string>>;

const judgedAs = { HIPAA_REDIS_CERTIFICATE_NAME: "n", HIPAA_REDIS_CERTIFICATE_PURPOSE: "sslserver" };

/** What `pulumi up` writes into each secret, of nodes and clients, by its name. */
async function secretsOf(shape: Shape, its: Programs): Promise<Readonly<Record<string, Fields>>> {
  const resources = await register(() => {
    new HipaaRedisCache("sessions", { ...sampleArguments, ...shape, ...its });
  });
  return Object.fromEntries(
    resources
      .filter(({ type }) => type.endsWith(":SecretVersion"))
      .map(({ name, inputs }) => [name, JSON.parse(String(unwrapped(inputs).secretString)) as Fields]),
  );
}

/** A node as its user data has it: what it makes of its secret, and what it refuses. */
function bootedNode(plan: CachePlan): SecretHost {
  const [node] = plan.nodes;
  assert.ok(node);
  const { write_files: files = [] } = parse(nodeUserData(plan, node, sampleConnection)) as CloudConfig;
  const content = (path: string): string => files.find((file) => file.path === path)?.content ?? "";
  const { user, group } = ownAccount();
  const host = new SecretHost();
  host.write(
    hostPaths.secretFilesTable,
    content(hostPaths.secretFilesTable).replaceAll(/^(\S+ \S+) \S+ \S+/gm, `$1 ${user} ${group}`),
  );
  const { secretEdit, waysEnvironment, waysTexts } = hostPaths;
  const isMeant = (path: string): boolean =>
    path === secretEdit || path === waysEnvironment || path.startsWith(waysTexts);
  for (const { path, content: text } of files.filter(({ path }) => isMeant(path))) host.write(path, text);
  host.install("check-secret");
  if (plan.cluster !== undefined) host.install("lay-ways");
  return host;
}

describe("a cache that goes to another server or tunnel", () => {
  let judged: Fields;
  before(async () => {
    const authority = await Authority.create("ca");
    const { certificate, privateKey } = await authority.issue({
      name: judgedAs.HIPAA_REDIS_CERTIFICATE_NAME,
      purpose: "serverAuth",
    });
    // In the place of what the mocks make, which is in no form that a host takes.
    const trusted = authority.certificate;
    judged = { certificate, privateKey, trusted, peerPassword: "p".repeat(64), configCommand: "c".repeat(32) };
  });

  it("is tried with every version of every engine", () => {
    assert.deepEqual(new Set(programs.map(engineVersion)), new Set(engineVersions));
  });

  for (const [what, shape] of shapes)
    describe(`with ${what}`, () => {
      const secrets: Readonly<Record<string, Fields>>[] = [];
      before(async () => {
        for (const its of programs) secrets.push(await secretsOf(shape, its));
      });

      it("has the same secrets, whatever its nodes run", () => {
        const [first = {}, ...others] = secrets;
        assert.ok(Object.keys(first).length > 1);
        assert.deepEqual(
          others,
          programs.slice(1).map(() => first),
        );
      });

      for (const [place, its] of programs.entries())
        it(`has a node with ${engineVersion(its)} and ${its.tunnel} take what is made for others, in the form of its own`, () => {
          const plan = samplePlan({ ...shape, ...its });
          const name = plan.nodes[0]?.certificate.name ?? "";
          const host = bootedNode(plan);
          try {
            // At a start from nothing, made for the other tunnel, and while the host runs, for another server as well.
            for (const [turn, mode] of (["boot", "refresh"] as const).entries()) {
              const hash = String(turn).repeat(64);
              const secret = secrets[(place + 1 + 2 * turn) % programs.length]?.[name];
              const redisUsers = secret?.redisUsers?.replaceAll(/#[0-9a-f]{64}/g, `#${hash}`);
              host.secretIs(`v-${turn}`, { ...secret, ...judged, redisUsers });
              const { status, stderr } = host.refresh(mode, judgedAs);
              assert.deepEqual([status, stderr, (host.status() as { alarm: unknown }).alarm], [0, "", null]);
              assert.equal(host.read(hostPaths.redisUsers), usersOf(plan, Array<string>(2).fill(hash)));
              for (const [list, names] of admittedOf(plan))
                assert.equal(host.read(list), admittedConf(its.tunnel, names));
            }
          } finally {
            host.remove();
          }
        });
    });
});

/** What Redis is to get, by the plan of the node's own version. */
function usersOf(plan: CachePlan, passwordsSha256: readonly string[]): string {
  const clients = plan.clients.map(({ client }) => ({ name: client, passwordsSha256 }));
  const peers = peersOf(plan);
  const areCluster = peers?.among === "shards";
  const users = redisUsersConf(clients, plan.lockedCommands, peers && { passwordsSha256, areCluster });
  const line = new RegExp(`^(${redisUsersLine(plan.lockedCommands, peers !== undefined, areCluster)})$`);
  for (const user of users.trimEnd().split("\n")) assert.match(user, line);
  return users;
}

/** Whom the first node's tunnel is to admit, by the list of each service that it has. */
function admittedOf({ nodes, clients, replication, cluster }: CachePlan): [list: string, names: string[]][] {
  const ofClients = clients.map(({ certificate }) => certificate.dnsName);
  const ofPeers = nodes.slice(1).map(({ certificate }) => certificate.dnsName);
  const isAlone = replication === undefined && cluster === undefined;
  return [
    [hostPaths.admitted, ofClients],
    ...(isAlone ? [] : [[hostPaths.admittedPeers, ofPeers] as [string, string[]]]),
    ...(replication === undefined
      ? []
      : [[hostPaths.admittedToSentinel, [...ofPeers, ...ofClients]] as [string, string[]]]),
  ];
}
