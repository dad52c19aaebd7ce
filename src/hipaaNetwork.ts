import { ComponentResource, output, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { CacheSubnetArgs, HipaaNetworkArgs } from "./args";
import { noteGiven } from "./given/noteGiven";
import { createFlowLog } from "./network/flowLog";
import { createVpc } from "./network/vpc";
import { createZone } from "./network/zone";
import { planNetwork } from "./plan/networkPlan";
import { namedZones } from "./arguments/regionProblems";
import { networkProblems } from "./arguments/networkProblems";
import { defaultRegion, regionWith } from "./resources/providerRegion";
import { soundArguments } from "./resources/soundArguments";

/**
 * A VPC with dedicated tenancy for those who have none: in each Availability Zone a public subnet for bastion hosts
 * (and the NAT gateway), a private one for application hosts, and room for a subnet of the cache's own. The default
 * security group is empty. A flow log records accepted and refused traffic, and keeps it for `flowLogRetentionDays`.
 *
 * @throws InvalidArgumentsError with every problem of the arguments, before any resource is registered.
 */
export class HipaaNetwork extends ComponentResource {
  /** The VPC's id. */
  readonly vpcId: Output<string>;
  /** The VPC's IPv4 network, as given. */
  readonly vpcCidrBlock: string;
  /** For a cache's `subnets`: room in each Availability Zone, with its NAT gateway. */
  readonly cacheSubnets: CacheSubnetArgs[];
  /** For a cache's `appCidrBlocks`. */
  readonly appCidrBlocks: string[];
  /** For a cache's `bastionCidrBlocks`. */
  readonly bastionCidrBlocks: string[];
  /** Private subnets for application hosts, in the order of `availabilityZones`. */
  readonly appSubnetIds: Output<string>[];
  /** Public subnets for bastion hosts, in the order of `availabilityZones`. */
  readonly bastionSubnetIds: Output<string>[];

  constructor(name: string, args: HipaaNetworkArgs, opts?: ComponentResourceOptions) {
    const component = `HipaaNetwork ${JSON.stringify(name)}`;
    const ofProvider = defaultRegion(opts);
    const plan = planNetwork(
      name,
      soundArguments(component, args, (given) => networkProblems(name, given, ofProvider)),
    );
    const noting = noteGiven(opts);
    super("pulumi-hipaa-redis:index:HipaaNetwork", name, {}, noting.opts);
    const child = { parent: this };

    const region = regionWith(namedZones("availabilityZones", args.availabilityZones), component, this);
    const vpc = createVpc(plan, child);
    const zones = plan.zones.map((zone) => createZone(plan, zone, vpc, region, child));
    createFlowLog(plan, vpc.vpcId, region, child);

    this.vpcId = vpc.vpcId;
    this.vpcCidrBlock = plan.cidrBlock;
    this.cacheSubnets = zones.map(({ plan: zone, natGatewayId }) => ({
      availabilityZone: zone.availabilityZone,
      cidrBlock: zone.cacheCidrBlock,
      natGatewayId,
    }));
    this.appCidrBlocks = plan.zones.map((zone) => zone.appCidrBlock);
    this.bastionCidrBlocks = plan.zones.map((zone) => zone.bastionCidrBlock);
    this.appSubnetIds = zones.map((zone) => zone.appSubnetId);
    this.bastionSubnetIds = zones.map((zone) => zone.bastionSubnetId);
    this.registerOutputs({
      given: noting.done(),
      vpcId: this.vpcId,
      appSubnetIds: output(this.appSubnetIds),
      bastionSubnetIds: output(this.bastionSubnetIds),
    });
  }
}
