import { getRegionOutput } from "@pulumi/aws/getRegion";
import { Config, type ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { throwIfAny } from "../arguments/problems";
import { regionProblems, type NamedZone } from "../arguments/regionProblems";

/**
 * The region of the default provider, from where it takes it itself (AWS Classic's installation and configuration, "region"), known before
 * anything is registered. Nothing where a provider of the caller's own may be in its place: an output knows its region.
 */
export function defaultRegion({ provider, providers, parent }: ComponentResourceOptions = {}): string | undefined {
  if (provider ?? providers ?? parent?.getProvider("aws:ec2/vpc:Vpc")) return undefined;
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  return [new Config("aws").get("region"), AWS_REGION, AWS_DEFAULT_REGION].find((region) => (region ?? "") !== "");
}

/** The region of a component's own provider, once all zones are found to be in it: what takes it waits for that. */
export function regionWith(zones: readonly NamedZone[], component: string, parent: ComponentResource): Output<string> {
  return getRegionOutput({}, { parent }).region.apply((region) => {
    throwIfAny(component, regionProblems(zones, region));
    return region;
  });
}
