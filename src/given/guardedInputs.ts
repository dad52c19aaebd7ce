const securityGroupRule = [
  ...["securityGroupId", "ipProtocol", "fromPort", "toPort"],
  ...["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"],
];

/** The inputs of a component's resources that decide who reaches what, and that nobody but the component gives: by type. */
export const guardedInputs: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/flowLog:FlowLog": ["vpcId", "trafficType", "logDestination", "iamRoleArn"],
  "aws:ec2/instance:Instance": ["iamInstanceProfile", "primaryNetworkInterface", "userDataBase64"],
  "aws:ec2/networkAcl:NetworkAcl": ["vpcId", "subnetIds"],
  "aws:ec2/networkAclRule:NetworkAclRule": [
    ...["networkAclId", "ruleNumber", "egress", "protocol", "ruleAction"],
    ...["cidrBlock", "ipv6CidrBlock", "fromPort", "toPort"],
  ],
  "aws:ec2/networkInterface:NetworkInterface": ["subnetId", "securityGroups"],
  "aws:ec2/route:Route": [
    ...["routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
    ...["gatewayId", "natGatewayId", "egressOnlyGatewayId", "transitGatewayId", "vpcPeeringConnectionId"],
    ...["vpcEndpointId", "networkInterfaceId", "carrierGatewayId", "localGatewayId", "coreNetworkArn"],
  ],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ["subnetId", "gatewayId", "routeTableId"],
  "aws:ec2/securityGroup:SecurityGroup": ["vpcId"],
  "aws:ec2/subnet:Subnet": ["vpcId", "cidrBlock"],
  "aws:iam/instanceProfile:InstanceProfile": ["role"],
  "aws:iam/role:Role": ["assumeRolePolicy"],
  "aws:iam/rolePolicy:RolePolicy": ["role", "policy"],
  "aws:secretsmanager/secret:Secret": ["kmsKeyId"],
  "aws:secretsmanager/secretPolicy:SecretPolicy": ["secretArn", "policy"],
  "aws:secretsmanager/secretVersion:SecretVersion": ["secretId"],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": securityGroupRule,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": securityGroupRule,
};

/** Guarded where a component gives them; where it doesn't, AWS has a default of its own for them. */
export const guardedWhenGiven: Readonly<Record<string, readonly string[]>> = {
  "aws:kms/key:Key": ["policy"],
};

/**
 * Lists that no component gives, and that a transform may add. AWS fills them in, so that they are told apart before a resource is
 * made only, among its inputs.
 */
export const neverGiven: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/instance:Instance": [
    "networkInterfaces",
    "vpcSecurityGroupIds",
    "securityGroups",
    "subnetId",
    "userData",
  ],
  "aws:ec2/networkAcl:NetworkAcl": ["ingress", "egress"],
  "aws:ec2/routeTable:RouteTable": ["routes", "propagatingVgws"],
  "aws:ec2/securityGroup:SecurityGroup": ["ingress", "egress"],
  "aws:iam/role:Role": ["inlinePolicies", "managedPolicyArns"],
  "aws:secretsmanager/secret:Secret": ["policy"],
};

/** The same of a cache's. */
export const neverGivenByCache: Readonly<Record<string, readonly string[]>> = {
  "aws:kms/key:Key": ["policy"],
};
