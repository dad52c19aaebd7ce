import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { median, spread } from "../figures/statistics.js";
import { rounded } from "../report/page.js";
import { repositoryRoot } from "../../lab/stateFolder.js";

/** What a Pulumi program pays before its first line: the time and memory of loading the package, side by side. */
const rounds = 7;

const sources = join(repositoryRoot, "src");
const programs: Readonly<Record<string, readonly string[]>> = {
  "this package (dist)": ["./dist/index.js"],
  "this package's ioredis helper (dist)": ["./dist/ioredis/index.js"],
  "@pulumi/aws, all of it": ["@pulumi/aws"],
  "@pulumi/aws, only the modules in use": deepModules(),
  "@pulumi/pulumi alone": ["@pulumi/pulumi"],
};

const cost = new Map<string, { milliseconds: number[]; mebibytes: number[] }>();
for (let round = 0; round < rounds; round += 1) {
  for (const [name, modules] of Object.entries(programs)) {
    const { milliseconds, mebibytes } = cost.get(name) ?? { milliseconds: [], mebibytes: [] };
    const loaded = await load(modules);
    cost.set(name, {
      milliseconds: [...milliseconds, loaded.milliseconds],
      mebibytes: [...mebibytes, loaded.mebibytes],
    });
  }
}
for (const [name, { milliseconds, mebibytes }] of cost) {
  const time = `${rounded(median(milliseconds))} ± ${rounded(spread(milliseconds))} ms`;
  console.log(`${name.padEnd(40)}${time.padEnd(20)}${rounded(median(mebibytes))} MiB`);
}

async function load(modules: readonly string[]): Promise<{ milliseconds: number; mebibytes: number }> {
  const program = `
    const started = performance.now();
    for (const name of ${JSON.stringify(modules)}) require(name);
    const milliseconds = performance.now() - started;
    console.log(JSON.stringify({ milliseconds, mebibytes: process.resourceUsage().maxRSS / 1024 }));
    process.exit();`;
  const { stdout } = await execa(process.execPath, ["--eval", program], { cwd: repositoryRoot });
  return JSON.parse(stdout) as { milliseconds: number; mebibytes: number };
}

/** `aws.ec2.Instance` in our sources is `@pulumi/aws/ec2/instance`. */
function deepModules(): string[] {
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  const text = files.map((file) => readFileSync(join(sources, file), "utf8")).join("\n");
  const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
  const resources = [...text.matchAll(/\baws\.([a-z0-9]+)\.([A-Z][A-Za-z]+)/g)].map(
    ([, service = "", name = ""]) => `@pulumi/aws/${service}/${lowerFirst(name)}`,
  );
  return [...new Set(["@pulumi/aws/getRegion", ...resources])];
}
