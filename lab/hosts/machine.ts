import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { addCgroups } from "./cgroups.js";
import type { RunningInstance } from "./instances.js";
import { record, type Owner } from "./journal.js";
import { waitFor } from "../until.js";
import { hasEnded, startProcess, tail } from "./processes.js";

/** A machine that systemd-nspawn has booted. */
export interface Machine {
  /** The merged root file system, as the machine's own programs see it on disk. */
  readonly rootFolder: string;
  readonly initPid: number;
  readonly nspawn: Owner;
  readonly consoleFile: string;
}

/** What a machine has to know of the instance that it is. */
export type BootedInstance = Pick<RunningInstance, "name" | "instanceId" | "privateIp" | "userData">;

const bootTimeoutMs = 900_000;

/** Lays the machine's disk over the base image, puts the instance's user data there and boots it. */
export async function bootMachine(options: {
  readonly instance: BootedInstance;
  readonly namespace: string;
  readonly imageRoot: string;
  readonly folder: string;
  /** Files and folders of this machine that it finds, read-only, at paths of its own. */
  readonly binds?: Readonly<Record<string, string>>;
}): Promise<Machine> {
  const { instance, namespace, imageRoot, folder, binds = {} } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const rootFolder = await mountDisk(folder, imageRoot);
  const hostname = hostnameOf(instance.privateIp);
  seed(rootFolder, instance, hostname);
  const consoleFile = join(folder, "console.log");
  const enter = addCgroups(namespace).map((file) => `echo $$ > '${file}' && `);
  const nspawn = startProcess(
    "machine",
    [
      ...(["sh", "-c", `${enter.join("")}exec "$@"`, "sh"] as const),
      "systemd-nspawn",
      ..."--quiet --register=no --keep-unit --boot --console=pipe --resolv-conf=off --timezone=off".split(" "),
      "--link-journal=no",
      // The host's own firewall is part of what is tested; nspawn leaves it out with a namespace that it did not make.
      "--capability=CAP_NET_ADMIN",
      `--network-namespace-path=/run/netns/${namespace}`,
      `--machine=${namespace}`,
      `--hostname=${hostname}`,
      `--directory=${rootFolder}`,
      ...Object.entries(binds).map(([path, source]) => `--bind-ro=${source}:${path}`),
    ],
    consoleFile,
    { SYSTEMD_NSPAWN_API_VFS_WRITABLE: "network" },
  );
  let initPid: number | undefined;
  await waitFor(`the machine of ${instance.name} runs`, () => (initPid = findInit(nspawn.pid)) !== undefined, {
    timeoutMs: bootTimeoutMs,
    hopeless: hasEnded(nspawn),
    shown: () => tail(consoleFile, 40),
  });
  const machine = { rootFolder, initPid: initPid ?? 0, nspawn, consoleFile };
  await hideSwap(machine);
  return machine;
}

/** What cloud-init says about its run; an empty list is success. */
export async function waitForCloudInit(name: string, machine: Machine): Promise<readonly string[]> {
  const result = join(`/proc/${machine.initPid}/root`, "run/cloud-init/result.json");
  await waitFor(`cloud-init of ${name} is done`, () => existsSync(result), {
    timeoutMs: bootTimeoutMs,
    hopeless: hasEnded(machine.nspawn),
    shown: () => bootLog(machine),
  });
  const { v1 } = JSON.parse(readFileSync(result, "utf8")) as { v1: { errors: string[] } };
  return v1.errors;
}

/** apt's word for what it could not do, which may stand long before the end. */
const aptError = /^(E|Err):/;

/** apt's errors and the end of what the user data wrote, or of the console where it wrote nothing. */
export function bootLog({ rootFolder, consoleFile }: Machine): string {
  const all = readText(join(rootFolder, "var/log/cloud-init-output.log")).trimEnd().split("\n");
  const written = [...all.slice(0, -90).filter((line) => aptError.test(line)), ...all.slice(-90)].join("\n");
  // What follows is the host's public keys.
  return written.replace(/(Cloud-init v\..* finished at .*)[^]*/, "$1") || tail(consoleFile, 60);
}

/** The host name that AWS gives an instance in its private DNS. */
export function hostnameOf(privateIp: string): string {
  return `ip-${privateIp.replaceAll(".", "-")}`;
}

async function mountDisk(folder: string, imageRoot: string): Promise<string> {
  const disk = join(folder, "disk");
  const root = join(folder, "root");
  mkdirSync(disk);
  mkdirSync(root);
  record({ kind: "mount", path: disk });
  await execa("mount", ["-t", "tmpfs", "-o", "size=2g,mode=0700", "tmpfs", disk]);
  mkdirSync(join(disk, "upper"), { mode: 0o755 });
  mkdirSync(join(disk, "work"));
  record({ kind: "mount", path: root });
  const layers = `lowerdir=${imageRoot},upperdir=${join(disk, "upper")},workdir=${join(disk, "work")}`;
  await execa("mount", ["-t", "overlay", "-o", layers, "overlay", root]);
  return root;
}

/** EC2 instances have no swap; a host that turns it off would find this machine's, which it may not touch. */
async function hideSwap({ initPid }: Machine): Promise<void> {
  await execa("nsenter", [`--target=${initPid}`, "--mount", "mount", "--bind", "/dev/null", "/proc/swaps"]);
}

/** Timers of Debian's packages that begin work at midnight or by chance, which the library neither sets nor stops. */
const timersOff = ["dpkg-db-backup", "e2scrub_all", "fstrim", "logrotate", "man-db"];

function seed(root: string, instance: BootedInstance, hostname: string): void {
  const folder = join(root, "var/lib/cloud/seed/nocloud");
  mkdirSync(folder, { recursive: true });
  const metaData = { "instance-id": instance.instanceId, "local-hostname": hostname };
  writeFileSync(join(folder, "user-data"), instance.userData, { mode: 0o600 });
  writeFileSync(join(folder, "meta-data"), JSON.stringify(metaData), { mode: 0o600 });
  // Debian's timers would catch up on what they have missed since the image was made: apt, in the midst of a test.
  rmSync(join(root, "var/lib/systemd/timers"), { recursive: true, force: true });
  for (const timer of timersOff) mask(join(root, "etc/systemd/system", `${timer}.timer`));
  writeFileSync(join(root, "etc/machine-id"), `${randomBytes(16).toString("hex")}\n`);
}

/** An image that such a machine has become has been through this before. */
function mask(unit: string): void {
  rmSync(unit, { force: true });
  symlinkSync("/dev/null", unit);
}

/** The process that is number 1 inside. */
function findInit(pid: number): number | undefined {
  for (const child of childrenOf(pid)) {
    const inner = /^NSpid:.*\s(\d+)$/m.exec(readText(`/proc/${child}/status`))?.[1];
    const isInit = inner === "1" && readText(`/proc/${child}/comm`).trim() === "systemd";
    const found = isInit ? child : findInit(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

function childrenOf(pid: number): number[] {
  return readText(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
