import { awsIds, type AwsIds } from "./awsIds.js";

/** What the cloud adds to a resource's inputs. */
export interface Answer {
  readonly id: string;
  readonly arn?: string;
  readonly [output: string]: unknown;
}

const leafDates = { validityStartTime: "2026-11-01T00:00:00Z", validityEndTime: "2027-01-30T00:00:00Z" };
const authorityDates = { validityStartTime: "2026-10-01T00:00:00Z", validityEndTime: "2027-10-01T00:00:00Z" };

/** What the cloud answers to a resource of a type, by its own ids, its name in the program, and its inputs. */
type Make = (ids: AwsIds, name: string, inputs: Readonly<Record<string, unknown>>) => Answer;

const makers: Readonly<Record<string, Make>> = {
  "aws:cloudwatch/logGroup:LogGroup": ({ suffixed, arn }) => ({
    id: suffixed,
    name: suffixed,
    arn: arn("logs", `log-group:${suffixed}`),
  }),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": numbered("sg", "security-group"),
  "aws:ec2/eip:Eip": ({ id }) => ({
    id: id("eipalloc"),
    allocationId: id("eipalloc"),
    publicIp: "203.0.113.7",
  }),
  "aws:ec2/flowLog:FlowLog": numbered("fl", "vpc-flow-log"),
  "aws:ec2/instance:Instance": numbered("i", "instance"),
  "aws:ec2/internetGateway:InternetGateway": numbered("igw", "internet-gateway"),
  "aws:ec2/natGateway:NatGateway": numbered("nat", "natgateway"),
  "aws:ec2/networkAcl:NetworkAcl": numbered("acl", "network-acl"),
  "aws:ec2/networkAclAssociation:NetworkAclAssociation": ({ id }) => ({ id: id("aclassoc") }),
  "aws:ec2/networkAclRule:NetworkAclRule": ({ number }) => ({ id: `nacl-${number}` }),
  "aws:ec2/networkInterface:NetworkInterface": (ids, _, { privateIps }) => ({
    ...numberedBy("eni", "network-interface", ids),
    privateIp: (privateIps as string[] | undefined)?.[0],
  }),
  "aws:ec2/route:Route": ({ number }, _, { routeTableId }) => ({ id: `r-${String(routeTableId)}${number}` }),
  "aws:ec2/routeTable:RouteTable": numbered("rtb", "route-table"),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ({ id }) => ({ id: id("rtbassoc") }),
  "aws:ec2/securityGroup:SecurityGroup": numbered("sg", "security-group"),
  "aws:ec2/subnet:Subnet": numbered("subnet", "subnet"),
  "aws:ec2/vpc:Vpc": numbered("vpc", "vpc"),
  "aws:ec2/vpcEndpoint:VpcEndpoint": numbered("vpce", "vpc-endpoint"),
  "aws:iam/instanceProfile:InstanceProfile": (ids) => namedInIam("instance-profile", ids),
  "aws:iam/role:Role": (ids) => namedInIam("role", ids),
  "aws:iam/rolePolicy:RolePolicy": ({ suffixed }, _, { role }) => ({
    id: `${String(role)}:${suffixed}`,
    name: suffixed,
  }),
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ({ suffixed }) => ({ id: suffixed }),
  "aws:kms/alias:Alias": ({ suffixed, arn }) => ({
    id: `alias/${suffixed}`,
    name: `alias/${suffixed}`,
    arn: arn("kms", `alias/${suffixed}`),
  }),
  "aws:kms/key:Key": ({ uuid, arn }) => ({ id: uuid, keyId: uuid, arn: arn("kms", `key/${uuid}`) }),
  "aws:secretsmanager/secret:Secret": ({ suffixed, secretSuffix, arn: arnOf }) => {
    const arn = arnOf("secretsmanager", `secret:${suffixed}-${secretSuffix}`);
    return { id: arn, arn, name: suffixed };
  },
  "aws:secretsmanager/secretVersion:SecretVersion": ({ uuid }, _, { secretId }) => ({
    id: `${String(secretId)}|${uuid}`,
    versionId: uuid,
    arn: String(secretId),
  }),
  "aws:ssm/parameter:Parameter": ({ arn }, _, { name }) => ({
    id: String(name),
    arn: arn("ssm", `parameter${String(name)}`),
  }),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": numbered("sgr", "security-group-rule"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": numbered("sgr", "security-group-rule"),
  "pulumi:providers:aws": ({ uuid }) => ({ id: uuid }),
  "random:index/randomId:RandomId": (_, __, { keepers }) => ({ id: "AAAAAAAAAAA", keepers }),
  "random:index/randomPassword:RandomPassword": (_, name) => ({ id: "none", result: `password-of-${name}` }),
  "tls:index/certRequest:CertRequest": ({ number }, name) => ({
    id: number,
    certRequestPem: `request-of-${name}`,
  }),
  "tls:index/locallySignedCert:LocallySignedCert": ({ number }, name) => ({
    id: number,
    certPem: `certificate-of-${name}`,
    ...leafDates,
  }),
  "tls:index/privateKey:PrivateKey": ({ number }, name) => ({
    id: number,
    privateKeyPem: `key-of-${name}`,
    publicKeyPem: `public-key-of-${name}\n`,
  }),
  "tls:index/selfSignedCert:SelfSignedCert": ({ number }, name) => ({
    id: number,
    certPem: `certificate-of-${name}`,
    ...authorityDates,
  }),
};

/** What the cloud answers to a new resource; a type that isn't in the list is unknown, and using it an error. */
export function outputsOf(type: string, name: string, inputs: object = {}): Answer {
  const make = makers[type];
  if (make === undefined) throw new Error(`No mock knows the resource type ${type}.`);
  return make(awsIds(type, name), name, inputs as Readonly<Record<string, unknown>>);
}

function numbered(prefix: string, kind: string): Make {
  return (ids) => numberedBy(prefix, kind, ids);
}

function numberedBy(prefix: string, kind: string, { id, arn }: AwsIds): Answer {
  return { id: id(prefix), arn: arn("ec2", `${kind}/${id(prefix)}`) };
}

function namedInIam(kind: string, { suffixed, arn }: AwsIds): Answer {
  return { id: suffixed, name: suffixed, arn: arn("iam", `${kind}/${suffixed}`, "") };
}
