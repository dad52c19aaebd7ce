import * as pulumi from "@pulumi/pulumi";
import { newCertificate } from "../support/certificate.js";

/** One resource as a program registers it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** Empty for what has no parent. */
  readonly parentType: string;
  readonly inputs: Record<string, unknown>;
  /** Its inputs and what the cloud added to them. */
  readonly state: Record<string, unknown>;
}

type Answer = Record<string, unknown>;

const dates = { validityStartTime: "2026-11-01T00:00:00Z", validityEndTime: "2027-01-30T00:00:00Z" };

/** What the cloud would answer, by resource type; a type that isn't here is unknown, and using it an error. */
const outputsOf: Readonly<Record<string, (name: string) => Answer | Promise<Answer>>> = {
  "aws:cloudwatch/logGroup:LogGroup": arn("logs"),
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": none,
  "aws:ec2/eip:Eip": none,
  "aws:ec2/flowLog:FlowLog": none,
  "aws:ec2/instance:Instance": none,
  "aws:ec2/internetGateway:InternetGateway": none,
  "aws:ec2/natGateway:NatGateway": none,
  "aws:ec2/networkAcl:NetworkAcl": none,
  "aws:ec2/networkAclRule:NetworkAclRule": none,
  "aws:ec2/networkInterface:NetworkInterface": () => ({ privateIp: "10.0.0.100" }),
  "aws:ec2/route:Route": none,
  "aws:ec2/routeTable:RouteTable": none,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": none,
  "aws:ec2/securityGroup:SecurityGroup": none,
  "aws:ec2/subnet:Subnet": none,
  "aws:ec2/vpc:Vpc": none,
  "aws:iam/instanceProfile:InstanceProfile": (name) => ({ name }),
  "aws:iam/role:Role": (name) => ({ name, ...arn("iam")(name) }),
  "aws:iam/rolePolicy:RolePolicy": none,
  "aws:kms/key:Key": arn("kms"),
  "aws:secretsmanager/secret:Secret": arn("secretsmanager"),
  "aws:secretsmanager/secretVersion:SecretVersion": none,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": none,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": none,
  "random:index/randomPassword:RandomPassword": (name) => ({ result: `password-of-${name}` }),
  "tls:index/certRequest:CertRequest": (name) => ({ certRequestPem: `request-of-${name}` }),
  "tls:index/locallySignedCert:LocallySignedCert": async (name) => ({
    certPem: `certificate-of-${name}\n${await newCertificate(name)}`,
    ...dates,
  }),
  "tls:index/privateKey:PrivateKey": (name) => ({ privateKeyPem: `key-of-${name}` }),
  "tls:index/selfSignedCert:SelfSignedCert": (name) => ({ certPem: `certificate-of-${name}`, ...dates }),
};

const answers: Readonly<Record<string, Record<string, unknown>>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": { accountId: "000000000000" },
  "aws:index/getPartition:getPartition": { partition: "aws" },
  "aws:index/getRegion:getRegion": { region: "us-east-1" },
  "aws:ec2/getAmi:getAmi": { id: "ami-0debian12" },
};

/** Runs a program against mocks and returns what it registered. */
export async function register(program: () => void): Promise<Registered[]> {
  const seen: Omit<Registered, "parentType">[] = [];
  await pulumi.runtime.setMocks({
    newResource: async ({ type, name, inputs, custom }) => {
      const outputs = outputsOf[type];
      if (custom !== false && outputs === undefined)
        throw new Error(`No mock knows the resource type ${type}.`);
      const id = `${name}-id`;
      const state = { ...(inputs as object), ...(await outputs?.(name)) };
      seen.push({ type, name, inputs: inputs as Record<string, unknown>, state: { id, ...state } });
      return { id, state };
    },
    call: ({ token }) => {
      const answer = answers[token];
      if (answer === undefined) throw new Error(`No mock knows the function ${token}.`);
      return answer;
    },
  });
  program();
  await pulumi.runtime.disconnect();
  const parentTypes = parentTypesByResource();
  return seen.map((one) => ({ ...one, parentType: parentTypes.get(`${one.type} ${one.name}`) ?? "" }));
}

/** A URN holds the type of the resource's parent before the resource's own. */
function parentTypesByResource(): Map<string, string> {
  const monitor: unknown = pulumi.runtime.getMonitor();
  const { getRegisteredResources } = monitor as { getRegisteredResources: () => Map<string, unknown> };
  const urns = [...getRegisteredResources.call(monitor).keys()];
  return new Map(
    urns.map((urn) => {
      const [, , types = "", name = ""] = urn.split("::");
      const [parent = "", own] = types.split("$");
      return own === undefined ? [`${parent} ${name}`, ""] : [`${own} ${name}`, parent];
    }),
  );
}

function none(): Record<string, unknown> {
  return {};
}

function arn(service: string): (name: string) => Record<string, unknown> {
  return (name) => ({ arn: `arn:aws:${service}:us-east-1:000000000000:${name}` });
}
