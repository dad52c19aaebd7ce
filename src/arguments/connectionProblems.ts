import { Address4 } from "ip-address";
import type { Connection, ConnectionCluster, ConnectionNode } from "./connection";
import { checkEach, isRecord, list, once, optional, type Check, type Checks } from "./check";
import { networkCidrProblems } from "./cidrProblems";
import { idPattern, isLater } from "./leaves";
import { loopbackProblems } from "./loopbackProblems";
import { nameOf, numberedName } from "./names";
import { quoted } from "./problems";
import { replicaRange } from "../plan/replication";

const allowed = "Give one of a cache's `connections`, unchanged.";

const noConnection =
  "Give one of a cache's `connections`, such as `cache.connections.web`. A name that is not in the cache's `clients` gives " +
  "nothing.";

function text(pattern: RegExp): Check {
  return matching((value) => typeof value === "string" && pattern.test(value));
}

function matching(isSound: (value: unknown) => boolean): Check {
  return (path, value) => (isSound(value) ? [] : [{ path, got: quoted(value), allowed }]);
}

/** Labels of lower-case letters, digits and hyphens (RFC 1123, section 2.1). */
const dnsName = text(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/);

const portNumber = matching(
  (value) => typeof value === "number" && Number.isInteger(value) && value > 0 && value < 65536,
);

const nodeChecks: Checks<ConnectionNode> = {
  name: text(numberedName),
  address: matching(
    (value) => typeof value === "string" && /^\d{1,3}(\.\d{1,3}){3}$/.test(value) && Address4.isValid(value),
  ),
  port: portNumber,
  serverName: dnsName,
  loopbackAddress: optional(text(/^127(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/)),
  sentinelPort: optional(portNumber),
};

/** With replicas each node has an address of its own on every host, and so many have a Sentinel that one can be away. */
const nodesTogether: Check = (path, value) => {
  const nodes = value as readonly ConnectionNode[];
  if (nodes.length === 1) return [];
  const most = replicaRange.most + 1;
  if (nodes.length < replicaRange.least + 1 || nodes.length > most) {
    return [{ path, got: `${nodes.length} nodes`, allowed }];
  }
  const without = nodes.flatMap(({ loopbackAddress }, index) =>
    loopbackAddress === undefined ? [{ path: `${path}[${index}].loopbackAddress`, got: "nothing", allowed }] : [],
  );
  const sentinels = nodes.filter(({ sentinelPort }) => sentinelPort !== undefined).length;
  const few = sentinels < 3 ? [{ path, got: `${sentinels} of ${nodes.length} nodes with a Sentinel`, allowed }] : [];
  const twice = (["name", "address", "loopbackAddress"] as const).flatMap((name) =>
    once((node) => (node as ConnectionNode)[name], `.${name}`)(path, nodes),
  );
  return [...without, ...few, ...twice];
};

const clusterChecks: Checks<ConnectionCluster> = {
  cidrBlocks: list(matching((value) => networkCidrProblems("", value).length === 0)),
  port: portNumber,
  loopbackCidrBlock: matching((value) => loopbackProblems("", value).length === 0),
};

/** The nodes of shards are in the client's secret. */
const noNodes = matching((value) => Array.isArray(value) && value.length === 0);

const recordOf =
  (checks: object): Check =>
  (path, value) =>
    isRecord(value) ? checkEach(checks, path, value) : matching(isRecord)(path, value);

const checks: Checks<Connection> = {
  schemaVersion: (path, value) =>
    value === 1
      ? []
      : [
          {
            path,
            got: quoted(value),
            allowed: "Deploy cache and client with the same version of this library.",
          },
        ],
  cache: nameOf("component"),
  client: nameOf("client"),
  region: text(/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/),
  vpcId: text(idPattern("vpc")),
  securityGroupId: text(idPattern("sg")),
  clientSecurityGroupId: optional(text(idPattern("sg"))),
  nodes: list(recordOf(nodeChecks), nodesTogether),
  cluster: optional(recordOf(clusterChecks)),
  requiresHybridKeyExchange: optional(matching((value) => typeof value === "boolean")),
  // Secrets Manager User Guide, "Secret name": letters, digits and /_+=.@-, up to 512.
  secretArn: text(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]{1,520}$/),
  kmsKeyArn: text(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]{1,128}$/),
};

/**
 * What is wrong with a connection that an app host is to be configured with. It may come from another stack, so that
 * nothing of it is taken on trust: each text ends up in a file that a program with keys reads. What a later version has beside
 * these is left alone.
 */
export const connectionProblems: Check = (path, value) => {
  if (value === undefined || value === null) return [{ path, got: quoted(value), allowed: noConnection }];
  if (!isRecord(value)) return matching(isRecord)(path, value);
  const several = connectionsIn(value);
  if (several.length > 0) {
    const allowed = `Give one of them, such as ${several[0]}.`;
    return [{ path, got: "several connections", allowed }];
  }
  // What another version means by the rest is not known.
  const version = checks.schemaVersion(`${path}.schemaVersion`, value.schemaVersion);
  if (version.length > 0) return version;
  return checkEach(value.cluster === undefined ? checks : { ...checks, nodes: noNodes }, path, value);
};

/** The names of connections in what is a cache, or its `connections`. */
function connectionsIn({ connections = {}, ...value }: Record<string, unknown>): string[] {
  if (value.schemaVersion !== undefined) return [];
  const inside = isRecord(connections) && Object.keys(connections).length > 0 ? connections : value;
  return Object.entries(inside)
    .filter(([, one]) => isLater(one) || (isRecord(one) && one.schemaVersion !== undefined))
    .map(([name]) => `connections.${name}`);
}
