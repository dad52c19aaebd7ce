import { getAmiOutput } from "@pulumi/aws/ec2/getAmi";
import { RandomId } from "@pulumi/random/randomId";
import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi";
import type { CachePlan } from "../plan/cachePlan";
import type { DebianImage } from "../plan/image";

/** Debian's own AWS account (wiki.debian.org, "Cloud/AmazonEC2Image"). */
const debianOwner = "136693071363";

export interface NodeImage {
  readonly id: Input<string>;
  /** When it was made, of Debian's own. */
  readonly created?: Output<string>;
}

/** The image that a cache's nodes boot: the caller's own, or the one of Debian's that is kept. */
export function nodeImage({ image }: CachePlan<Input<string>>, opts: CustomResourceOptions): NodeImage {
  return "id" in image ? image : keptImage(image, opts);
}

/**
 * Debian's newest image when the resource is made, and that image from then on. The resource keeps it in Pulumi's state alone:
 * `keepers` that are ignored once they are there (Pulumi, "ignoreChanges"), and through which the image is read (random's RandomId
 * has this as its example). A resource of another name takes today's newest, and an instance that reads it is replaced.
 */
function keptImage(image: DebianImage, opts: CustomResourceOptions): NodeImage {
  const newest = newestImage(image, opts);
  const { keepers } = new RandomId(
    image.name,
    { byteLength: 8, keepers: { imageId: newest.id, created: newest.creationDate } },
    { ...opts, ignoreChanges: ["keepers"] },
  );
  const kept = (name: "imageId" | "created"): Output<string> => keepers.apply((values) => values?.[name] ?? "");
  return { id: kept("imageId"), created: kept("created") };
}

function newestImage(
  { namePattern, architecture }: DebianImage,
  { parent }: CustomResourceOptions,
): ReturnType<typeof getAmiOutput> {
  return getAmiOutput(
    {
      owners: [debianOwner],
      mostRecent: true,
      filters: [
        { name: "name", values: [namePattern] },
        { name: "architecture", values: [architecture] },
      ],
    },
    parent ? { parent } : {},
  );
}
