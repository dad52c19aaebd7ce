/** How long the quickstart's hosts take from their start to the first PONG through the tunnel: `npm run bench:boot`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { startLocalStack } from "../../lab/localstack/startLocalStack.js";
import {
  bakedImageIds,
  bakedImages,
  openQuickstart,
  quickstartPackages,
  quickstartRegion,
  upQuickstart,
} from "../../lab/scenario/quickstart.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { defaultOperatingSystem, releases } from "../../src/plan/operatingSystem.js";
import { defaultTunnelEngine, tunnelEngines, type TunnelEngine } from "../../src/plan/tunnel.js";
import { fillIn } from "../report/fillIn.js";
import { describeMachine } from "../report/machine.js";
import { printResults } from "../report/printResults.js";
import { bootOnce, type BootTimes } from "./bootOnce.js";
import { bootResults, bootTable, images, type Image } from "./figures.js";

const command = new Command("bench:boot")
  .description("Boots the quickstart's hosts from Debian's image and from one with the packages, in turns.")
  .option("--rounds <count>", "how often", count, 5)
  .addOption(
    new Option("--tunnel <program>", "the tunnel's program").choices([...tunnelEngines]).default(defaultTunnelEngine),
  )
  .parse();
const { rounds, tunnel } = command.opts<{ rounds: number; tunnel: TunnelEngine }>();

const times = await measure();
const results = bootResults(times);
printResults(results);
const out = join(repositoryRoot, "bench", "out");
mkdirSync(out, { recursive: true });
writeFileSync(join(out, "boot.json"), `${JSON.stringify(results, null, 2)}\n`);
await fillIn(join(repositoryRoot, "docs", "boot.md"), [
  ...bootTable(results),
  "",
  `Medians of ${rounds} rounds ± half of the distance between the quartiles, so the parts add up only roughly. The tunnel is ${tunnel}, and both hosts run ${releases[defaultOperatingSystem].title}.`,
  "",
  ...(await describeMachine([])).map((line) => `- ${line}`),
]);

async function measure(): Promise<Record<Image, BootTimes[]>> {
  const folder = mkdtempSync(join(tmpdir(), "boot-bench-"));
  const localStack = await startLocalStack({ progress: say });
  try {
    const api = { endpoint: localStack.endpoint, region: quickstartRegion };
    const vpcIds = {
      debian: await deploy("debian", folder, api.endpoint),
      baked: await deploy("baked", folder, api.endpoint),
    };
    const found: Record<Image, BootTimes[]> = { debian: [], baked: [] };
    for (let round = 1; round <= rounds; round += 1) {
      for (const image of images) {
        const booted = await bootOnce({
          ...api,
          vpcIds: [vpcIds[image]],
          packages: () => quickstartPackages(),
          progress: () => undefined,
          images: bakedImages,
        });
        say(`round ${round} of ${rounds}, ${image}: first PONG after ${booted.firstPong.toFixed(1)} s`);
        found[image].push(booted);
      }
    }
    return found;
  } finally {
    await localStack.stop();
    rmSync(folder, { recursive: true, force: true });
    for (const image of images) rmSync(join(repositoryRoot, `Pulumi.${stackOf(image)}.yaml`), { force: true });
  }
}

/** Runs `pulumi up` of the quickstart with hosts of the image, and returns its VPC's id. */
async function deploy(image: Image, parent: string, endpoint: string): Promise<string> {
  const folder = join(parent, image);
  mkdirSync(folder, { mode: 0o700 });
  const imageId = image === "baked" ? { imageId: bakedImageIds[defaultOperatingSystem] } : {};
  const stack = {
    stackName: stackOf(image),
    endpoint,
    folder,
    plugins: "local",
    tunnel,
    ...imageId,
  } as const;
  const quickstart = await openQuickstart({ ...stack, progress: say });
  await upQuickstart(quickstart, () => undefined);
  say(`${stack.stackName} is deployed`);
  const { vpcId } = await quickstart.stack.outputs();
  return String(vpcId?.value);
}

function stackOf(image: Image): string {
  return `bench-boot-${image}`;
}

function say(line: string): void {
  console.error(line);
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 100) return value;
  throw new InvalidArgumentError("Give a whole number from 1 to 100.");
}
