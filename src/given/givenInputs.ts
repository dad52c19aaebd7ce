type Component = "HipaaNetwork" | "HipaaRedisCache" | "HipaaRedisClient";

const rolePolicy = { "aws:iam/rolePolicy:RolePolicy": "role policy" };
const hostRole = { "aws:iam/role:Role": "path assumeRolePolicy", ...rolePolicy };
const rule = "securityGroupId ipProtocol fromPort toPort cidrIpv4";
const subnet = "vpcId availabilityZone cidrBlock mapPublicIpOnLaunch";

/** By component and type, the inputs that the component gives its resources, but for the free ones: it never gives another. */
const given: Readonly<Record<Component, Readonly<Record<string, string>>>> = {
  HipaaNetwork: {
    "aws:iam/role:Role": "assumeRolePolicy",
    ...rolePolicy,
    "aws:cloudwatch/logGroup:LogGroup": "retentionInDays kmsKeyId",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "vpcId ingress egress",
    "aws:ec2/eip:Eip": "domain",
    "aws:ec2/flowLog:FlowLog": "vpcId trafficType logDestination iamRoleArn",
    "aws:ec2/internetGateway:InternetGateway": "vpcId",
    "aws:ec2/natGateway:NatGateway": "allocationId subnetId",
    "aws:ec2/route:Route": "routeTableId destinationCidrBlock gatewayId natGatewayId",
    "aws:ec2/routeTable:RouteTable": "vpcId",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "subnetId routeTableId",
    "aws:ec2/subnet:Subnet": subnet,
    "aws:ec2/vpc:Vpc": "cidrBlock instanceTenancy enableDnsSupport enableDnsHostnames",
    "aws:kms/key:Key": "enableKeyRotation policy",
  },
  HipaaRedisCache: {
    ...hostRole,
    "aws:ec2/instance:Instance": [
      "ami tenancy primaryNetworkInterface.networkInterfaceId iamInstanceProfile userDataBase64",
      "userDataReplaceOnChange monitoring metadataOptions.httpEndpoint metadataOptions.httpTokens",
      "metadataOptions.httpPutResponseHopLimit metadataOptions.instanceMetadataTags",
      "rootBlockDevice.encrypted rootBlockDevice.deleteOnTermination rootBlockDevice.kmsKeyId",
    ].join(" "),
    "aws:ec2/networkAcl:NetworkAcl": "vpcId subnetIds",
    "aws:ec2/networkAclRule:NetworkAclRule":
      "networkAclId egress ruleNumber protocol ruleAction cidrBlock fromPort toPort icmpType icmpCode",
    "aws:ec2/networkInterface:NetworkInterface": "subnetId privateIps securityGroups",
    "aws:ec2/route:Route": "routeTableId destinationCidrBlock natGatewayId",
    "aws:ec2/routeTable:RouteTable": "vpcId",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "subnetId routeTableId",
    "aws:ec2/securityGroup:SecurityGroup": "vpcId",
    "aws:ec2/subnet:Subnet": subnet,
    "aws:iam/instanceProfile:InstanceProfile": "role",
    "aws:kms/key:Key": "enableKeyRotation policy",
    "aws:secretsmanager/secret:Secret": "kmsKeyId policy",
    "aws:secretsmanager/secretVersion:SecretVersion": "secretId secretString",
    "aws:ssm/parameter:Parameter": "type value",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": `${rule} referencedSecurityGroupId`,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": `${rule} referencedSecurityGroupId`,
    "random:index/randomId:RandomId": "byteLength keepers",
    "random:index/randomPassword:RandomPassword": "length special",
    "tls:index/certRequest:CertRequest": "privateKeyPem subject.commonName dnsNames ipAddresses",
    "tls:index/locallySignedCert:LocallySignedCert":
      "certRequestPem caPrivateKeyPem caCertPem allowedUses setSubjectKeyId validityPeriodHours earlyRenewalHours",
    "tls:index/privateKey:PrivateKey": "algorithm ecdsaCurve",
    "tls:index/selfSignedCert:SelfSignedCert":
      "privateKeyPem isCaCertificate setSubjectKeyId subject.commonName allowedUses validityPeriodHours earlyRenewalHours",
  },
  HipaaRedisClient: {
    ...hostRole,
    "aws:ec2/securityGroup:SecurityGroup": "vpcId",
    "aws:iam/instanceProfile:InstanceProfile": "role",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": `${rule} referencedSecurityGroupId`,
  },
};

/** What a component gives its resources of a type; nothing where it makes none of that type. */
export function givenInputs(component: string, type: string): readonly string[] | undefined {
  return Object.entries(given)
    .find(([name]) => name === component)?.[1]
    [type]?.split(" ");
}
