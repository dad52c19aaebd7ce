import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { releases, type OperatingSystem } from "../../../src/plan/operatingSystem.js";
import { cacheFolder } from "../../cacheFolder.js";
import { buildOnce } from "../../engine/buildOnce.js";
import { waitFor } from "../../until.js";
import { isAlive } from "../journal.js";
import type { Run } from "../lab.js";
import { bootLog, bootMachine } from "../machine.js";
import { addNamespace } from "../network/namespaces.js";
import type { BaseImage } from "./baseImage.js";
import { mirror } from "./mirror.js";
import { mirrorDate, mirrorLists } from "./recipe.js";

/** How an image is made of a base image: by an instance that turns itself off when it is ready. */
export interface ImageRecipe {
  readonly operatingSystem: OperatingSystem;
  readonly userData: string;
  /** Debian packages that the user data installs, for the local mirror. */
  readonly packages: readonly string[];
}

const bakeLimitMs = 900_000;

/**
 * Where the instance that becomes the image finds its mirror: it has no network but its loopback. By apt's `file:` its lists would be links to
 * there, which lead nowhere once the image is booted.
 */
const mirrorMount = "/mnt/mirror";
const mirrorUri = `copy:${mirrorMount}`;

/** The root file system of an image that a recipe makes: from the cache, or from an instance that boots for it, once. */
export async function derivedImage(
  run: Run,
  base: BaseImage,
  recipe: ImageRecipe,
  progress: (line: string) => void,
): Promise<string> {
  const key = createHash("sha256")
    .update(JSON.stringify([base.key, recipe, mirrorDate, mirrorUri]))
    .digest("hex")
    .slice(0, 16);
  const folder = join(cacheFolder("image"), `${base.operatingSystem}-${key}`);
  await buildOnce(folder, progress, async (draft) => {
    const { title } = releases[base.operatingSystem];
    progress(`making an image of the one with ${title} by its user data (about half a minute, once)`);
    const mirrorFolder = await mirror(base, recipe.packages, progress);
    const namespace = `${run.prefix}-${key.slice(0, 6)}`;
    const disk = await runUntilOff({ run, base, namespace, mirrorFolder, userData: recipe.userData });
    await mkdir(draft);
    await execa("cp", ["--archive", disk, join(draft, "root")]);
  });
  return join(folder, "root");
}

/** Boots the base image with the user data, waits until it has turned itself off, and returns its disk. */
async function runUntilOff(options: {
  readonly run: Run;
  readonly base: BaseImage;
  readonly namespace: string;
  readonly mirrorFolder: string;
  readonly userData: string;
}): Promise<string> {
  const { run, base, namespace, mirrorFolder, userData } = options;
  await addNamespace(namespace, []);
  const machine = await bootMachine({
    instance: {
      name: "the image",
      instanceId: "i-image",
      privateIp: "127.0.0.1",
      userData: Buffer.from(userData),
    },
    namespace,
    imageRoot: base.root,
    folder: join(run.folder, namespace),
    binds: { [mirrorMount]: mirrorFolder, ...(await localLists(run.folder)) },
  });
  await waitFor("the instance of the image turns itself off", () => !isAlive(machine.nspawn), {
    timeoutMs: bakeLimitMs,
    shown: () => bootLog(machine),
  });
  return machine.rootFolder;
}

/** The image's lists of mirrors, leading to the folder instead. */
async function localLists(folder: string): Promise<Record<string, string>> {
  const binds: Record<string, string> = {};
  for (const [index, [path, archive]] of Object.entries(mirrorLists).entries()) {
    const file = join(folder, `mirrors-${index}.list`);
    await writeFile(file, `${mirrorUri}/${archive}\n`, { mode: 0o644 });
    binds[`/${path}`] = file;
  }
  return binds;
}
