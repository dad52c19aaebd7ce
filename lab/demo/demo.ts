import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OutputMap } from "@pulumi/pulumi/automation/index.js";
import { writeEvidence, type Evidence } from "../../src/evidence/index.js";
import type { Engine } from "../../src/plan/engine.js";
import { settled } from "../cluster/nodes.js";
import { bootHosts, type Host, type Hosts } from "../hosts/index.js";
import type { VerificationRecord } from "../../src/evidence/record.js";
import type { LocalStack } from "../localstack/localStack.js";
import { startLocalStack } from "../localstack/startLocalStack.js";
import { suites } from "../scenario/attacks/index.js";
import { letClockFollow } from "../scenario/clock.js";
import { lookAt } from "../scenario/lookAt.js";
import { packageVersions } from "../scenario/packageVersions.js";
import {
  openQuickstart,
  quickstartPackages,
  quickstartRegion,
  upQuickstart,
  writeEnvironmentFile,
  type Quickstart,
} from "../scenario/quickstart.js";
import { runSuite } from "../scenario/runSuite.js";
import { signedRecord } from "../scenario/signedRecord.js";
import { openScene, type Scene } from "../scenario/scene.js";
import { everyAttempt, type Attempts } from "./attempts.js";
import { down } from "./down.js";
import { holdAt } from "./holdAt.js";
import type { DemoOptions } from "./options.mjs";
import { demoFolder, demoStackName, reportFolder, writeRecord } from "./record.js";
import type { Step, StepDisplay } from "./steps.js";
import { takeOver, type Takeover } from "./takeover.js";

const records = 1000;

/** What the demo has seen. */
export interface DemoResult {
  readonly engine: Engine;
  readonly localStack: LocalStack;
  readonly quickstart: Quickstart;
  readonly hosts: Hosts;
  readonly patients: string;
  /** The attempts to get in, by suite; of one node. */
  readonly attempts: readonly Attempts[];
  readonly attemptsFile?: string;
  /** With replicas or shards, what was seen when one took over, and what the application read then. */
  readonly takeover?: Takeover & { readonly patients: string };
  readonly environmentFile: string;
  /** What `verify` says of each node and of the app host. */
  readonly verifications: readonly VerificationRecord[];
  /** The compliance report's files, what to look at first. */
  readonly reportFiles: readonly string[];
}

interface Context {
  localStack: LocalStack;
  quickstart: Quickstart;
  outputs: OutputMap;
  hosts: Hosts;
  scene: Scene;
  patients: string;
  attempts: readonly Attempts[];
  attemptsFile?: string;
  takeover?: Takeover & { readonly patients: string };
  verifications: readonly VerificationRecord[];
  reportFiles: readonly string[];
}

type Chosen = Pick<DemoOptions, "plugins" | "tunnel" | "operatingSystem" | "engine" | "replicas" | "shards">;

/**
 * All of it: engine, LocalStack, `pulumi up`, booted hosts, the application's records, attempts that must fail, or where there are several
 * nodes one that takes another's place, and the report.
 */
export async function runDemo(options: Chosen, display: StepDisplay): Promise<DemoResult> {
  const environmentFile = join(demoFolder(), "env.sh");
  const context = { attempts: [] as readonly Attempts[] } as Context;
  await display.run([...deploySteps(options, environmentFile), ...hostSteps(options)], context);
  return { ...context, engine: options.engine, environmentFile };
}

/** Up to the stack in LocalStack. */
function deploySteps(chosen: Chosen, environmentFile: string): Step<Context>[] {
  const { plugins, tunnel, operatingSystem, engine, replicas, shards } = chosen;
  return [
    step("Clear what an earlier demo left", (_, say) => down(say)),
    step("Start LocalStack", startAws),
    step("Open the quickstart's stack on the Pulumi engine", async (context, say) => {
      const { endpoint } = context.localStack;
      const options = {
        stackName: demoStackName,
        folder: demoFolder(),
        endpoint,
        plugins,
        tunnel,
        operatingSystem,
        engine,
        // Of each shard there has to be one that can take over.
        ...(shards === "1" ? { replicas: Number(replicas) } : { shards: Number(shards), replicas: 1 }),
        checksTypes: true,
        progress: say,
      };
      context.quickstart = await openQuickstart(options);
      writeRecord({ environment: context.quickstart.environment });
      writeEnvironmentFile(environmentFile, context.quickstart.environment);
    }),
    step("pulumi up", async (context, say) => {
      const { resources } = await upQuickstart(context.quickstart, say);
      context.outputs = await context.quickstart.stack.outputs();
      say(`${resources} resources`);
    }),
    // Once all nodes of a cluster are there: an update is over when they tell that the slots are where they are to be.
    ...(shards === "1" ? [upAgain] : []),
  ];
}

const upAgain: Step<Context> = step("pulumi up again: nothing changes", async (context, say) => {
  const { changes } = await upQuickstart(context.quickstart, say);
  if (changes !== 0) throw new Error(`A second pulumi up changed ${changes} resources; it must change none.`);
  say("0 changes");
});

/** Boots what was deployed, uses it, and tries to break in, or to break it. */
function hostSteps(chosen: Chosen): Step<Context>[] {
  const { engine, replicas, shards } = chosen;
  const hasShards = shards !== "1";
  return [
    step("Boot every instance that EC2 reports, with its own user data", async (context, say) => {
      const api = { endpoint: context.localStack.endpoint, region: quickstartRegion };
      const vpcIds = [String(context.outputs.vpcId?.value)];
      const onStart = (): Promise<void> => holdAt("while hosts boot", say);
      const options = { ...api, vpcIds, packages: () => quickstartPackages(engine), onStart, progress: say };
      context.hosts = await bootHosts(options);
      if (hasShards) await formed(nodesOf(context.hosts), say);
    }),
    step("Install the application on the app host", async (context) => {
      context.scene = await enter(context, chosen);
    }),
    step(`Write and read ${records} synthetic patient records through both tunnels`, async (context) => {
      context.patients = await patientsOf(context.scene);
    }),
    ...(hasShards ? [upAgain] : []),
    replicas === "0" && !hasShards
      ? step("Try every way in that must be shut", attackAll)
      : step(`Kill ${hasShards ? "a" : "the"} primary's Redis while the application writes`, async (context, say) => {
          rmSync(context.scene.authorities.own.privateKeyFile);
          const seen = await takeOver(context.scene, nodesOf(context.hosts), hasShards, say);
          context.takeover = { ...seen, patients: await patientsOf(context.scene, "read") };
        }),
    step("Compare what runs with the plan, and write the compliance report", lookAtAll),
  ];
}

/** Hosts are up before their cluster is: nodes of one wait for each other. */
async function formed(nodes: readonly Host[], say: (line: string) => void): Promise<void> {
  const began = Date.now();
  await settled({ nodes });
  say(`all slots are served after ${((Date.now() - began) / 1000).toFixed(1)} s more`);
}

/** What the application tells of the records. */
async function patientsOf({ app }: Scene, only?: "read"): Promise<string> {
  const { exitCode, stdout, stderr } = await app.patients(records, only);
  if (exitCode !== 0) throw new Error(`The application failed: ${stdout}${stderr}`);
  return stdout.trim();
}

async function attackAll(context: Context, say: (line: string) => void): Promise<void> {
  context.attempts = await attack(context.scene, say);
  rmSync(reportFolder(), { recursive: true });
  context.attemptsFile = join(reportFolder(), "attempts.txt");
  writeFileSync(context.attemptsFile, `${everyAttempt(context.attempts, 120)}\n`);
}

async function lookAtAll(context: Context): Promise<void> {
  const { node, appHost, operator } = context.scene;
  const planned = context.outputs.evidence?.value as Evidence;
  const looks: VerificationRecord[] = [];
  for (const one of nodesOf(context.hosts)) {
    await letClockFollow(one);
    looks.push(await lookAt(one, "cache", planned));
  }
  context.verifications = [...looks, await lookAt(appHost, "client", planned)];
  if (context.attemptsFile === undefined) rmSync(reportFolder(), { recursive: true });
  context.reportFiles = writeEvidence(reportFolder(), planned, {
    packageVersions: await packageVersions(node),
    verifications: context.verifications.map((record) =>
      signedRecord(reportFolder(), record, operator, planned.arguments.operators, recordName(record, looks.length)),
    ),
  });
}

/** Of several nodes each has a record of its own. */
function recordName({ target, place }: VerificationRecord, nodes: number): string {
  return nodes > 1 && target === "cache" ? `${target}-${place}.json` : `${target}.json`;
}

function nodesOf({ all }: Hosts): Host[] {
  return all
    .filter(({ name }) => name.startsWith("sessions-"))
    .sort((one, other) => one.name.localeCompare(other.name));
}

function step(title: string, run: Step<Context>["run"]): Step<Context> {
  return { title, run };
}

async function startAws(context: Context, say: (line: string) => void): Promise<void> {
  const localStack = await startLocalStack({ progress: say, outlive: true });
  writeRecord({ usersLocalStack: localStack.isUsers });
  say(localStack.description);
  context.localStack = localStack;
}

async function enter({ hosts, quickstart, outputs }: Context, chosen: Chosen): Promise<Scene> {
  const [vpcId, bastionSubnetId] = [String(outputs.vpcId?.value), String(outputs.bastionSubnetId?.value)];
  const { tunnel, operatingSystem, engine } = chosen;
  const choice = { tunnel, operatingSystem, engine };
  return openScene({ choice, quickstart, hosts, vpcId, bastionSubnetId, folder: demoFolder() });
}

async function attack(scene: Scene, say: (line: string) => void): Promise<Attempts[]> {
  const attempts: Attempts[] = [];
  try {
    for (const suite of suites) {
      say(suite.title);
      const results = await runSuite(suite, scene, { slow: false, controlCases: false });
      if (results.length > 0) attempts.push({ title: suite.title, results });
    }
  } finally {
    rmSync(scene.authorities.own.privateKeyFile);
  }
  return attempts;
}
