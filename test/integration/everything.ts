import * as aws from "@pulumi/aws";
import { interpolate } from "@pulumi/pulumi";

const trust = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

/** A program with every resource type and function that our aws plugin knows. */
export const everything = (choice: { tag: string }) => async () => {
  const tags = { Name: choice.tag };
  const { accountId } = await aws.getCallerIdentity();
  const zones = await aws.getAvailabilityZones({ state: "available" });
  const ami = await aws.ec2.getAmi({
    owners: ["136693071363"],
    mostRecent: true,
    filters: [
      { name: "name", values: ["debian-13-amd64-*"] },
      { name: "architecture", values: ["x86_64"] },
    ],
  });
  const current = await aws.getRegion();
  const { partition } = await aws.getPartition();

  const vpc = new aws.ec2.Vpc("vpc", {
    cidrBlock: "10.0.0.0/16",
    instanceTenancy: "dedicated",
    enableDnsHostnames: true,
    tags,
  });
  const vpcId = vpc.id;
  new aws.ec2.DefaultSecurityGroup("default", { vpcId, tags });
  const gateway = new aws.ec2.InternetGateway("gateway", { vpcId, tags });
  const open = new aws.ec2.Subnet("open", { vpcId, cidrBlock: "10.0.0.0/24", tags });
  const closed = new aws.ec2.Subnet("closed", {
    vpcId,
    cidrBlock: "10.0.1.0/24",
    availabilityZone: zones.names[0],
    tags,
  });
  const address = new aws.ec2.Eip("nat", { domain: "vpc", tags });
  const nat = new aws.ec2.NatGateway("nat", { allocationId: address.id, subnetId: open.id, tags });
  const table = new aws.ec2.RouteTable("closed", { vpcId, tags });
  new aws.ec2.Route("nat", {
    routeTableId: table.id,
    destinationCidrBlock: "0.0.0.0/0",
    natGatewayId: nat.id,
  });
  const openTable = new aws.ec2.RouteTable("open", { vpcId, tags });
  new aws.ec2.Route("internet", {
    routeTableId: openTable.id,
    destinationCidrBlock: "0.0.0.0/0",
    gatewayId: gateway.id,
  });
  new aws.ec2.RouteTableAssociation("closed", { routeTableId: table.id, subnetId: closed.id });

  const acl = new aws.ec2.NetworkAcl("closed", { vpcId, subnetIds: [closed.id], tags });
  new aws.ec2.NetworkAclRule("in", {
    networkAclId: acl.id,
    ruleNumber: 100,
    protocol: "tcp",
    ruleAction: "allow",
    cidrBlock: "10.0.0.0/24",
    fromPort: 6379,
    toPort: 6379,
  });
  new aws.ec2.NetworkAclRule("out", {
    networkAclId: acl.id,
    egress: true,
    ruleNumber: 100,
    protocol: "-1",
    ruleAction: "deny",
    cidrBlock: "0.0.0.0/0",
  });
  const openAcl = new aws.ec2.NetworkAcl("open", { vpcId, tags });
  new aws.ec2.NetworkAclAssociation("open", { networkAclId: openAcl.id, subnetId: open.id });

  const clients = new aws.ec2.SecurityGroup("clients", { vpcId, description: "Clients", tags });
  const group = new aws.ec2.SecurityGroup("cache", { vpcId, description: "Cache", tags });
  for (const port of Array.from({ length: 6 }, (_, index) => 6379 + index)) {
    new aws.vpc.SecurityGroupIngressRule(`in-${port}`, {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      cidrIpv4: "10.0.0.0/24",
      description: `Redis ${choice.tag}`,
      tags,
    });
    new aws.vpc.SecurityGroupEgressRule(`out-${port}`, {
      securityGroupId: clients.id,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      referencedSecurityGroupId: group.id,
      description: "Redis",
      tags,
    });
  }

  const key = new aws.kms.Key("key", {
    description: "Test",
    enableKeyRotation: true,
    deletionWindowInDays: 7,
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
    tags,
  });
  new aws.kms.Alias("key", { targetKeyId: key.id });
  const secret = new aws.secretsmanager.Secret("secret", {
    kmsKeyId: key.arn,
    recoveryWindowInDays: 0,
    tags,
  });
  new aws.secretsmanager.SecretVersion("secret", { secretId: secret.id, secretString: "a secret" });
  const parameter = new aws.ssm.Parameter("parameter", {
    type: "String",
    value: choice.tag,
    description: `Test ${choice.tag}`,
    tags,
  });
  const logs = new aws.cloudwatch.LogGroup("flows", { retentionInDays: 365, tags });

  const flowRole = new aws.iam.Role("flows", {
    assumeRolePolicy: trust("vpc-flow-logs.amazonaws.com"),
    tags,
  });
  new aws.iam.RolePolicy("flows", {
    role: flowRole.name,
    policy: interpolate`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents","Resource":"${logs.arn}:*"}]}`,
  });
  new aws.ec2.FlowLog("flows", {
    vpcId,
    trafficType: "ALL",
    logDestination: logs.arn,
    iamRoleArn: flowRole.arn,
    tags,
  });
  new aws.ec2.VpcEndpoint("gateway", {
    vpcId,
    serviceName: `com.amazonaws.${current.region}.s3`,
    routeTableIds: [table.id],
    tags,
  });
  new aws.ec2.VpcEndpoint("interface", {
    vpcId,
    serviceName: `com.amazonaws.${current.region}.secretsmanager`,
    vpcEndpointType: "Interface",
    privateDnsEnabled: true,
    subnetIds: [closed.id],
    securityGroupIds: [group.id],
    tags,
  });

  const role = new aws.iam.Role("host", { assumeRolePolicy: trust("ec2.amazonaws.com"), tags });
  new aws.iam.RolePolicyAttachment("host", {
    role: role.name,
    policyArn: `arn:${partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
  });
  const profile = new aws.iam.InstanceProfile("host", { role: role.name, tags });
  const port = new aws.ec2.NetworkInterface("host", {
    subnetId: closed.id,
    privateIps: ["10.0.1.10"],
    securityGroups: [group.id],
    description: "Fixed address",
    tags,
  });
  const rootBlockDevice = { encrypted: true, kmsKeyId: key.arn, volumeType: "gp3", volumeSize: 12 };
  const metadataOptions = { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 };
  const host = new aws.ec2.Instance("host", {
    ami: ami.id,
    instanceType: "m7i.large",
    tenancy: "dedicated",
    primaryNetworkInterface: { networkInterfaceId: port.id },
    iamInstanceProfile: profile.name,
    userDataBase64: Buffer.from("#cloud-config\n{}\n").toString("base64"),
    userDataReplaceOnChange: true,
    metadataOptions,
    rootBlockDevice,
    monitoring: true,
    ebsOptimized: true,
    tags,
    volumeTags: tags,
  });
  const app = new aws.ec2.Instance("app", {
    ami: ami.id,
    instanceType: "m7i.large",
    subnetId: open.id,
    privateIp: "10.0.0.20",
    vpcSecurityGroupIds: choice.tag === "one" ? [clients.id] : [clients.id, group.id],
    userDataBase64: Buffer.from(`#cloud-config\n{}\n# ${choice.tag}\n`).toString("base64"),
    metadataOptions: { ...metadataOptions, httpPutResponseHopLimit: choice.tag === "one" ? 1 : 2 },
    disableApiTermination: false,
    tags,
  });
  const found = aws.ec2.getInstancesOutput({
    filters: [{ name: "iam-instance-profile.arn", values: [profile.arn] }],
    instanceStateNames: ["running"],
  });
  const { userDataBase64 } = aws.ec2.getInstanceOutput({ instanceId: host.id, getUserData: true });
  const { insecureValue } = aws.ssm.getParameterOutput({ name: parameter.name, withDecryption: false });
  return {
    found: found.ids,
    hostId: host.id,
    userDataBase64,
    insecureValue,
    accountId,
    host: host.privateIp,
    interface: host.primaryNetworkInterfaceId,
    app: app.privateIp,
  };
};
