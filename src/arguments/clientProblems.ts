import { appPolicies, appRoleArn, twoRolesProblems } from "./appRoleProblems";
import type { ClientArguments } from "./clientArguments";
import { anyList, argumentsProblems, flag, isRecord, optional, wholeNumber, type Check, type Checks } from "./check";
import { httpsEgressCidrBlocks, operatingSystem, refreshIntervalSeconds, tunnel } from "./common";
import { hasReplicas, hasShards, type Connection, type PlainConnection } from "./connection";
import { connectionProblems } from "./connectionProblems";
import { idOf, isLater } from "./leaves";
import { nameOf, nameProblems } from "./names";
import { quoted, type Problem } from "./problems";
import { userDataPartProblems } from "./userDataPart";
import { tags } from "./tags";
import { hybridReleases } from "../plan/keyExchange";
import { defaultOperatingSystem, releases, type OperatingSystem } from "../plan/operatingSystem";
import { redisPort } from "../plan/ports";

/** What is only known later is checked when it is (`later.ts`). */
const unlessLater =
  (check: Check): Check =>
  (path, value) =>
    isLater(value) ? [] : check(path, value);

const clientChecks: Checks<ClientArguments> = {
  connection: unlessLater(connectionProblems),
  vpcId: optional(idOf("vpc")),
  appUser: nameOf("user"),
  localPort: optional(wholeNumber(1024, 65_535, "", ": the tunnel runs without privileges.")),
  openLocalPort: flag,
  refreshIntervalSeconds,
  tunnel,
  operatingSystem,
  imageHasPackages: flag,
  httpsEgressCidrBlocks,
  additionalUserData: optional(anyList(unlessLater(userDataPartProblems))),
  appRoleArn,
  appPolicies,
  tags,
};

/**
 * Everything that is wrong with the name and the arguments of a client, as far as they are known. `existing` are the
 * connections that there are in the program, as it would write them; `plain` is what is known of this one before all of it is.
 */
export function clientProblems(
  name: string,
  given: ClientArguments<unknown, unknown>,
  existing: readonly string[] = [],
  plain?: PlainConnection,
): Problem[] {
  const problems = [
    ...nameProblems("component", "name", name),
    ...argumentsProblems("", clientChecks, given),
    ...(isRecord(given) ? twoRolesProblems(given) : []),
  ];
  if (problems.length === 0) return besideConnectionProblems(given, plain);
  return problems.map((problem) =>
    problem.path === "connection" && problem.got === "nothing" && existing.length > 0
      ? { ...problem, allowed: `${problem.allowed} This program has ${existing.join(", ")}.` }
      : problem,
  );
}

/** What only shows beside the connection. What is only known later is judged when it is. */
function besideConnectionProblems(
  { connection, vpcId, localPort, operatingSystem }: ClientArguments<unknown, unknown>,
  plain?: PlainConnection,
): Problem[] {
  const known = isLater(connection) ? plain : (connection as Connection);
  if (known === undefined) return [];
  return [
    ...otherVpcProblems(connection, vpcId),
    ...localPortProblems(known, localPort),
    ...keyExchangeProblems(known, operatingSystem),
  ];
}

function keyExchangeProblems(
  { cache, requiresHybridKeyExchange }: PlainConnection,
  operatingSystem: OperatingSystem = defaultOperatingSystem,
): Problem[] {
  const { title, hasHybridKeyExchange } = releases[operatingSystem];
  if (requiresHybridKeyExchange !== true || hasHybridKeyExchange) return [];
  const allowed = `${cache} takes the hybrid key exchange alone, which ${title} doesn't have: give ${hybridReleases.map(quoted).join(" or ")}, and the host an image of it.`;
  return [{ path: "operatingSystem", got: quoted(operatingSystem), allowed }];
}

/**
 * With several nodes each has an address of its own on the host, where Sentinel's answers, and those of Redis in shards, lead any client to
 * Redis's own port.
 */
function localPortProblems(connection: PlainConnection, localPort: unknown): Problem[] {
  const isOfSeveral = hasReplicas(connection) || hasShards(connection);
  if (localPort === undefined || localPort === redisPort || !isOfSeveral) return [];
  const ports = hasShards(connection) ? redisPort : `${redisPort} and Sentinel's port`;
  const allowed = `Each node of ${connection.cache} has an address of its own on this host, with ${ports}: leave localPort out.`;
  return [{ path: "localPort", got: quoted(localPort), allowed }];
}

/** A host is in groups of its own VPC alone, and its rules can name several nodes by their group alone. */
export function otherVpcProblems(connection: unknown, vpcId: unknown): Problem[] {
  if (isLater(connection) || vpcId === undefined) return [];
  if (hasShards(connection as Connection)) return [severalElsewhere(connection as Connection, "shards", vpcId)];
  if (hasReplicas(connection as Connection)) return [severalElsewhere(connection as Connection, "replicas", vpcId)];
  if (isLater(vpcId)) return [];
  const { vpcId: ofCache, clientSecurityGroupId } = connection as Connection;
  if (clientSecurityGroupId === undefined || vpcId === ofCache) return [];
  const allowed =
    `The cache lets in hosts in its client's group ${clientSecurityGroupId}, which is of ${ofCache}: leave vpcId out, or take ` +
    "clientSecurityGroups from the cache.";
  return [{ path: "vpcId", got: quoted(vpcId), allowed }];
}

function severalElsewhere({ cache, vpcId: ofCache }: Connection, nodes: string, vpcId: unknown): Problem {
  const allowed = `${cache} has ${nodes}, which hosts of its own VPC alone reach, ${ofCache}: leave vpcId out.`;
  return { path: "vpcId", got: isLater(vpcId) ? "a VPC" : quoted(vpcId), allowed };
}
