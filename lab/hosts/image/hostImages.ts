import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { DescribeImagesCommand, type EC2Client } from "@aws-sdk/client-ec2";
import { operatingSystems, releases, type OperatingSystem } from "../../../src/plan/operatingSystem.js";
import type { RunningInstance } from "../instances.js";
import type { Run } from "../lab.js";
import { baseImage, type BaseImage } from "./baseImage.js";
import { derivedImage, type ImageRecipe } from "./derivedImage.js";
import type { LabKeys } from "./labKeys.js";
import { mirror } from "./mirror.js";

/** The images that a run's instances boot, and the mirrors of their releases: made when the first instance needs them. */
export interface HostImages {
  /** The root file system of the image that an instance names. */
  rootOf(instance: ImageUser): Promise<string>;
  /** A folder with the mirrors. */
  readonly mirrors: string;
}

type ImageUser = Pick<RunningInstance, "name" | "imageId">;

export interface HostImagesOptions {
  /** Debian packages that user data installs on a release, for its mirror. */
  readonly packages: (operatingSystem: OperatingSystem) => readonly string[];
  /** What instances boot whose AMI has one of these ids; every other AMI has to be one of Debian's own, whose name says its release. */
  readonly images?: Readonly<Record<string, ImageRecipe>>;
  readonly progress: (line: string) => void;
}

export function hostImages(run: Run, keys: LabKeys, ec2: EC2Client, options: HostImagesOptions): HostImages {
  const { packages, images = {}, progress } = options;
  const mirrors = join(run.folder, "mirrors");
  mkdirSync(mirrors);
  const ofRelease = once(async (operatingSystem: OperatingSystem): Promise<BaseImage> => {
    const image = await baseImage(operatingSystem, keys, progress);
    symlinkSync(await mirror(image, packages(operatingSystem), progress), join(mirrors, operatingSystem));
    return image;
  });
  const ofRecipe = once(async (imageId: string): Promise<string | undefined> => {
    const recipe = images[imageId];
    return recipe && derivedImage(run, await ofRelease(recipe.operatingSystem), recipe, progress);
  });
  const releaseOf = once((imageId: string) => releaseOfImage(ec2, imageId));
  return {
    mirrors,
    rootOf: async ({ name, imageId }) => {
      const derived = await ofRecipe(imageId);
      if (derived !== undefined) return derived;
      const { release, imageName } = await releaseOf(imageId);
      if (release !== undefined) return (await ofRelease(release)).root;
      throw new Error(unknown(name, imageId, imageName));
    },
  };
}

/** By the name that Debian gives its images, such as `debian-13-amd64-20261101-2290`. */
async function releaseOfImage(
  ec2: EC2Client,
  imageId: string,
): Promise<{ readonly release: OperatingSystem | undefined; readonly imageName: string | undefined }> {
  const { Images = [] } = await ec2.send(
    new DescribeImagesCommand({ Filters: [{ Name: "image-id", Values: [imageId] }] }),
  );
  const imageName = Images[0]?.Name;
  return { release: operatingSystems.find((each) => imageName?.startsWith(`${each}-`)), imageName };
}

function unknown(instance: string, imageId: string, imageName: string | undefined): string {
  const what = imageName === undefined ? "which the EC2 API does not know" : `which is named "${imageName}"`;
  const known = operatingSystems.map((each) => `${releases[each].title} (${each}-…)`).join(" and ");
  return (
    `${instance} has the image ${imageId}, ${what}. The lab boots Debian's own images of ${known}: ` +
    "give the instance one of them, or say in bootHosts({ images }) how its image is made."
  );
}

/** Made for the first who asks, and the same for all others. */
function once<Key, Value>(make: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const made = new Map<Key, Promise<Value>>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}
