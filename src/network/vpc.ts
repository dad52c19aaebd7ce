import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway";
import { Route } from "@pulumi/aws/ec2/route";
import { RouteTable } from "@pulumi/aws/ec2/routeTable";
import { Vpc as AwsVpc } from "@pulumi/aws/ec2/vpc";
import type { CustomResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { NetworkPlan } from "../plan/networkPlan";
import { nameTags } from "../resources/nameTags";

export interface Vpc {
  readonly vpcId: Output<string>;
  readonly internetGateway: InternetGateway;
  /** For the public subnets: straight to the internet. */
  readonly publicRouteTableId: Output<string>;
  readonly publicRoute: Resource;
}

/** The VPC, its way to the internet, and its default security group, emptied. */
export function createVpc(plan: NetworkPlan<Input<string>>, opts: CustomResourceOptions): Vpc {
  const { name, cidrBlock, instanceTenancy, tags } = plan;
  const vpc = new AwsVpc(
    name,
    {
      cidrBlock,
      instanceTenancy,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: nameTags(tags, name),
    },
    opts,
  );
  const vpcId = vpc.id;
  new DefaultSecurityGroup(
    name,
    { vpcId, ingress: [], egress: [], tags: nameTags(tags, `${name}-default-closed`) },
    opts,
  );
  const internetGateway = new InternetGateway(name, { vpcId, tags: nameTags(tags, name) }, opts);
  const publicTags = nameTags(tags, `${name}-public`);
  const routeTable = new RouteTable(`${name}-public`, { vpcId, tags: publicTags }, opts);
  const publicRoute = new Route(
    `${name}-public-out`,
    { routeTableId: routeTable.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: internetGateway.id },
    opts,
  );
  return { vpcId, internetGateway, publicRouteTableId: routeTable.id, publicRoute };
}
