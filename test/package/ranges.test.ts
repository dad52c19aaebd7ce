import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { execa, type Result } from "execa";
import { cacheFolder } from "../../lab/cacheFolder.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { seenAsRootsOwn } from "../support/commandLine.js";
import { childrenFile } from "../component/children.js";
import { lockedPeers, packedProject, peerNames, projectBeside, type Peers, type Project } from "./project.js";

interface Manifest {
  readonly engines: { readonly node: string };
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(repositoryRoot, "package.json"), "utf8")) as Manifest;

/** The lower end of each range that package.json declares; nothing else says what is lowest. */
const lowest = Object.fromEntries(
  peerNames.map((name) => [name, manifest.peerDependencies[name]?.split(" ")[0]?.replace("^", "") ?? ""]),
) as Peers;

/** The newest `@pulumi/pulumi` of all, which Node.js 20 can't run; what runs on 20 is the lockfile's. */
const newest: Peers = { ...lockedPeers(), "@pulumi/pulumi": "3.276.0" };

/** The lowest version that package.json declares, and the newest of the next two with long-term support. */
const nodes = [manifest.engines.node.replace(">=", "") + ".0", "22.23.5", "24.22.3"] as const;

const commandLine = "node_modules/pulumi-hipaa-redis/dist/cli/main.js";

describe("the packed tarball, at the ends of the ranges that it declares", () => {
  const cases: { what: string; peers: Peers; versions: readonly string[]; from?: Peers }[] = [
    { what: "the lowest peers", peers: lowest, versions: [nodes[0]] },
    { what: "the lockfile's peers", peers: lockedPeers(), versions: [nodes[0]] },
    { what: "the newest peers", peers: newest, versions: [nodes[1], nodes[2]], from: lockedPeers() },
  ];
  for (const { what, peers, versions, from } of cases) {
    describe(`beside ${what}`, () => {
      let project: Project;
      before(async () => {
        project = await projectBeside(peers, from);
        await bundleQuickstart(project.folder);
      });

      for (const version of versions) {
        it(`registers the committed children on Node.js ${version}`, async () => {
          const { exitCode, stdout, stderr } = await onNode(version, project, "quickstart.cjs");
          assert.equal(exitCode, 0, String(stderr));
          assert.equal(`${String(stdout)}\n`, readFileSync(childrenFile, "utf8"));
        });

        it(`is there for require and for import on Node.js ${version}, with its command line`, async () => {
          for (const file of ["required.cjs", "imported.mjs"]) {
            const { exitCode, stdout, stderr } = await onNode(version, project, file);
            assert.equal(exitCode, 0, String(stderr));
            assert.match(
              String(stdout),
              /^HipaaNetwork,HipaaRedisCache,[^]*\nasCluster,connect,patient\n[^]*\nhipaaRedisPolicies$/,
            );
          }
          const { stdout, stderr } = await onNode(version, project, commandLine, "--help");
          assert.equal(String(stderr), "");
          assert.match(String(stdout), /^Usage: pulumi-hipaa-redis /);
        });
      }
    });
  }
});

describe("npm, on the lowest Node.js that package.json declares", () => {
  const install = async (folder: string, command: "ci" | "install"): Promise<string> => {
    const npm = join(dirname(process.execPath), "../lib/node_modules/npm/bin/npm-cli.js");
    // Even where it changes nothing it would run `prepare`, which makes dist anew: others use that meanwhile.
    const options = ["--dry-run", "--ignore-scripts", "--no-audit", "--no-fund"];
    const { exitCode, stderr } = await execa(await nodeOf(nodes[0]), [npm, command, ...options], {
      cwd: folder,
      reject: false,
    });
    assert.equal(exitCode, 0, stderr);
    return stderr;
  };

  it("warns of no package of this checkout that wants another one", async () => {
    assert.doesNotMatch(await install(repositoryRoot, "ci"), /EBADENGINE/);
  });

  it("control case: warns of one that does", async () => {
    const { folder } = await packedProject();
    const wanting = join(folder, "wanting");
    mkdirSync(wanting);
    writeFileSync(join(wanting, "package.json"), JSON.stringify({ name: "wanting", engines: { node: ">=22" } }));
    assert.match(await install(wanting, "install"), /EBADENGINE/);
  });
});

async function onNode(version: string, { folder }: Project, ...args: [string, ...string[]]): Promise<Result> {
  // Its command line does not run as root below a folder of everybody's, as this one is.
  const [file, ...rest] = seenAsRootsOwn(folder, [await nodeOf(version), ...args]);
  return execa(file, rest, { cwd: folder, reject: false });
}

/** One of Node.js's own builds, which npm has as packages; fetched once. */
async function nodeOf(version: string): Promise<string> {
  const home = cacheFolder("node", version);
  const node = join(home, `node_modules/node-linux-${process.arch}/bin/node`);
  if (!existsSync(node)) {
    const wanted = `node-linux-${process.arch}@${version}`;
    await execa("npm", ["install", "--no-audit", "--no-fund", "--prefix", home, wanted]);
  }
  const { stdout } = await execa(node, ["--version"]);
  assert.equal(stdout, `v${version}`);
  return node;
}

async function bundleQuickstart(folder: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, "quickstartChildren.ts")],
    outfile: join(folder, "quickstart.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "error",
    define: { "import.meta.dirname": JSON.stringify(import.meta.dirname) },
    plugins: [
      {
        name: "the packed tarball instead of the sources",
        setup: (bundler) => {
          bundler.onResolve({ filter: /\/src\/hipaaRedis|\/src\/hipaaNetwork/ }, () => ({
            path: "pulumi-hipaa-redis",
            external: true,
          }));
          bundler.onResolve({ filter: /^@pulumi\// }, ({ path }) => ({ path, external: true }));
        },
      },
    ],
  });
}
