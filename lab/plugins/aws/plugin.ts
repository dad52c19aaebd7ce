import type { Plugin } from "../framework/resourceType.js";
import { configure } from "./clients.js";
import { flowLog } from "./ec2/flowLog.js";
import { eip, internetGateway, natGateway } from "./ec2/gateways.js";
import { instance } from "./ec2/instance.js";
import { networkAcl, networkAclAssociation, networkAclRule } from "./ec2/networkAcls.js";
import { networkInterface } from "./ec2/networkInterface.js";
import { route, routeTable, routeTableAssociation } from "./ec2/routes.js";
import {
  defaultSecurityGroup,
  securityGroup,
  securityGroupEgressRule,
  securityGroupIngressRule,
} from "./ec2/securityGroups.js";
import { subnet } from "./ec2/subnet.js";
import { vpc } from "./ec2/vpc.js";
import { vpcEndpoint } from "./ec2/vpcEndpoint.js";
import {
  getAmi,
  getAvailabilityZones,
  getCallerIdentity,
  getInstance,
  getInstances,
  getPartition,
  getRegion,
} from "./functions.js";
import { instanceProfile } from "./iam/instanceProfile.js";
import { role } from "./iam/role.js";
import { rolePolicy, rolePolicyAttachment } from "./iam/rolePolicies.js";
import { alias, key } from "./other/kms.js";
import { logGroup } from "./other/logGroup.js";
import { getParameter, parameter } from "./other/parameter.js";
import { secret, secretVersion } from "./other/secrets.js";

export const aws: Plugin = {
  name: "aws",
  version: "7.48.0",
  configuration: {
    accessKey: "string",
    region: "string",
    secretKey: "string",
    // These say what the official provider need not check. Nothing of it is checked here anyway.
    skipCredentialsValidation: "boolean",
    skipMetadataApiCheck: "boolean",
    skipRegionValidation: "boolean",
    skipRequestingAccountId: "boolean",
  },
  configure,
  resources: {
    "aws:cloudwatch/logGroup:LogGroup": logGroup,
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": defaultSecurityGroup,
    "aws:ec2/eip:Eip": eip,
    "aws:ec2/flowLog:FlowLog": flowLog,
    "aws:ec2/instance:Instance": instance,
    "aws:ec2/internetGateway:InternetGateway": internetGateway,
    "aws:ec2/natGateway:NatGateway": natGateway,
    "aws:ec2/networkAcl:NetworkAcl": networkAcl,
    "aws:ec2/networkAclAssociation:NetworkAclAssociation": networkAclAssociation,
    "aws:ec2/networkAclRule:NetworkAclRule": networkAclRule,
    "aws:ec2/networkInterface:NetworkInterface": networkInterface,
    "aws:ec2/route:Route": route,
    "aws:ec2/routeTable:RouteTable": routeTable,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": routeTableAssociation,
    "aws:ec2/securityGroup:SecurityGroup": securityGroup,
    "aws:ec2/subnet:Subnet": subnet,
    "aws:ec2/vpc:Vpc": vpc,
    "aws:ec2/vpcEndpoint:VpcEndpoint": vpcEndpoint,
    "aws:iam/instanceProfile:InstanceProfile": instanceProfile,
    "aws:iam/role:Role": role,
    "aws:iam/rolePolicy:RolePolicy": rolePolicy,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
    "aws:kms/alias:Alias": alias,
    "aws:kms/key:Key": key,
    "aws:secretsmanager/secret:Secret": secret,
    "aws:secretsmanager/secretVersion:SecretVersion": secretVersion,
    "aws:ssm/parameter:Parameter": parameter,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupEgressRule,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupIngressRule,
  },
  functions: {
    "aws:ec2/getAmi:getAmi": getAmi,
    "aws:ec2/getInstance:getInstance": getInstance,
    "aws:ec2/getInstances:getInstances": getInstances,
    "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
    "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
    "aws:index/getPartition:getPartition": getPartition,
    "aws:index/getRegion:getRegion": getRegion,
    "aws:ssm/getParameter:getParameter": getParameter,
  },
};
