/** The name of an AWS region, also of GovCloud, China, the isolated and the European sovereign partitions. */
export const regionPattern = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

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
