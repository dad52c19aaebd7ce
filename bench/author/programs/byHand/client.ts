import * as aws from "@pulumi/aws";
import type { Output } from "@pulumi/pulumi";
import { createRole, type Readable } from "./role";

/** What an app host needs: a role and a security group. */
export function createClient(
  name: string,
  inputs: Readable & { readonly vpcId: Output<string>; readonly cacheSecurityGroupId: Output<string> },
): void {
  createRole(name, inputs);
  const group = new aws.ec2.SecurityGroup(name, {
    vpcId: inputs.vpcId,
    description: `App hosts ${name}`,
    tags: { Name: name },
  });
  const rule = { securityGroupId: group.id, ipProtocol: "tcp" };
  for (const [where, port] of [
    ["cache", 6379],
    ["sentinel", 26379],
  ] as const) {
    const toCache = `${name}-app-to-${where}`;
    new aws.vpc.SecurityGroupEgressRule(toCache, {
      ...rule,
      fromPort: port,
      toPort: port,
      referencedSecurityGroupId: inputs.cacheSecurityGroupId,
      tags: { Name: toCache },
    });
  }
  const toHttps = `${name}-app-to-https-0.0.0.0-0`;
  new aws.vpc.SecurityGroupEgressRule(toHttps, {
    ...rule,
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "0.0.0.0/0",
    tags: { Name: toHttps },
  });
}
