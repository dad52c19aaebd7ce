import { contains } from "../plan/cidr";
import { cacheFlows } from "../plan/flows";
import { vpcNetworks } from "../plan/vpcNetworks";
import { largestValueFor, memoryGibibytes } from "../plan/memory";
import { defaultInstanceType } from "../plan/instance";
import { defaultMemoryPercent, redisLimits } from "../plan/limits";
import { mayBeDedicated, runsMacOsAlone } from "../plan/tenancy";
import { hybridReleases } from "../plan/keyExchange";
import { defaultOperatingSystem, releases } from "../plan/operatingSystem";
import { networkAclEntries, networkAclRuleQuota } from "../plan/networkAcl";
import { nodeNetworks } from "../plan/placement";
import type { CacheArguments } from "./cacheArguments";
import { clientGroupsProblems } from "./clientGroupsProblems";
import { cacheChecks } from "./cacheChecks";
import { argumentsProblems } from "./check";
import { namedCidrs, overlapProblems, type NamedCidr } from "./cidrProblems";
import { engineProblems } from "./engineProblems";
import { nameProblems } from "./names";
import { hasDebiansImages, regionOfZone } from "../plan/region";
import { quoted, type Problem } from "./problems";
import { nodesProblems } from "./nodesProblems";
import { regionProblems, zonesOf } from "./regionProblems";
import { keptByAws, serverProblems } from "./serverProblems";

type Arguments = CacheArguments<unknown>;

/** Everything that is wrong with the name and the arguments of a cache, in the region of its provider where that is known. */
export function cacheProblems(name: string, given: Arguments, providerRegion?: string): Problem[] {
  const problems = [...nameProblems("component", "name", name), ...argumentsProblems("", cacheChecks, given)];
  return problems.length > 0 ? problems : togetherProblems(given, providerRegion);
}

/** What only shows when arguments that are sound by themselves are seen together. */
function togetherProblems(given: Arguments, providerRegion: string | undefined): Problem[] {
  return [
    ...imagePackagesProblems(given),
    ...imageGenerationProblems(given),
    ...instanceTypeProblems(given),
    ...engineProblems(given),
    ...valueProblems(given),
    ...imageProblems(given),
    ...keyExchangeProblems(given),
    ...regionProblems(zonesOf(given.subnets), providerRegion),
    ...bastionProblems(given),
    ...vpcProblems(given),
    ...placeProblems(given),
    ...sharedAddressProblems(given),
    ...keptAddressProblems(given),
    ...serverProblems(given, subnetCidrs(given)),
    ...quotaProblems(given),
    ...clientGroupsProblems(given),
    ...nodesProblems(given),
  ];
}

/** Debian's own image, the default, has none of them. */
function imagePackagesProblems({ imageHasPackages, imageId }: Arguments): Problem[] {
  if (imageHasPackages !== true || imageId !== undefined) return [];
  const allowed = "Give imageId, your own image with the packages in it, or leave imageHasPackages out.";
  return [{ path: "imageHasPackages", got: "true without imageId", allowed }];
}

/** It is of Debian's own images. */
function imageGenerationProblems({ imageGeneration, imageId }: Arguments): Problem[] {
  if (imageGeneration === undefined || imageId === undefined) return [];
  const allowed = "The node boots the image that imageId names: leave imageGeneration out, or imageId.";
  return [{ path: "imageGeneration", got: `${imageGeneration} with imageId`, allowed }];
}

function instanceTypeProblems({ instanceType = defaultInstanceType, allowSharedTenancy }: Arguments): Problem[] {
  if (runsMacOsAlone(instanceType)) {
    const allowed =
      'Mac instances run macOS alone, on Dedicated Hosts: give another type, such as "m6i.large" or "m7g.large".';
    return [{ path: "instanceType", got: quoted(instanceType), allowed }];
  }
  if (allowSharedTenancy === true || mayBeDedicated(instanceType)) return [];
  const allowed =
    'AWS offers no Dedicated Instances of T1, T2, T3a and T4g: give another type, such as "m6i.large" or "m7g.large", or set allowSharedTenancy.';
  return [{ path: "instanceType", got: quoted(instanceType), allowed }];
}

/** Where the type's name tells its memory: a larger value than its buffers hold would disconnect who sends it. */
function valueProblems(given: Arguments): Problem[] {
  const { instanceType = defaultInstanceType, replicas = 0 } = given;
  const { maxMemoryPercent = defaultMemoryPercent(replicas > 0) } = given;
  const { maxValueBytes = redisLimits.largestValueBytes } = given;
  const gibibytes = memoryGibibytes(instanceType);
  if (gibibytes === undefined) return [];
  const most = largestValueFor(gibibytes, maxMemoryPercent);
  if (maxValueBytes <= most) return [];
  const value = `${maxValueBytes}${given.maxValueBytes === undefined ? ", the default," : ""}`;
  const got = `${value} with ${maxMemoryPercent} percent of the ${gibibytes} GiB of ${instanceType}`;
  const allowed =
    `Redis's memory has to be twenty times the largest value: give at most ${most}, or an instanceType with more memory, or a larger ` +
    "maxMemoryPercent.";
  return [{ path: "maxValueBytes", got, allowed }];
}

/** What Debian's own image needs that not every partition and subnet has. */
function imageProblems({ imageId, operatingSystem = defaultOperatingSystem, subnets: [first] }: Arguments): Problem[] {
  if (imageId !== undefined || first === undefined) return [];
  const region = regionOfZone(first.availabilityZone);
  if (!hasDebiansImages(region)) {
    const allowed = `Debian's own AWS account has no images in ${region}: give the id of a ${releases[operatingSystem].title} image there.`;
    return [{ path: "imageId", got: "nothing", allowed }];
  }
  if (first.natGatewayId !== undefined) return [];
  const allowed =
    "The node is in this subnet, and without a NAT gateway it reaches no package mirror. Give one, or an imageId that has the packages or names a mirror inside the VPC.";
  return [{ path: "subnets[0].natGatewayId", got: "nothing", allowed }];
}

function keyExchangeProblems({
  operatingSystem = defaultOperatingSystem,
  requireHybridKeyExchange,
}: Arguments): Problem[] {
  const { title, hasHybridKeyExchange } = releases[operatingSystem];
  if (requireHybridKeyExchange !== true || hasHybridKeyExchange) return [];
  const allowed = `${title} has no hybrid key exchange: set operatingSystem to ${hybridReleases.map(quoted).join(" or ")}, or leave requireHybridKeyExchange out.`;
  return [{ path: "requireHybridKeyExchange", got: `true with operatingSystem ${quoted(operatingSystem)}`, allowed }];
}

function bastionProblems(given: Arguments): Problem[] {
  if (given.operators.length === 0 || (given.bastionCidrBlocks ?? []).length > 0) return [];
  const allowed = "Operators sign in from bastion hosts: name their networks, or give no operators.";
  return [{ path: "bastionCidrBlocks", got: "nothing", allowed }];
}

/** A secondary network that shares an address with the primary one: AWS takes none. */
function vpcProblems({ vpcCidrBlock, vpcSecondaryCidrBlocks = [] }: Arguments): Problem[] {
  const primary = { path: "vpcCidrBlock", cidr: vpcCidrBlock };
  return namedCidrs("vpcSecondaryCidrBlocks", vpcSecondaryCidrBlocks).flatMap((one) => overlapProblems([primary, one]));
}

/** A subnet can't be in two networks of the VPC (VPC User Guide, "Subnet CIDR blocks"). */
function placeProblems(given: Arguments): Problem[] {
  const networks = vpcNetworks(given);
  const which = networks.length === 1 ? "the VPC's network" : "one of the VPC's networks";
  return subnetCidrs(given).flatMap(({ path, cidr }) => {
    if (networks.some((network) => contains(network, cidr))) return [];
    return [{ path, got: quoted(cidr), allowed: `It must lie inside ${which} ${networks.join(", ")}.` }];
  });
}

function subnetCidrs({ subnets }: Arguments): NamedCidr[] {
  return subnets.map(({ cidrBlock: cidr }, index) => ({ path: `subnets[${index}].cidrBlock`, cidr }));
}

/**
 * The cache's subnets hold the cache and nothing else, and an address is of one kind of host: no two networks may share one.
 * Where the node may connect to is another matter: 0.0.0.0/0 contains everything.
 */
function sharedAddressProblems(given: Arguments): Problem[] {
  const subnets = subnetCidrs(given);
  const apps = namedCidrs("appCidrBlocks", given.appCidrBlocks);
  const bastions = namedCidrs("bastionCidrBlocks", given.bastionCidrBlocks ?? []);
  return overlapProblems([...subnets, ...apps, ...bastions]);
}

/** Callers that no host can be, since AWS keeps their addresses for itself. */
function keptAddressProblems(given: Arguments): Problem[] {
  const callers = [
    ...namedCidrs("appCidrBlocks", given.appCidrBlocks),
    ...namedCidrs("bastionCidrBlocks", given.bastionCidrBlocks ?? []),
  ];
  return callers.flatMap(({ path, cidr }) => {
    const allowed = keptByAws(given, cidr);
    return allowed === undefined ? [] : [{ path, got: quoted(cidr), allowed }];
  });
}

function quotaProblems(given: Arguments): Problem[] {
  const entries = networkAclEntries(cacheFlows(given, nodeNetworks(given)));
  const most = Math.max(...[true, false].map((egress) => entries.filter((e) => e.egress === egress).length));
  if (most <= networkAclRuleQuota) return [];
  const isCluster = (given.shards ?? 1) > 1;
  const hasPeers = isCluster || (given.replicas ?? 0) > 0;
  const fewer = isCluster
    ? ", and give fewer, larger subnets: each that nodes are in takes three"
    : ", or give subnets in three Availability Zones alone";
  const allowed = `AWS allows ${networkAclRuleQuota} in each direction besides its own: join neighbouring networks into larger ones${hasPeers ? fewer : ""}.`;
  return [
    {
      path: `appCidrBlocks, bastionCidrBlocks, httpsEgressCidrBlocks, dnsServers${hasPeers ? ", timeServers and subnets" : " and timeServers"}`,
      got: `${most} network ACL rules in one direction`,
      allowed,
    },
  ];
}
