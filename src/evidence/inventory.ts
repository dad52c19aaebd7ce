import { nodePackages } from "../host/nodeUserData";
import type { CachePlan } from "../plan/cachePlan";
import { sshFingerprint } from "../arguments/sshPublicKey";
import { sentinelPort } from "../plan/ports";
import type { Member } from "../plan/replication";
import type { Deployed, DeployedNode } from "./evidence";
import { zoneOf } from "./zones";

/** One thing that the cache consists of, or somebody who may use it. */
export interface Asset {
  /** What it is, such as `subnet`. */
  readonly kind: string;
  /** The name that the program gives it. */
  readonly name: string;
  /** How AWS or the host knows it. */
  readonly identifier: string;
  /** What it is in: a network, an address or a region. */
  readonly where: string;
}

/** The technology asset inventory that the rule proposed in 2025 asks for. */
export function inventory(plan: CachePlan, deployed: Deployed): Asset[] {
  const { region, vpcId } = deployed;
  return [
    ...deployed.nodes.map((node) => asset("node", node.name, node.instanceId, whereOf(plan, node))),
    ...membersOf(plan).flatMap(({ name, loopbackAddress, downAfterMs }) =>
      downAfterMs === undefined ? [] : [asset("Sentinel", name, `${loopbackAddress}:${sentinelPort}`, name)],
    ),
    ...deployed.nodes.map((node) => asset("machine image", node.name, node.imageId, region)),
    ...deployed.subnets.map(({ name, id }) => asset("subnet", name, id, cidrOf(plan, name))),
    asset("security group", plan.name, deployed.securityGroupId, vpcId),
    ...deployed.clients.flatMap(({ name, securityGroupId: group }) =>
      group === undefined ? [] : [asset("security group of a client", name, group, vpcId)],
    ),
    asset("encryption key (KMS)", plan.name, deployed.kmsKeyArn, region),
    ...deployed.nodes.map(({ name, secretArn }) => asset("secret of a node", name, secretArn, region)),
    ...deployed.clients.map(({ name, secretArn }) => asset("secret of a client", name, secretArn, region)),
    ...plan.operators.map(({ name, sshPublicKey }) =>
      asset("operator", name, `SSH key ${sshFingerprint(sshPublicKey)}`, "every node"),
    ),
  ];
}

/** Debian's packages that a node installs beside those of the image, by name. */
export function packagesOf(plan: CachePlan): string[] {
  return nodePackages(plan.tunnel, plan.engine).sort();
}

/** Of several nodes the zone as well, and by which address hosts know each. */
function whereOf(plan: CachePlan, { name, privateIp }: DeployedNode): string {
  const member = membersOf(plan).find((one) => one.name === name);
  if (member === undefined) return privateIp;
  return `${privateIp}, ${zoneOf(plan, name)}; ${member.loopbackAddress} on every host`;
}

function membersOf({ replication, cluster }: CachePlan): readonly Member[] {
  return replication?.members ?? cluster?.members ?? [];
}

function asset(kind: string, name: string, identifier: string, where: string): Asset {
  return { kind, name, identifier, where };
}

function cidrOf(plan: CachePlan, subnet: string): string {
  return plan.subnets.find(({ name }) => name === subnet)?.cidrBlock ?? "";
}
