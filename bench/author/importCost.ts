import { createRequire } from "node:module";
import { join } from "node:path";
import { execa } from "execa";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { result, type Result } from "../figures/result.js";

const { resolve } = createRequire(import.meta.url);

const modules = {
  "@pulumi/pulumi alone": [resolve("@pulumi/pulumi")],
  "pulumi-hipaa-redis": [join(repositoryRoot, "dist", "index.js")],
  "the indexes of aws, tls and random": ["aws", "tls", "random"].map((name) => resolve(`@pulumi/${name}`)),
};
type Kind = keyof typeof modules;
const kinds = Object.keys(modules) as Kind[];

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly maxRssMb: number;
}

/**
 * What `require` of the package costs in a fresh process, beside the Pulumi SDK that every program loads anyway and the
 * indexes that a program written by hand imports. The goals are about CPU time: wall-clock depends on the neighbours.
 */
export async function importCost(rounds: number): Promise<Result[]> {
  const costs: Record<Kind, Cost>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const entries: [Kind, Cost][] = [];
    for (const kind of kinds) entries.push([kind, await measure(modules[kind])]);
    costs.push(Object.fromEntries(entries) as Record<Kind, Cost>);
  }
  const figures = kinds.flatMap((kind) => [
    result(`require ${kind}: time`, "ms", column(costs, kind, "wallMs")),
    result(`require ${kind}: CPU`, "ms", column(costs, kind, "cpuMs")),
    result(`require ${kind}: memory`, "MB", column(costs, kind, "maxRssMb")),
  ]);
  const beside = (field: keyof Cost): number[] =>
    costs.map((cost) => cost["pulumi-hipaa-redis"][field] / cost["@pulumi/pulumi alone"][field]);
  return [
    ...figures,
    result("require the package, ratio to the SDK alone: CPU", "ratio", beside("cpuMs"), { atMost: 1.2 }),
    result("require the package, ratio to the SDK alone: memory", "ratio", beside("maxRssMb"), {
      atMost: 1.1,
    }),
  ];
}

function column(costs: readonly Record<Kind, Cost>[], kind: Kind, field: keyof Cost): number[] {
  return costs.map((cost) => cost[kind][field]);
}

const program = `
  const started = process.hrtime.bigint();
  process.argv.slice(1).forEach((path) => require(path));
  const wallMs = Number(process.hrtime.bigint() - started) / 1e6;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(JSON.stringify({ wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1000, maxRssMb: maxRSS / 1024 }));
`;

async function measure(paths: readonly string[]): Promise<Cost> {
  const { stdout } = await execa(process.execPath, ["--no-warnings", "-e", program, ...paths]);
  return JSON.parse(stdout) as Cost;
}
