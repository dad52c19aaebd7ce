import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface Image {
  readonly creation_date: string;
}

const day = 86_400_000;

/**
 * Writes the images that DescribeImages is to know: those of amis.json, Debian's as Debian publishes them among them, at their
 * distances in time, the newest of them made a day before `now`. `verify` says when an image is old.
 */
export function writeImages(folder: string, now: Date = new Date()): string {
  const images = JSON.parse(readFileSync(join(import.meta.dirname, "amis.json"), "utf8")) as Image[];
  const made = images.map((image) => Date.parse(image.creation_date));
  const shift = now.getTime() - day - Math.max(...made);
  const file = join(folder, "amis.json");
  const moved = images.map((image, index) => ({
    ...image,
    creation_date: new Date((made[index] ?? 0) + shift).toISOString(),
  }));
  writeFileSync(file, JSON.stringify(moved));
  return file;
}
