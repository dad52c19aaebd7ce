import type { Image } from "@aws-sdk/client-ec2";
import { list, object } from "../framework/kinds.js";
import type { FunctionType, Outputs } from "../framework/resourceType.js";
import type { PropertyBag } from "../framework/values.js";
import { ec2, regionOf, sts } from "./clients.js";
import { describeInstance } from "./ec2/instanceOutputs.js";
import { tagOutputs } from "./tags.js";

const filters = list(object({ name: "string", values: list("string") }, ["name", "values"]));

interface Common {
  region?: string;
  filters?: { name: string; values: string[] }[];
}

const sdkFilters = (args: Common) => args.filters?.map(({ name, values }) => ({ Name: name, Values: values }));

export const getAmi: FunctionType = {
  properties: { filters, mostRecent: "boolean", owners: list("string"), region: "string" },
  async invoke(bag: PropertyBag) {
    const args = bag as Common & { mostRecent?: boolean; owners?: string[] };
    const client = await ec2(args.region);
    const { Images = [] } = await client.describeImages({ Filters: sdkFilters(args), Owners: args.owners });
    const [newest, ...others] = Images.sort((a, b) => ((a.CreationDate ?? "") < (b.CreationDate ?? "") ? 1 : -1));
    if (newest === undefined) {
      throw new Error("aws:ec2/getAmi:getAmi: no image matches. Change the filters or the owners and try again.");
    }
    if (others.length > 0 && args.mostRecent !== true) {
      throw new Error("aws:ec2/getAmi:getAmi: more than one image matches. Narrow the filters, or set mostRecent.");
    }
    return { ...bag, ...imageOutputs(newest, args.region) };
  },
};

function imageOutputs(image: Image, region?: string): Outputs {
  return {
    architecture: image.Architecture,
    arn: `arn:aws:ec2:${regionOf(region)}::image/${image.ImageId ?? ""}`,
    bootMode: image.BootMode,
    creationDate: image.CreationDate,
    description: image.Description,
    hypervisor: image.Hypervisor,
    id: image.ImageId,
    imageId: image.ImageId,
    imageLocation: image.ImageLocation,
    imageType: image.ImageType,
    name: image.Name,
    ownerId: image.OwnerId,
    public: image.Public,
    region: regionOf(region),
    rootDeviceName: image.RootDeviceName,
    rootDeviceType: image.RootDeviceType,
    state: image.State,
    tags: tagOutputs(image.Tags).tagsAll,
    virtualizationType: image.VirtualizationType,
  };
}

/** By its id alone, of all that the official one looks for. */
export const getInstance: FunctionType = {
  properties: { getUserData: "boolean", instanceId: "string", region: "string" },
  required: ["instanceId"],
  async invoke(bag: PropertyBag) {
    const { instanceId = "", region, getUserData } = bag as Common & { instanceId?: string; getUserData?: boolean };
    const live = await describeInstance(await ec2(region), instanceId, {});
    if (live === undefined) throw new Error(`aws:ec2/getInstance:getInstance: there is no instance ${instanceId}.`);
    const { userDataBase64, ...outputs } = live.outputs;
    return { ...bag, ...outputs, id: instanceId, ...(getUserData === true ? { userDataBase64 } : {}) };
  },
};

/** LocalStack has no filter for the instance profile. */
export const getInstances: FunctionType = {
  properties: { filters, instanceStateNames: list("string"), region: "string" },
  async invoke(bag: PropertyBag) {
    const {
      region,
      filters: wanted = [],
      instanceStateNames = ["running"],
    } = bag as Common & {
      instanceStateNames?: string[];
    };
    const profiles = wanted.filter(({ name }) => name === "iam-instance-profile.arn").flatMap(({ values }) => values);
    if (profiles.length === 0 || wanted.length > 1)
      throw new Error("The lab looks for instances by their profile alone.");
    const client = await ec2(region);
    const { Reservations = [] } = await client.describeInstances({
      Filters: [{ Name: "instance-state-name", Values: instanceStateNames }],
    });
    const found = Reservations.flatMap(({ Instances = [] }) => Instances);
    const ids = found
      .filter((one) => profiles.includes(one.IamInstanceProfile?.Arn ?? ""))
      .map((one) => one.InstanceId);
    return { ...bag, id: regionOf(region), ids, region: regionOf(region) };
  },
};

export const getAvailabilityZones: FunctionType = {
  properties: { filters, region: "string", state: "string" },
  async invoke(bag: PropertyBag) {
    const args = bag as Common & { state?: string };
    const state = args.state === undefined ? [] : [{ Name: "state", Values: [args.state] }];
    const client = await ec2(args.region);
    const found = await client.describeAvailabilityZones({
      Filters: [...(sdkFilters(args) ?? []), ...state],
    });
    const zones = (found.AvailabilityZones ?? []).sort((a, b) => ((a.ZoneName ?? "") < (b.ZoneName ?? "") ? -1 : 1));
    return {
      ...bag,
      groupNames: [...new Set(zones.map((zone) => zone.GroupName ?? zone.RegionName))],
      id: regionOf(args.region),
      names: zones.map((zone) => zone.ZoneName),
      region: regionOf(args.region),
      zoneIds: zones.map((zone) => zone.ZoneId),
    };
  },
};

export const getRegion: FunctionType = {
  properties: { region: "string" },
  invoke(bag: PropertyBag) {
    const region = regionOf((bag as Common).region);
    const endpoint = `ec2.${region}.amazonaws.com`;
    return Promise.resolve({ description: region, endpoint, id: region, name: region, region });
  },
};

export const getCallerIdentity: FunctionType = {
  properties: {},
  async invoke() {
    const { Account, Arn, UserId } = await (await sts()).getCallerIdentity();
    return { accountId: Account, arn: Arn, id: Account, userId: UserId };
  },
};

export const getPartition: FunctionType = {
  properties: {},
  invoke: () =>
    Promise.resolve({
      dnsSuffix: "amazonaws.com",
      id: "aws",
      partition: "aws",
      reverseDnsPrefix: "com.amazonaws",
    }),
};
