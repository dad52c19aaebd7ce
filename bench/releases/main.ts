/** Each release of Debian and each server beside the others, by their own packages' programs: `npm run bench:releases`. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { ensureDebianPackages } from "../../lab/prerequisites.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { engineVersions } from "../../src/plan/engine.js";
import { operatingSystems, releases } from "../../src/plan/operatingSystem.js";
import { writeWhole } from "../report/fillIn.js";
import { describeMachine } from "../report/machine.js";
import { page } from "./page.js";
import { openPlace, type Place } from "./place.js";
import { measureAll, type Measured } from "./run.js";

/** Below this a run is for development and leaves docs/ alone. */
const fewestRounds = 7;

const command = new Command("bench:releases")
  .description("Measures the programs of Debian 12 and Debian 13, and Valkey, side by side. Takes root on Debian.")
  .option("--rounds <count>", `how often; fewer than ${fewestRounds} leave docs/ alone`, "7")
  .option("--seconds <seconds>", "how long each measurement takes at least", "1")
  .parse();
const options = command.opts<{ rounds: string; seconds: string }>();
const [rounds, seconds] = [Number(options.rounds), Number(options.seconds)];
if (!(Number.isInteger(rounds) && rounds > 0 && seconds > 0))
  command.error("--rounds takes a whole number and --seconds a number, both above 0.");
if (process.getuid?.() !== 0) command.error("Run it as root: it opens network and mount namespaces.");

await ensureDebianPackages(["iproute2", "mmdebstrap", "openssl", "redis-server", "redis-tools"]);
const places: Place[] = [];
try {
  for (const server of engineVersions) places.push(await openPlace(server, say));
  await report(await measureAll(places, { rounds, seconds }, say));
} finally {
  for (const { fixture } of places) await fixture.stop();
}

async function report(measured: Measured): Promise<void> {
  const out = join(repositoryRoot, "bench", "out");
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "performance-releases.json"), `${JSON.stringify(measured, null, 2)}\n`);
  const machine = [
    ...(await describeMachine(["redis-tools"])),
    ...versionLines(),
    `${rounds} rounds; each measurement takes at least ${seconds} s`,
  ];
  const file = join(rounds >= fewestRounds ? join(repositoryRoot, "docs") : out, "performance-releases.md");
  await writeWhole(file, page({ ...measured, machine }));
  say(`Written: ${file}`);
}

function versionLines(): string[] {
  return operatingSystems.flatMap((name) => {
    const place = places.find(({ operatingSystem }) => operatingSystem === name);
    return place === undefined ? [] : [`${releases[name].title} has OpenSSL ${place.versions.OpenSSL}`];
  });
}

function say(line: string): void {
  console.error(line);
}
