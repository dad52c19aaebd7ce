import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { OutputMap } from "@pulumi/pulumi/automation/index.js";
import { Listr, type ListrTask } from "listr2";
import { writeEvidence, type Evidence } from "../../src/evidence/index.js";
import { bootHosts, type Hosts } from "../hosts/index.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import type { Verification } from "../../src/verify/verification.js";
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
  type PluginChoice,
  type Quickstart,
} from "../scenario/quickstart.js";
import { runSuite, type Result } from "../scenario/runSuite.js";
import { openScene, type Scene } from "../scenario/scene.js";
import { down } from "./down.js";
import { holdAt } from "./holdAt.js";
import { demoFolder, demoStackName, writeRecord } from "./record.js";

const records = 1000;

/** What the demo has seen. */
export interface DemoResult {
  readonly localStack: LocalStack;
  readonly quickstart: Quickstart;
  readonly hosts: Hosts;
  readonly patients: string;
  readonly attacks: readonly Result[];
  readonly environmentFile: string;
  /** What `verify` says of the node and of the app host. */
  readonly verifications: readonly Verification[];
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
  attacks: readonly Result[];
  verifications: readonly Verification[];
  reportFiles: readonly string[];
}

/** All of it: engine, LocalStack, `pulumi up`, booted hosts, the application's records, attempts that must fail, the report. */
export async function runDemo(plugins: PluginChoice, tunnel: TunnelEngine): Promise<DemoResult> {
  const environmentFile = join(demoFolder(), "env.sh");
  const tasks = new Listr<Context, "default", "verbose">(
    [
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
        context.attacks = await attack(context.scene, say);
      }),
      step("Look whether what runs is what was planned, and write the compliance report", async (context) => {
        const { evidence } = context.outputs;
        const { node, appHost } = context.scene;
        const planned = evidence?.value as Evidence;
        const evidenceSha256 = createHash("sha256").update(JSON.stringify(planned)).digest("hex");
        context.verifications = [
          await lookAt(node, "cache", planned, evidenceSha256),
          await lookAt(appHost, "client", planned, evidenceSha256),
        ];
        context.reportFiles = writeEvidence(join(demoFolder(), "evidence"), planned, {
          packageVersions: await packageVersions(node),
          verifications: context.verifications,
          evidenceSha256,
        });
      }),
    ],
    { concurrent: false, exitOnError: true, registerSignalListeners: false, fallbackRenderer: "verbose" },
  );
  return { ...(await tasks.run()), environmentFile };
}

function step(
  title: string,
  run: (context: Context, say: (line: string) => void) => Promise<void>,
): ListrTask<Context> {
  return {
    title,
    task: (context, task) =>
      run(context, (line) => {
        task.output = line;
      }),
  };
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

async function attack(scene: Scene, say: (line: string) => void): Promise<Result[]> {
  const results: Result[] = [];
  try {
    for (const suite of suites) {
      say(suite.title);
      results.push(...(await runSuite(suite, scene, { slow: false, controlCases: false })));
    }
  } finally {
    rmSync(scene.authorities.own.privateKeyFile);
  }
  return results;
}
