import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { repositoryRoot, stateFolder } from "../../../lab/stateFolder.js";

interface Settings {
  readonly compilerOptions: Readonly<Record<string, unknown>>;
}

/** What a user's project has, but for what the package's names stand for: its sources, not what was built of them. */
const examples = readFileSync(join(repositoryRoot, "examples/tsconfig.json"), "utf8");
const compilerOptions = {
  ...(JSON.parse(examples) as Settings).compilerOptions,
  rootDir: repositoryRoot,
  paths: {
    "pulumi-hipaa-redis": [join(repositoryRoot, "src/index.ts")],
    "pulumi-hipaa-redis/*": [join(repositoryRoot, "src/*/index.ts")],
  },
};

/** Programs that must not compile, each but for one thing a sound one: the compiler tells of a directive that nothing needs. */
const controls = [
  `import { HipaaNetwork } from "pulumi-hipaa-redis";
const network = new HipaaNetwork("clinic", { cidrBlock: "10.0.0.0/16", availabilityZones: ["us-east-1a"] });
export const { vpcId } = network;
// @ts-expect-error
export const { vpcID } = network;`,
  `import { connect } from "pulumi-hipaa-redis/ioredis";
export const sound = connect({ commandTimeout: 100 });
// @ts-expect-error
export const unsound = connect({ host: "10.0.100.4" });`,
  `import * as aws from "@pulumi/aws";
export const sound: aws.ec2.InstanceArgs = { monitoring: true };
// @ts-expect-error
export const unsound: aws.ec2.InstanceArgs = { monitoring: "yes" };`,
];

/** The TypeScript of a page, each block as a program. */
function programsOf(page: string): string[] {
  const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  return blocks.flatMap(([, language, text = ""]) => (language === "ts" ? [text] : []));
}

describe("README's programs", () => {
  const readme = readFileSync(join(repositoryRoot, "README.md"), "utf8");
  const programs = programsOf(readme);
  const operating = programsOf(readFileSync(join(repositoryRoot, "docs/operating.md"), "utf8"));
  let folder: string;
  before(() => {
    // Inside the checkout, where its node_modules are found.
    folder = mkdtempSync(join(stateFolder("readme"), "run-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("are all the TypeScript that is there, with a cache, a client and connect() among them", () => {
    assert.equal(readme.match(/^ *(```|~~~)\w/gm)?.length, programs.length);
    for (const name of ["new HipaaNetwork(", "new HipaaRedisCache(", "new HipaaRedisClient(", "connect()"]) {
      assert.ok(
        programs.some((program) => program.includes(name)),
        name,
      );
    }
  });

  it("compile, each as it stands, against the sources, and those of docs/operating.md with them", async () => {
    assert.ok(operating.some((program) => program.includes("cache.routeTableIds.entries()")));
    const named = (kind: string, texts: readonly string[]): (readonly [string, string])[] =>
      texts.map((text, index) => [`${kind}-${index + 1}.ts`, text]);
    const files = [...named("readme", programs), ...named("operating", operating), ...named("control", controls)];
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    const settings = { compilerOptions, files: files.map(([name]) => name) };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
    const compiler = join(repositoryRoot, "node_modules/typescript-7/bin/tsc");
    const { stdout, stderr, exitCode } = await execa(
      process.execPath,
      [compiler, "--project", folder, "--pretty", "false"],
      { reject: false },
    );
    assert.deepEqual([stdout, stderr, exitCode], ["", "", 0]);
  });
});
