import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OutputMap } from "@pulumi/pulumi/automation/index.js";
import { writeEvidence, type Evidence } from "../../src/evidence/index.js";
import { bootHosts, type Hosts } from "../hosts/index.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import type { VerificationRecord } from "../../src/evidence/record.js";
import type { LocalStack } from "../localstack/localStack.js";
import { startLocalStack } from "../localstack/startLocalStack.js";
import { suites } from "../scenario/attacks/index.js";
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

const records = 1000;

/** What the demo has seen. */
export interface DemoResult {
  readonly localStack: LocalStack;
  readonly quickstart: Quickstart;
  readonly hosts: Hosts;
  readonly patients: string;
  /** The attempts to get in, by suite. */
  readonly attempts: readonly Attempts[];
  readonly attemptsFile: string;
  readonly environmentFile: string;
  /** What `verify` says of the node and of the app host. */
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
  attemptsFile: string;
  verifications: readonly VerificationRecord[];
  reportFiles: readonly string[];
}

/** All of it: engine, LocalStack, `pulumi up`, booted hosts, the application's records, attempts that must fail, the report. */
export async function runDemo(
  options: Pick<DemoOptions, "plugins" | "tunnel">,
  display: StepDisplay,
): Promise<DemoResult> {
  const environmentFile = join(demoFolder(), "env.sh");
  const context = {} as Context;
  await display.run([...deploySteps(options, environmentFile), ...hostSteps(options.tunnel)], context);
  return { ...context, environmentFile };
}

/** Up to the stack in LocalStack. */
function deploySteps(
  { plugins, tunnel }: Pick<DemoOptions, "plugins" | "tunnel">,
  environmentFile: string,
): Step<Context>[] {
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
    step("pulumi up again: nothing changes", async (context, say) => {
      const { changes } = await upQuickstart(context.quickstart, say);
      if (changes !== 0) throw new Error(`A second pulumi up changed ${changes} resources; it must change none.`);
      say("0 changes");
    }),
  ];
}

/** Boots what was deployed, uses it, and tries to break in. */
function hostSteps(tunnel: TunnelEngine): Step<Context>[] {
  return [
    step("Boot every instance that EC2 reports, with its own user data", async (context, say) => {
      const api = { endpoint: context.localStack.endpoint, region: quickstartRegion };
      const vpcIds = [String(context.outputs.vpcId?.value)];
      const onStart = (): Promise<void> => holdAt("while hosts boot", say);
      const options = { ...api, vpcIds, packages: quickstartPackages, onStart, progress: say };
      context.hosts = await bootHosts(options);
    }),
    step("Install the application on the app host", async (context) => {
      context.scene = await enter(context, tunnel);
    }),
    step(`Write and read ${records} synthetic patient records through both tunnels`, async (context) => {
      const { exitCode, stdout, stderr } = await context.scene.app.patients(records);
      if (exitCode !== 0) throw new Error(`The application failed: ${stdout}${stderr}`);
      context.patients = stdout.trim();
    }),
    step("Try every way in that must be shut", async (context, say) => {
      context.attempts = await attack(context.scene, say);
      rmSync(reportFolder(), { recursive: true });
      context.attemptsFile = join(reportFolder(), "attempts.txt");
      writeFileSync(context.attemptsFile, `${everyAttempt(context.attempts, 120)}\n`);
    }),
    step("Look whether what runs is what was planned, and write the compliance report", async (context) => {
      const { evidence } = context.outputs;
      const { node, appHost, operator } = context.scene;
      const planned = evidence?.value as Evidence;
      context.verifications = [await lookAt(node, "cache", planned), await lookAt(appHost, "client", planned)];
      context.reportFiles = writeEvidence(reportFolder(), planned, {
        packageVersions: await packageVersions(node),
        verifications: context.verifications.map((record) =>
          signedRecord(reportFolder(), record, operator, planned.arguments.operators),
        ),
      });
    }),
  ];
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

async function enter({ hosts, quickstart, outputs }: Context, engine: TunnelEngine): Promise<Scene> {
  const [vpcId, bastionSubnetId] = [String(outputs.vpcId?.value), String(outputs.bastionSubnetId?.value)];
  return openScene({ engine, quickstart, hosts, vpcId, bastionSubnetId, folder: demoFolder() });
}

async function attack(scene: Scene, say: (line: string) => void): Promise<Attempts[]> {
  const attempts: Attempts[] = [];
  try {
    for (const suite of suites) {
      say(suite.title);
      attempts.push({
        title: suite.title,
        results: await runSuite(suite, scene, { slow: false, controlCases: false }),
      });
    }
  } finally {
    rmSync(scene.authorities.own.privateKeyFile);
  }
  return attempts;
}
