/** What a processor runs, in EC2's words. */
export type Architecture = "arm64" | "x86_64";

/** An image of Debian's own, which stays the same for as long as its name does. */
export interface DebianImage {
  /** The name of the resource that keeps the image's id: another architecture or generation is another resource. */
  readonly name: string;
  /** The one of the instance type. */
  readonly architecture: Architecture;
  /** Raised for a newer image. */
  readonly generation: number;
  /** What Debian calls its images of this architecture (wiki.debian.org, "Cloud/AmazonEC2Image"). */
  readonly namePattern: string;
}

/** Debian's image for an instance type. */
export function debianImage(cache: string, instanceType: string, generation = 1): DebianImage {
  const architecture = architectureOf(instanceType);
  return {
    name: `${cache}-image-${architecture}-${generation}`,
    architecture,
    generation,
    namePattern: `debian-12-${architecture === "arm64" ? "arm64" : "amd64"}-*`,
  };
}

/** Graviton families carry a `g` behind their generation, such as `m7g` and `c6gn`; the first one is `a1`. */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+[a-z]*g[a-z]*)\./.test(instanceType) ? "arm64" : "x86_64";
}
