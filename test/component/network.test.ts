import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import type { Registered } from "./mocks.js";
import { register } from "./mocks.js";
import { tagged, theOtherProgram, theQuickstart } from "./programs.js";
import { outputsSpecified, specification } from "./specification.js";

const vpcId = "<Vpc clinic id>";
const everywhere = { destinationCidrBlock: "0.0.0.0/0" };
const gone = { deleteBeforeReplace: true };

const shared = {
  "Vpc clinic": {
    cidrBlock: "10.0.0.0/16",
    instanceTenancy: "dedicated",
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags: tagged("clinic"),
  },
  "DefaultSecurityGroup clinic": { vpcId, ingress: [], egress: [], tags: tagged("clinic-default-closed") },
  "InternetGateway clinic": { vpcId, tags: tagged("clinic") },
  "RouteTable clinic-public": { vpcId, tags: tagged("clinic-public") },
  "Route clinic-public-out": {
    ...everywhere,
    routeTableId: "<RouteTable clinic-public id>",
    gatewayId: "<InternetGateway clinic id>",
  },
};

/** A subnet with its table of routes. */
function subnet(name: string, availabilityZone: string, cidrBlock: string, routeTable: string): object {
  return {
    [`Subnet ${name}`]: {
      vpcId,
      availabilityZone,
      cidrBlock,
      mapPublicIpOnLaunch: false,
      tags: tagged(name),
      options: gone,
    },
    [`RouteTableAssociation ${name}`]: {
      subnetId: `<Subnet ${name} id>`,
      routeTableId: `<RouteTable ${routeTable} id>`,
    },
  };
}

/** What a zone has beside its subnets: a NAT gateway in the public one, and the private one's way to it. */
function wayOut(index: number): object {
  return {
    [`Eip clinic-${index}`]: {
      domain: "vpc",
      tags: tagged(`clinic-${index}`),
      options: { waitsFor: ["InternetGateway clinic"] },
    },
    [`NatGateway clinic-${index}`]: {
      allocationId: `<Eip clinic-${index} id>`,
      subnetId: `<Subnet clinic-bastion-${index} id>`,
      tags: tagged(`clinic-${index}`),
      options: { waitsFor: ["Route clinic-public-out", `RouteTableAssociation clinic-bastion-${index}`] },
    },
    [`RouteTable clinic-app-${index}`]: { vpcId, tags: tagged(`clinic-app-${index}`) },
    [`Route clinic-app-${index}-out`]: {
      ...everywhere,
      routeTableId: `<RouteTable clinic-app-${index} id>`,
      natGatewayId: `<NatGateway clinic-${index} id>`,
    },
  };
}

const zones = {
  ...subnet("clinic-bastion-0", "us-east-1a", "10.0.0.0/28", "clinic-public"),
  ...subnet("clinic-app-0", "us-east-1a", "10.0.16.0/20", "clinic-app-0"),
  ...wayOut(0),
  ...subnet("clinic-bastion-1", "us-east-1b", "10.0.0.16/28", "clinic-public"),
  ...subnet("clinic-app-1", "us-east-1b", "10.0.32.0/20", "clinic-app-1"),
  ...wayOut(1),
};

const isOfNetwork = ({ parentType, name }: Registered): boolean =>
  parentType.endsWith(":HipaaNetwork") && !name.endsWith("-flow-log");

describe("a network, against mocks", () => {
  let quickstart: readonly Registered[];
  let others: readonly Registered[];
  before(async () => {
    quickstart = (await theQuickstart()).resources;
    others = (await theOtherProgram()).resources;
  });

  it("is a closed VPC, and in each zone a public and a private subnet with a way out", () => {
    assert.deepEqual(specification(quickstart, isOfNetwork), { ...shared, ...zones });
  });

  it("says where it is", () => {
    assert.deepEqual(outputsSpecified(quickstart, "clinic"), {
      vpcId,
      appSubnetIds: ["<Subnet clinic-app-0 id>", "<Subnet clinic-app-1 id>"],
      bastionSubnetIds: ["<Subnet clinic-bastion-0 id>", "<Subnet clinic-bastion-1 id>"],
    });
  });

  it("hands a cache its networks and room, each with the zone's NAT gateway", async () => {
    let handed: unknown;
    const all = await register(() => {
      const made = new HipaaNetwork("clinic", {
        cidrBlock: "172.16.0.0/20",
        availabilityZones: ["us-east-1d", "us-east-1c"],
      });
      const { vpcCidrBlock, cacheSubnets, appCidrBlocks, bastionCidrBlocks } = made;
      output({ vpcCidrBlock, cacheSubnets, appCidrBlocks, bastionCidrBlocks }).apply((value) => {
        handed = value;
      });
    });
    const idOf = (name: string): unknown =>
      all.find((one) => one.type === "aws:ec2/natGateway:NatGateway" && one.name === name)?.state.id;
    assert.deepEqual(handed, {
      vpcCidrBlock: "172.16.0.0/20",
      cacheSubnets: [
        { availabilityZone: "us-east-1d", cidrBlock: "172.16.0.96/28", natGatewayId: idOf("clinic-0") },
        { availabilityZone: "us-east-1c", cidrBlock: "172.16.0.112/28", natGatewayId: idOf("clinic-1") },
      ],
      appCidrBlocks: ["172.16.1.0/24", "172.16.2.0/24"],
      bastionCidrBlocks: ["172.16.0.0/28", "172.16.0.16/28"],
    });
  });

  it("has a host wait for its subnet's way out", () => {
    const waits = ["app-0", "app-1", "bastion-0", "bastion-1"].map(
      (name) => others.find((one) => one.name === name)?.inputsWaitFor.subnetId,
    );
    const subnetAnd = (name: string, route: string): string[] => [
      `Route ${route}`,
      `RouteTableAssociation ${name}`,
      `Subnet ${name}`,
    ];
    assert.deepEqual(waits, [
      subnetAnd("office-app-0", "office-app-0-out"),
      subnetAnd("office-app-1", "office-app-1-out"),
      subnetAnd("office-bastion-0", "office-public-out"),
      subnetAnd("office-bastion-1", "office-public-out"),
    ]);
  });

  it("shares hardware only when that is asked for by name, and has no tags that nobody gave", () => {
    const vpc = specification(others, ({ type }) => type === "aws:ec2/vpc:Vpc");
    assert.deepEqual(vpc, {
      "Vpc office": { ...shared["Vpc clinic"], instanceTenancy: "default", tags: { Name: "office" } },
    });
  });
});
