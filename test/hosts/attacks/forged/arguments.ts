import fc from "fast-check";
import { Address4 } from "ip-address";
import type { Choice, Dimension } from "../../../../lab/scenario/dimensions.js";
import { clientUserData } from "../../../../src/host/clientUserData.js";
import { nodeUserData } from "../../../../src/host/nodeUserData.js";
import { planCache } from "../../../../src/plan/cachePlan.js";
import { clientProblems } from "../../../../src/arguments/clientProblems.js";
import { planClient } from "../../../../src/plan/clientPlan.js";
import { connectionProblems } from "../../../../src/arguments/connectionProblems.js";
import { nameRules } from "../../../../src/arguments/names.js";
import type { Problem } from "../../../../src/arguments/problems.js";
import type { CacheArguments } from "../../../../src/arguments/cacheArguments.js";
import { cacheProblems } from "../../../../src/arguments/cacheProblems.js";
import { sampleConnection, sampleArguments, sshPublicKey } from "../../../support/sample.js";

/** A string that a caller gives, and that somebody could forge. */
export interface ForgedArgument {
  /** As a problem names it. */
  readonly path: string;
  /** One that is allowed and stands nowhere else in what is rendered. */
  readonly marker: string;
  /** More that is allowed, or nearly. */
  readonly near: fc.Arbitrary<string>;
  readonly problems: (value: string) => readonly Problem[];
  /** The user data with it. */
  readonly render: (value: string, choice: Choice) => string;
  /** What decides how it is parsed; by default nothing in which hosts differ. */
  readonly dependsOn: readonly Dimension[];
  /** Networks reach the files in parts, such as the first address of one: then their form alone is compared. */
  readonly inParts?: true;
}

const key = sshPublicKey();
const words = fc.constantFrom("no", "on", "off", "yes", "y", "n", "true", "null", "e1", "nan", "inf", "all", "x-y");

const user = fc.oneof(fc.stringMatching(nameRules.user.pattern), words);
const label = fc.oneof(fc.stringMatching(nameRules.component.pattern), words);
const address = fc.ipV4();
const anyNetwork = fc.tuple(address, fc.nat(33)).map(([first, prefix]) => `${first}/${prefix}`);
// Of any hundred of them, few begin at their first address, and may be none is sound.
const wholeNetwork = fc
  .tuple(address, fc.integer({ min: 8, max: 32 }))
  .map(([inside, prefix]) => `${new Address4(`${inside}/${prefix}`).startAddress().address}/${prefix}`);
const network = fc.oneof(anyNetwork, wholeNetwork);

const vpcs = fc.integer({ min: 16, max: 24 }).map((prefix) => `10.0.0.0/${prefix}`);
const subnets = fc.integer({ min: 1, max: 15 }).map((index) => `10.0.0.${index * 16}/28`);

/** Every string of the public arguments that reaches a file of a host. */
export const forgedArguments: readonly ForgedArgument[] = [
  ofCache("name", "zzcache", label, () => ({})),
  ofCache("operators[0].name", "zzoperator", user, (name) => ({ operators: [{ name, sshPublicKey: key }] })),
  ofCache("operators[0].sshPublicKey", `${key} zzcomment`, keys(), (sshPublicKey) => ({
    operators: [{ name: "ada", sshPublicKey }],
  })),
  ofCache("clients[0]", "zzclient", label, (client) => ({ clients: [client] })),
  ofCache("securityUpdateWindow", "Sun 03:33", updateWindows(), (securityUpdateWindow) => ({
    securityUpdateWindow,
  })),
  inParts(ofCache("vpcCidrBlock", "10.0.0.0/16", fc.oneof(network, vpcs), (vpcCidrBlock) => ({ vpcCidrBlock }))),
  inParts(
    ofCache("subnets[0].cidrBlock", "10.0.0.96/28", fc.oneof(network, subnets), (cidrBlock) => ({
      subnets: [{ availabilityZone: "us-east-1a", cidrBlock, natGatewayId: "nat-1" }],
    })),
  ),
  ...(["appCidrBlocks", "bastionCidrBlocks", "httpsEgressCidrBlocks"] as const).map((list) =>
    inParts(ofCache(`${list}[0]`, "10.0.48.0/20", network, (cidrBlock) => ({ [list]: [cidrBlock] }))),
  ),
  inParts(ofCache("dnsServers[0]", "10.0.64.10", address, (server) => ({ dnsServers: [server] }))),
  ofCache("timeServers[0]", "10.0.64.11", address, (server) => ({ timeServers: [server] })),
  ofClient("appUser", "zzuser", user),
  ofClient("appRoleArn", "arn:aws:iam::000000000000:role/zz", roleArns()),
  ofConnection("cache", "zzcache", label),
  ofConnection("client", "zzclient", label),
  ofConnection("region", "zz-south-7", fc.constantFrom("us-gov-west-1", "eu-west-1", "ap-southeast-2", "no")),
  ofConnection("secretArn", "arn:aws:secretsmanager:us-east-1:000000000000:secret:zz-AbCdEf", arns()),
  ofConnection("nodes[0].address", "10.0.0.105", address),
  ofConnection(
    "nodes[0].serverName",
    "zz.node.zz.internal",
    fc.tuple(label, label).map((labels) => labels.join(".")),
  ),
];

function keys(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[A-Za-z0-9@._+-]{1,20}$/).map((comment) => `${key} ${comment}`);
}

function updateWindows(): fc.Arbitrary<string> {
  return fc.constantFrom("00:00", "Mon..Fri 23:59", "Sat,Sun 12:00", "24:00", "12:00:00");
}

function arns(): fc.Arbitrary<string> {
  const name = fc.stringMatching(/^[A-Za-z0-9/_+=.@-]{1,30}$/);
  return name.map((text) => `arn:aws:secretsmanager:us-east-1:000000000000:secret:${text}`);
}

function roleArns(): fc.Arbitrary<string> {
  const name = fc.stringMatching(/^[A-Za-z0-9/_+=,.@-]{1,30}$/);
  return name.map((text) => `arn:aws:iam::000000000000:role/${text}`);
}

function ofCache(
  path: string,
  marker: string,
  near: fc.Arbitrary<string>,
  change: (value: string) => Partial<CacheArguments>,
): ForgedArgument {
  const name = (value: string): string => (path === "name" ? value : "sessions");
  const shape = (value: string): CacheArguments => ({ ...sampleArguments, ...change(value) });
  return {
    // The cache's name is in the names of certificates, which the tunnel's configuration has.
    path,
    marker,
    near,
    dependsOn: path === "name" ? ["tunnel"] : [],
    problems: (value) => cacheProblems(name(value), shape(value)),
    render: (value, choice) => {
      const plan = planCache(name(value), { ...shape(value), ...choice });
      const [node] = plan.nodes;
      if (node === undefined) throw new Error("The plan has no node.");
      const { region, secretArn } = sampleConnection;
      return nodeUserData(plan, node, { region, secretArn });
    },
  };
}

function ofClient(path: "appUser" | "appRoleArn", marker: string, near: fc.Arbitrary<string>): ForgedArgument {
  const given = (value: string) => ({
    appUser: "web",
    appRoleArn: "arn:aws:iam::000000000000:role/web",
    [path]: value,
  });
  return {
    path,
    marker,
    near,
    dependsOn: [],
    problems: (value) => clientProblems("web", { connection: sampleConnection, ...given(value) }),
    render: (value, { tunnel, operatingSystem }) => {
      const plan = planClient("web", { ...given(value), tunnel, operatingSystem });
      return clientUserData(plan, sampleConnection, [], given(value).appRoleArn);
    },
  };
}

/** A connection may come from another stack. */
function ofConnection(
  field: "cache" | "client" | "region" | "secretArn" | "nodes[0].address" | "nodes[0].serverName",
  marker: string,
  near: fc.Arbitrary<string>,
): ForgedArgument {
  const connection = (value: string): typeof sampleConnection => {
    if (field === "nodes[0].address" || field === "nodes[0].serverName") {
      const inNode = field === "nodes[0].address" ? { address: value } : { serverName: value };
      return { ...sampleConnection, nodes: sampleConnection.nodes.map((node) => ({ ...node, ...inNode })) };
    }
    return { ...sampleConnection, [field]: value };
  };
  return {
    path: `connection.${field}`,
    marker,
    near,
    dependsOn: field === "region" || field === "secretArn" ? [] : ["tunnel"],
    problems: (value) => connectionProblems("connection", connection(value)),
    render: (value, { tunnel, operatingSystem }) =>
      clientUserData(planClient("web", { appUser: "web", tunnel, operatingSystem }), connection(value), []),
  };
}

function inParts(argument: ForgedArgument): ForgedArgument {
  return { ...argument, inParts: true };
}
