import * as aws from "@pulumi/aws";
import type { CustomResourceOptions, Output, Resource } from "@pulumi/pulumi";
import type { Connection } from "../connection";
import type { ClientPlan } from "../plan/clientPlan";
import { httpsPort, redisPort } from "../plan/ports";
import { nameTags, type Tags } from "./naming";

/** An app host's way to the cache's group, and to HTTPS. It lets nothing in: that is the application's matter. */
export function createClientSecurityGroup(
  plan: ClientPlan,
  connection: Output<Connection>,
  tags: Tags,
  opts: CustomResourceOptions,
): { group: aws.ec2.SecurityGroup; rules: Resource[] } {
  const group = new aws.ec2.SecurityGroup(
    plan.name,
    {
      vpcId: connection.vpcId,
      description: `App hosts of the HIPAA Redis client ${plan.name}`,
      tags: nameTags(tags, plan.name),
    },
    opts,
  );
  const toCache = {
    name: "app-to-cache",
    port: redisPort,
    description: "The application reaches the cache through the tunnel",
    referencedSecurityGroupId: connection.securityGroupId,
  };
  const toHttps = plan.httpsEgressCidrBlocks.map((cidrIpv4) => ({
    name: `app-to-https-${cidrIpv4.replace("/", "-")}`,
    port: httpsPort,
    description: "The app host fetches its secret and Debian packages",
    cidrIpv4,
  }));
  const rules = [toCache, ...toHttps].map(({ name, port, ...inputs }) => {
    const ruleTags = nameTags(tags, `${plan.name}-${name}`);
    const common = { securityGroupId: group.id, ipProtocol: "tcp", fromPort: port, toPort: port };
    const args = { ...common, ...inputs, tags: ruleTags };
    return new aws.vpc.SecurityGroupEgressRule(`${plan.name}-${name}`, args, opts);
  });
  return { group, rules };
}
