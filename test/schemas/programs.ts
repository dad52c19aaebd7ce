import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { record, type Recorded } from "../component/mocks.js";
import { theOtherProgram } from "../component/programs.js";
import { everything } from "../integration/everything.js";
import { sshPublicKey } from "../support/sample.js";

const require = createRequire(import.meta.url);
const examples = join(repositoryRoot, "examples");
const cacheStack = "organization/hipaa-redis-two-stacks-cache/dev";

/** Files of the examples that register nothing, each with the reason. */
const registersNothing: Readonly<Record<string, string>> = {
  "baked-image/printCloudConfig.ts": "prints user data; the image's program is the quickstart with imageId",
  "cluster/app/rounds.ts": "the application",
  "policy-pack/index.ts": "policies, which look at what programs register",
  "queue/app/add.ts": "the application",
  "queue/app/reminders.ts": "the application",
  "queue/app/worker.ts": "the application",
  "replicated/app/visits.ts": "the application",
};

/** The files of the examples that are programs. */
export function examplePrograms(): readonly string[] {
  const files = readdirSync(examples, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const forgotten = Object.keys(registersNothing).filter((file) => !files.includes(file));
  if (forgotten.length > 0) throw new Error(`No such example any more: ${forgotten.join(", ")}.`);
  return files.filter((file) => !(file in registersNothing)).sort();
}

/** What each program registers, by its name: every example, and programs with all arguments and all types. */
export async function recordedPrograms(): Promise<Readonly<Record<string, Recorded>>> {
  const cache = await recordExample("two-stacks/cache/index.ts");
  const app = await recordExample("two-stacks/app/index.ts", {
    config: { cacheStack },
    stacks: { [cacheStack]: cache.exported },
  });
  const replicated = await recordExample("two-stacks/cache/index.ts", { config: threeNodes });
  const appOfReplicated = await recordExample("two-stacks/app/index.ts", {
    config: { cacheStack },
    stacks: { [cacheStack]: replicated.exported },
  });
  return {
    "cluster/index.ts": (await recordExample("cluster/index.ts")).recorded,
    "quickstart/index.ts": (await recordExample("quickstart/index.ts")).recorded,
    "quickstart/index.ts, configured": (await recordExample("quickstart/index.ts", { config: configured })).recorded,
    "queue/index.ts": (await recordExample("queue/index.ts")).recorded,
    "replicated/index.ts": (await recordExample("replicated/index.ts")).recorded,
    "two-stacks/cache/index.ts": cache.recorded,
    "two-stacks/app/index.ts": app.recorded,
    "two-stacks/app/index.ts, of a cache with replicas": appOfReplicated.recorded,
    "every argument": await theOtherProgram(),
    "every type": await record(everything({ tag: "one" }) as unknown as () => Promise<void>),
  };
}

/** With the image of ../examples/baked-image, and what else an example may be told. */
const configured = {
  availabilityZones: JSON.stringify(["us-east-1a", "us-east-1b"]),
  imageId: "ami-0123456789abcdef0",
  operatingSystem: "debian-13",
  operators: JSON.stringify([{ name: "ada", sshPublicKey: sshPublicKey() }]),
  refreshIntervalSeconds: "600",
  tunnel: "stunnel",
};

const threeNodes = {
  availabilityZones: JSON.stringify(["us-east-1a", "us-east-1b", "us-east-1c"]),
  replicas: "2",
};

interface Surroundings {
  readonly config?: Readonly<Record<string, string>>;
  readonly stacks?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Runs an example as it is, with what `npm run build` has made of the library, and returns what it exports as well. */
async function recordExample(
  file: string,
  { config = {}, stacks = {} }: Surroundings = {},
): Promise<{ readonly recorded: Recorded; readonly exported: Readonly<Record<string, unknown>> }> {
  pulumi.runtime.setAllConfig(
    Object.fromEntries(Object.entries(config).map(([key, value]) => [`project:${key}`, value])),
  );
  let exported: Readonly<Record<string, unknown>> = {};
  const path = join(examples, file);
  // A program runs when it is loaded; it may run again.
  Reflect.deleteProperty(require.cache, path);
  const recorded = await record(() => {
    const program = require(path) as object;
    pulumi.output({ ...program }).apply((values) => {
      exported = values;
    });
  }, stacks);
  return { recorded, exported };
}
