// An application's own stack: it knows the cache's stack by name, and nothing else of it.
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { HipaaRedisClient, type Connection } from "pulumi-hipaa-redis";

const config = new pulumi.Config();
// pulumi config set cacheStack <organization>/hipaa-redis-two-stacks-cache/<stack>
const cacheStack = new pulumi.StackReference(config.require("cacheStack"));
const connections = cacheStack.requireOutput("connections") as pulumi.Output<Record<"web", Connection>>;
const appSubnetIds = cacheStack.requireOutput("appSubnetIds") as pulumi.Output<[string]>;

const web = new HipaaRedisClient("web", { connection: connections.web, appUser: "web" });

const debian = aws.ec2.getAmiOutput({
  owners: ["136693071363"],
  mostRecent: true,
  filters: [{ name: "name", values: ["debian-13-amd64-*"] }],
});

const appHost = new aws.ec2.Instance(
  "web",
  {
    ami: debian.id,
    instanceType: "m6i.large",
    tenancy: "dedicated",
    subnetId: appSubnetIds[0],
    vpcSecurityGroupIds: web.securityGroupIds,
    iamInstanceProfile: web.instanceProfileName,
    userDataBase64: web.userData,
    userDataReplaceOnChange: true,
    metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    monitoring: true,
    rootBlockDevice: { encrypted: true },
    tags: { Name: "web" },
  },
  { ignoreChanges: ["ami"] },
);

export const appHostId = appHost.id;
export const userData = web.userData;
