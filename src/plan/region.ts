/** The name of an AWS region, also of GovCloud, China, the isolated and the European sovereign partitions. */
export const regionPattern = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/** All regions of all partitions (AWS General Reference, "AWS regions"; @pulumi/aws's `Region`), as of 2026-11. */
const regions = new Set(
  [
    "us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 ca-west-1 mx-central-1 sa-east-1 af-south-1 il-central-1 me-central-1 me-south-1",
    "eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3",
    "ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3",
    "ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7",
    "cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1 eusc-de-east-1 us-iso-east-1 us-iso-west-1 us-isob-east-1 us-isob-west-1",
    "eu-isoe-west-1 us-isof-east-1 us-isof-south-1",
  ].flatMap((names) => names.split(" ")),
);

/** Whether AWS has a region of this name, as far as is known here. */
export function isRegion(region: string): boolean {
  return regions.has(region);
}

/** The name of an Availability Zone: its region and a letter, or, of a Local or Wavelength Zone, more words behind it. */
export const zonePattern = /^[a-z]{2,4}(-[a-z]+)+-\d+([a-z]|(-[a-z0-9]+)+)$/;

/** The region that a zone is in. */
export function regionOfZone(zone: string): string {
  return /^[a-z]{2,4}(?:-[a-z]+)+-\d+/.exec(zone)?.[0] ?? zone;
}

/** In these partitions Debian has no images, or has them in another account (wiki.debian.org, "Cloud/AmazonEC2Image"). */
const withoutDebiansImages = /^(cn|us-gov|us-iso[a-z]?|eu-isoe|eusc)-/;

/** Whether Debian's own account has its images in a region. */
export function hasDebiansImages(region: string): boolean {
  return !withoutDebiansImages.test(region);
}
