import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa, type Result } from "execa";
import { repositoryRoot } from "../../lab/stateFolder.js";

/** The peers that a Pulumi program has anyway. */
export const peerNames = [
  "@pulumi/pulumi",
  "@pulumi/aws",
  "@pulumi/tls",
  "@pulumi/random",
  "@pulumi/policy",
  "ioredis",
] as const;

export type Peers = Readonly<Record<(typeof peerNames)[number], string>>;

/** An empty project with the packed tarball in it. */
export interface Project {
  readonly folder: string;
  /** The tarball's name in the folder. */
  readonly tarball: string;
  run(file: string, ...args: string[]): Promise<Result>;
  /** Installs these packages, in the form `name@version`. */
  install(...packages: string[]): Promise<void>;
}

/** The lockfile's versions of the peers: the newest that this checkout develops with. */
export function lockedPeers(): Peers {
  const versions = peerNames.map((name): [string, string] => {
    const manifest = readFileSync(join(repositoryRoot, "node_modules", name, "package.json"), "utf8");
    return [name, (JSON.parse(manifest) as { version: string }).version];
  });
  return Object.fromEntries(versions) as Peers;
}

/** The project without any peer: made by the first who asks, and taken away when all tests are done. */
export function packedProject(): Promise<Project> {
  packed ??= pack();
  return packed;
}

/** A copy of it beside these peers; one that has most of them already spares installing them. */
export function projectBeside(peers: Peers, from?: Peers): Promise<Project> {
  const key = JSON.stringify(peers);
  const made = besides.get(key) ?? installed(peers, from === undefined ? packedProject() : projectBeside(from));
  besides.set(key, made);
  return made;
}

let packed: Promise<Project> | undefined;
const besides = new Map<string, Promise<Project>>();
const folders: string[] = [];

after("remove the projects of the packed tarball", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function pack(): Promise<Project> {
  const folder = newFolder();
  await execa("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], { cwd: repositoryRoot });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true }));
  const project = projectIn(folder, tarball);
  await project.install("--omit=peer", `./${tarball}`);
  cpSync(join(import.meta.dirname, "program"), folder, { recursive: true });
  return project;
}

async function installed(peers: Peers, from: Promise<Project>): Promise<Project> {
  const { folder, tarball } = await from;
  const copied = newFolder();
  // npm replaces files and changes none, so that two projects can have the same ones.
  await execa("cp", ["--archive", "--link", `${folder}/.`, copied]);
  const project = projectIn(copied, tarball);
  await project.install(...Object.entries(peers).map(([name, version]) => `${name}@${version}`));
  return project;
}

function projectIn(folder: string, tarball: string): Project {
  return {
    folder,
    tarball,
    run: (file, ...args) =>
      execa(file, args, { cwd: folder, reject: false, preferLocal: true, localDir: repositoryRoot }),
    install: async (...packages) => {
      await execa("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: folder });
    },
  };
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hipaa-redis-package-"));
  folders.push(folder);
  return folder;
}
