import {
  anyCidrListProblems,
  namedCidrs,
  networkCidrProblems,
  overlapProblems,
  peerCidrListProblems,
} from "./validateCidrs";
import { cacheFlows } from "./flows";
import { duplicateProblems, idProblems, nameProblems } from "./names";
import { networkAclEntries, networkAclRuleQuota } from "./networkAcl";
import { flagProblems, quoted, type Problem } from "./problems";
import { refreshIntervalProblems } from "./refresh";
import { rotationProblems } from "./rotation";
import { administratorProblems } from "./secretPolicy";
import type { CacheShape, SubnetShape } from "./shape";
import { sshPublicKeyProblems } from "./sshPublicKey";
import { tunnelProblems } from "./tunnel";
import { updateWindowProblems } from "./updateWindow";
import { validityProblems } from "./validity";
import { contains } from "./cidr";

/** Clients whose names and passwords' hashes fit, with room to spare, in the 64 KiB that Secrets Manager allows a secret. */
const mostClients = 60;

/** Everything that is wrong with the arguments of a cache. */
export function cacheProblems(name: string, shape: CacheShape): Problem[] {
  const problems = [
    ...nameProblems("component", "name", name),
    ...listProblems(shape),
    ...networkCidrProblems("vpcCidrBlock", shape.vpcCidrBlock),
    ...(shape.instanceType === undefined
      ? []
      : nameProblems("instanceType", "instanceType", shape.instanceType)),
    ...idProblems("vpc", "vpcId", shape.vpcId),
    ...idProblems("ami", "imageId", shape.imageId),
    ...idleLogoffProblems(shape.operatorIdleLogoffMinutes),
    ...updateWindowProblems(shape.securityUpdateWindow),
    ...rotationProblems(shape.rotation),
    ...validityProblems(shape.certificates),
    ...refreshIntervalProblems(shape.refreshIntervalSeconds),
    ...tunnelProblems(shape.tunnel),
    ...imagePackagesProblems(shape),
    ...flagProblems("allowSharedTenancy", shape.allowSharedTenancy),
    ...flagProblems("allowScripting", shape.allowScripting),
  ];
  // The checks of entries presume lists, and those of the whole presume sound entries.
  if (problems.some(({ path }) => listNames.has(path))) return problems;
  const entries = [...problems, ...entryProblems(shape)];
  return entries.length > 0 ? entries : wholeProblems(shape);
}

const listNames: ReadonlySet<string> = new Set([
  ...["subnets", "appCidrBlocks", "bastionCidrBlocks", "operators", "clients"],
  ...["appSecurityGroupIds", "bastionSecurityGroupIds", "secretAdministratorArns"],
]);

function listProblems(shape: CacheShape): Problem[] {
  const problems: Problem[] = [];
  const required = new Set(["subnets", "appCidrBlocks", "operators", "clients"]);
  for (const path of listNames) {
    const value = shape[path as keyof CacheShape];
    if (value === undefined && !required.has(path)) continue;
    if (!Array.isArray(value)) {
      problems.push({ path, got: quoted(value), allowed: "Give a list of plain values." });
    } else if (value.length === 0 && path !== "operators" && path !== "bastionCidrBlocks") {
      problems.push({ path, got: "an empty list", allowed: "Give at least one." });
    } else if (path === "subnets" || path === "operators") problems.push(...recordProblems(path, value));
  }
  return problems;
}

function recordProblems(path: string, list: readonly unknown[]): Problem[] {
  const broken = list.some((entry) => typeof entry !== "object" || entry === null);
  return broken ? [{ path, got: quoted(list), allowed: "Give a list of objects." }] : [];
}

function entryProblems(shape: CacheShape): Problem[] {
  const operatorNames = shape.operators.map((operator) => operator.name);
  return [
    ...shape.subnets.flatMap((subnet, index) => subnetProblems(`subnets[${index}]`, subnet)),
    ...peerCidrListProblems("appCidrBlocks", shape.appCidrBlocks),
    ...peerCidrListProblems("bastionCidrBlocks", shape.bastionCidrBlocks ?? []),
    ...anyCidrListProblems("httpsEgressCidrBlocks", shape.httpsEgressCidrBlocks),
    ...shape.operators.flatMap(({ name, sshPublicKey }, index) => [
      ...nameProblems("user", `operators[${index}].name`, name),
      ...sshPublicKeyProblems(`operators[${index}].sshPublicKey`, sshPublicKey),
    ]),
    ...groupProblems("appSecurityGroupIds", shape.appSecurityGroupIds),
    ...groupProblems("bastionSecurityGroupIds", shape.bastionSecurityGroupIds),
    ...administratorProblems("secretAdministratorArns", shape.secretAdministratorArns),
    ...duplicateProblems(
      operatorNames.map((_, index) => `operators[${index}].name`),
      operatorNames,
    ),
    ...shape.clients.flatMap((client, index) => nameProblems("client", `clients[${index}]`, client)),
    ...duplicateProblems(
      shape.clients.map((_, index) => `clients[${index}]`),
      shape.clients,
    ),
    ...clientCountProblems(shape.clients.length),
    ...bastionProblems(shape),
  ];
}

function subnetProblems(path: string, subnet: SubnetShape): Problem[] {
  return [
    ...nameProblems("availabilityZone", `${path}.availabilityZone`, subnet.availabilityZone),
    ...networkCidrProblems(`${path}.cidrBlock`, subnet.cidrBlock),
    ...idProblems("nat", `${path}.natGatewayId`, subnet.natGatewayId),
  ];
}

function groupProblems(path: string, ids: readonly unknown[] = []): Problem[] {
  return ids.flatMap((id, index) => idProblems("sg", `${path}[${index}]`, id));
}

function clientCountProblems(count: number): Problem[] {
  if (count <= mostClients) return [];
  return [
    {
      path: "clients",
      got: `${count} clients`,
      allowed: `Give at most ${mostClients}, or make a second cache.`,
    },
  ];
}

/** Debian's own image, the default, has none of them. */
function imagePackagesProblems({ imageHasPackages, imageId }: CacheShape): Problem[] {
  if (imageHasPackages !== true || imageId !== undefined) {
    return flagProblems("imageHasPackages", imageHasPackages);
  }
  const allowed = "Give imageId, your own image with the packages in it, or leave imageHasPackages out.";
  return [{ path: "imageHasPackages", got: "true without imageId", allowed }];
}

function idleLogoffProblems(value: unknown): Problem[] {
  if (value === undefined) return [];
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 60) return [];
  const allowed = "Give a whole number of minutes from 1 to 60.";
  return [{ path: "operatorIdleLogoffMinutes", got: quoted(value), allowed }];
}

function bastionProblems(shape: CacheShape): Problem[] {
  if (shape.operators.length === 0 || (shape.bastionCidrBlocks ?? []).length > 0) return [];
  const allowed = "Operators sign in from bastion hosts: name their networks, or give no operators.";
  return [{ path: "bastionCidrBlocks", got: "nothing", allowed }];
}

/** What only shows when sound entries are seen together. */
function wholeProblems(shape: CacheShape): Problem[] {
  return [...placeProblems(shape), ...roleProblems(shape), ...quotaProblems(shape)];
}

function placeProblems(shape: CacheShape): Problem[] {
  return shape.subnets.flatMap(({ cidrBlock }, index) => {
    if (contains(shape.vpcCidrBlock, cidrBlock)) return [];
    const allowed = `It must lie inside the VPC's network ${shape.vpcCidrBlock}.`;
    return [{ path: `subnets[${index}].cidrBlock`, got: quoted(cidrBlock), allowed }];
  });
}

/**
 * The cache's subnets hold the cache and nothing else, and an address has one role: no two networks may share one.
 * Where the node may connect to is another matter: 0.0.0.0/0 contains everything.
 */
function roleProblems(shape: CacheShape): Problem[] {
  const subnets = shape.subnets.map((subnet, index) => ({
    path: `subnets[${index}].cidrBlock`,
    cidr: subnet.cidrBlock,
  }));
  const apps = namedCidrs("appCidrBlocks", shape.appCidrBlocks);
  const bastions = namedCidrs("bastionCidrBlocks", shape.bastionCidrBlocks ?? []);
  return overlapProblems([...subnets, ...apps, ...bastions]);
}

function quotaProblems(shape: CacheShape): Problem[] {
  const entries = networkAclEntries(cacheFlows(shape));
  const most = Math.max(...[true, false].map((egress) => entries.filter((e) => e.egress === egress).length));
  if (most <= networkAclRuleQuota) return [];
  const allowed = `AWS allows ${networkAclRuleQuota} a direction: join neighbouring networks into larger ones.`;
  return [
    {
      path: "appCidrBlocks and bastionCidrBlocks",
      got: `${most} network ACL rules in one direction`,
      allowed,
    },
  ];
}
