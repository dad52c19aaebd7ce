import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { ensureDebianPackages } from "../prerequisites.js";
import { claim, livingOwner, record } from "./journal.js";
import { downCommand, hostsFolder } from "./labs.js";
import { removeRecorded } from "./stopEverything.js";

/** A run of the test hosts: where it keeps its files and how its namespaces' names begin. */
export interface Run {
  readonly folder: string;
  readonly prefix: string;
}

const debianPackages = [
  ..."apt apt-utils ca-certificates gnupg iproute2 mmdebstrap mount nftables openssl procps".split(" "),
  ..."systemd-container util-linux".split(" "),
];

/** Takes the lab of this checkout for this process, after what a run that crashed has left is gone. */
export async function startRun(progress: (line: string) => void): Promise<Run> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    throw new Error("The test hosts are namespaces and containers: run this as root on Linux (Debian 12 or newer).");
  }
  await ensureDebianPackages(debianPackages);
  await takeOver(progress);
  const prefix = `hr${randomBytes(2).toString("hex")}`;
  const folder = join(hostsFolder(), prefix);
  record({ kind: "folder", path: folder });
  mkdirSync(folder, { mode: 0o700 });
  await prepareNspawn();
  return { folder, prefix };
}

async function takeOver(progress: (line: string) => void): Promise<void> {
  if (claim()) return;
  const owner = livingOwner();
  if (owner !== undefined) {
    throw new Error(
      `Test hosts of this checkout are running already (process ${owner.pid}). Stop them with: ${downCommand()}`,
    );
  }
  progress("removing what an earlier run of the test hosts left");
  await removeRecorded();
  if (!claim()) throw new Error("Another run of the test hosts has just started in this checkout.");
}

/** nspawn passes mounts to its containers through this folder, which has to be a mount of its own. */
async function prepareNspawn(): Promise<void> {
  const path = "/run/systemd/nspawn";
  if (existsSync(path) && readFileSync("/proc/self/mountinfo", "utf8").includes(` ${path} `)) return;
  record({ kind: "mount", path });
  mkdirSync(path, { recursive: true });
  await execa("mount", ["-t", "tmpfs", "tmpfs", path]);
}
