import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Command } from "commander";
import { ensureDebianPackages } from "../../lab/prerequisites.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import { runApplication } from "../load/applicationLoad.js";
import { restingMemory } from "../load/memory.js";
import { putBenchmarkValue } from "../load/redisBenchmark.js";
import { startShippedRedis } from "../rivals/redisServers.js";
import { openTunnel } from "../rivals/shipped.js";
import { packages } from "../rivals/table.js";
import { openWorld, type World } from "../rivals/world.js";
import { describeMachine } from "../report/machine.js";
import { measureVariant, refusedInBurst, type Measured, type OpenVariant } from "./measure.js";
import { settingsPage } from "./page.js";
import { variants, type Variant } from "./variants.js";

const firstPort = 7000;
/** Connections at the same moment. */
const burst = 1000;

const command = new Command("bench:settings")
  .description("Measures what each setting of the tunnel and of Redis changes. Takes root on Debian.")
  .option("--rounds <count>", "how often", "5")
  .option("--seconds <seconds>", "how long each measurement takes", "0.6")
  .parse();
const options = command.opts<{ rounds: string; seconds: string }>();
const [rounds, seconds] = [Number(options.rounds), Number(options.seconds)];
if (!(Number.isInteger(rounds) && rounds > 0 && seconds > 0)) {
  command.error("--rounds takes a whole number and --seconds a number, both above 0.");
}
if (process.getuid?.() !== 0) command.error("Run it as root: it opens network and mount namespaces.");

await ensureDebianPackages(packages);
const world = await openWorld("apart");
try {
  const measured = new Map<Variant, Measured[]>(variants.map((variant) => [variant, []]));
  const open: [Variant, OpenVariant][] = [];
  for (const [index, variant] of variants.entries()) {
    open.push([variant, await openVariant(world, variant, firstPort + index)]);
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const [variant, running] of open) {
      console.error(`round ${round} of ${rounds}: ${variant.engine} ${variant.what}`);
      measured.get(variant)?.push(await measureVariant(world, running, { seconds, seed: round }));
    }
  }
  const refused = new Map<Variant, number>();
  for (const [variant, { road }] of open) refused.set(variant, await refusedInBurst(world, road, burst));
  const path = join(repositoryRoot, "docs", "settings.md");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, settingsPage({ measured, refused, burst }, await describeMachine(packages)));
  console.log(`Written: ${path}`);
} finally {
  await world.stop();
}

async function openVariant(here: World, variant: Variant, port: number): Promise<OpenVariant> {
  const { engine, environment = [], redis } = variant;
  const socket = `${hostPaths.redisFolder}/${variant.name}.sock`;
  const own = redis && (await startShippedRedis(here, socket, redis));
  const change = (config: string): string => {
    const text = variant.change?.(config) ?? config;
    return own === undefined ? text : text.replace(hostPaths.redisSocket, socket);
  };
  const road = await openTunnel(here, { engine, port, change, environment });
  await putBenchmarkValue(here, road);
  const preload = { client: "plain", inFlight: 1, milliseconds: 0, seed: 0, preload: true } as const;
  await runApplication(here, road, preload);
  const resting = restingMemory(road);
  if (resting === undefined) throw new Error(`The road of ${variant.name} has no tunnel.`);
  const standing = variant.name === "tcp" ? here.openRedis : here.shippedRedis;
  return { road, resting, redisPid: (own ?? standing).pid };
}
