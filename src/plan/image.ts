import type { OperatingSystem } from "./operatingSystem";

/** What a processor runs, in EC2's words. */
export type Architecture = "arm64" | "x86_64";

/** An image of Debian's own, which stays the same for as long as its name does. */
export interface DebianImage {
  /** The name of the resource that keeps the image's id: another release, architecture or generation is another resource. */
  readonly name: string;
  /** The one of the instance type. */
  readonly architecture: Architecture;
  /** Raised for a newer image. */
  readonly generation: number;
  /** What Debian calls its images of this architecture (wiki.debian.org, "Cloud/AmazonEC2Image"). */
  readonly namePattern: string;
}

/** Debian's image of a release for an instance type. */
export function debianImage(
  cache: string,
  operatingSystem: OperatingSystem,
  instanceType: string,
  generation = 1,
): DebianImage {
  const architecture = architectureOf(instanceType);
  return {
    name: `${cache}-image-${operatingSystem}-${architecture}-${generation}`,
    architecture,
    generation,
    namePattern: `${operatingSystem}-${architecture === "arm64" ? "arm64" : "amd64"}-*`,
  };
}

/**
 * Graviton families carry a `g` behind their generation, such as `m7g` and `c6gn`; the first one is `a1`. Those with NVIDIA's Grace are
 * named after its board, such as `p6e-gb200` (EC2 Instance Types guide, "Naming conventions"; DescribeInstanceTypes).
 */
const ofArm = /^(a1|[a-z]+\d+[a-z]*g[a-z]*|[a-z]+\d+[a-z]*-gb\d+)\./;

export function architectureOf(instanceType: string): Architecture {
  return ofArm.test(instanceType) ? "arm64" : "x86_64";
}
