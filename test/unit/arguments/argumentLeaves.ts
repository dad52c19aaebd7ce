import { sampleArguments, sampleConnection } from "../../support/sample.js";
import { documentedArguments } from "./documentedArguments.js";

/** By its path, a sound value of each leaf of a component's arguments, and sound arguments to put it into. */
export interface Leaves {
  readonly base: Readonly<Record<string, unknown>>;
  readonly sound: Readonly<Record<string, unknown>>;
}

const tags = { "tags.Owner": "it" };
const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}]}';

export const leaves: Readonly<Record<"CacheArguments" | "ClientArguments" | "NetworkArguments", Leaves>> = {
  CacheArguments: {
    base: { ...sampleArguments, secretAdministratorArns: ["arn:aws:iam::123456789012:role/deployer"] },
    sound: {
      vpcId: "vpc-1",
      "subnets[0].natGatewayId": "nat-1",
      "appSecurityGroupIds.web": "sg-1",
      "bastionSecurityGroupIds.web": "sg-1",
      "secretAdministratorArns[1]": "arn:aws:iam::123456789012:user/ada",
      imageId: "ami-1",
      ...tags,
    },
  },
  ClientArguments: {
    base: { connection: sampleConnection, appUser: "web", additionalUserData: ["#!/bin/sh\n"] },
    sound: {
      connection: sampleConnection,
      vpcId: "vpc-1",
      "additionalUserData[1]": "#!/bin/sh\n",
      appRoleArn: "arn:aws:iam::123456789012:role/web",
      "appPolicies.web": policy,
      ...tags,
    },
  },
  NetworkArguments: {
    base: { cidrBlock: "10.0.0.0/16", availabilityZones: ["us-east-1a"] },
    sound: tags,
  },
};

/** The paths of all leaves of an interface, as its text has them: `<name>` of a record, and a second entry of a list. */
export function leafPaths(name: string): string[] {
  return documentedArguments
    .filter(({ path }) => path.startsWith(`${name}.`))
    .flatMap(({ path, type }) => leavesOfType(path.slice(name.length + 1), type));
}

function leavesOfType(argument: string, type: string): string[] {
  if (!type.includes("Leaf")) return [];
  if (/^\w*Leaf$/.test(type)) return [argument];
  if (type === "readonly Leaf[]") return [`${argument}[1]`];
  if (type === "Readonly<Record<string, Leaf>>") return [`${argument}.<name>`];
  const inner = /^readonly (\w+)<Leaf>\[\]$/.exec(type)?.[1];
  if (inner === undefined) throw new Error(`${argument}: where are the leaves of ${type}?`);
  return leafPaths(inner).map((path) => `${argument}[0].${path}`);
}

/** Arguments with a value at a path. */
export function withLeaf(given: unknown, path: string, value: unknown): Record<string, unknown> {
  return put(given, path.split(/[.[\]]+/).filter(Boolean), value) as Record<string, unknown>;
}

function put(given: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const around = (given ?? {}) as Record<string, unknown>;
  const copy = Array.isArray(given) ? (given as unknown[]).slice() : { ...around };
  return Object.assign(copy, { [key]: put(around[key], rest, value) });
}
