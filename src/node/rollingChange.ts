import { setTimeout as sleep } from "node:timers/promises";
import { getInstance } from "@pulumi/aws/ec2/getInstance";
import { getInstances, type GetInstancesResult } from "@pulumi/aws/ec2/getInstances";
import { getParameter } from "@pulumi/aws/ssm/getParameter";
import type { Parameter } from "@pulumi/aws/ssm/parameter";
import {
  all,
  log,
  output,
  ResourceError,
  runtime,
  type ComponentResource,
  type Input,
  type Output,
} from "@pulumi/pulumi";
import { inspectedByStack } from "../arguments/inspectedByStack";
import type { ClusterHealth } from "../plan/clusterHealth";
import { healthTimes, readReport, type Reported } from "../plan/health";
import { hindrances, notSpread, unfinished, type Hindrances, type UpdatedNode } from "../plan/rollingChange";
import { getOrThrow } from "../resources/getOrThrow";

/** What an instance is made of, or is to be. */
export interface MadeOf {
  readonly imageId: string;
  readonly instanceType: string;
  readonly userDataBase64: string;
  readonly privateIp: string;
}

/** When a node's resources may be told to the engine. */
export interface Turn {
  /** What they depend on: it comes when it is the node's turn, and fails where it never is. */
  readonly parameter: Output<Parameter>;
  /**
   * The same without a trace of other resources. Outputs of what is never told to the engine never come, and Pulumi would wait for them for
   * ever: who uses them waits for this as well.
   */
  readonly comes: Promise<unknown>;
}

/** What is looked at of a node that is changed. */
export interface ChangedNode {
  readonly plan: { readonly name: string };
  readonly instanceId: Output<string>;
  readonly instanceType: Output<string>;
  readonly turn?: Turn;
}

/** Whom a node's turn waits for. */
export interface OthersOf {
  /** Those that are changed before it: all of them, or in a cluster those of its shard and the last one, whose turn waited for the others. */
  readonly before: readonly ChangedNode[];
  /** In a cluster: those of its shard that come after it, by name. */
  readonly peersBehind?: readonly string[];
}

/** Nodes that are changed one after the other, each once those before it have reported themselves healthy. */
export interface RollingChange {
  /** @param profileArn by which the node's instance is found: nobody else's has it. */
  readonly turnOf: (name: string, profileArn: Input<string>, wanted: Input<MadeOf>, others: OthersOf) => Turn;
  /** Comes when all nodes that this update has changed are healthy, and fails where one is not. */
  readonly isOver: (nodes: readonly ChangedNode[]) => Output<boolean>;
}

/**
 * The program itself waits: the engine asks for a node's replacement when it is told of its instance, and not before. A preview waits
 * for nothing, and shows all. What there is is asked for through the component's own provider.
 *
 * @param parameters where nodes report, by their names.
 * @param cluster what their reports are held against, where they are those of one.
 */
export function rollingChange(
  parameters: ReadonlyMap<string, Parameter>,
  parent: ComponentResource,
  cluster?: ClusterHealth,
): RollingChange {
  const asked = liveThrough(parent);
  const { patienceMinutes } = cluster ?? healthTimes;
  // What there was before this update.
  const found = new Map<string, LiveInstance>();

  const look = async (name: string, profileArn: string): Promise<boolean> => {
    const live = await asked.instance(profileArn);
    if (live !== undefined) found.set(name, live);
    return live !== undefined;
  };
  const reports = (nodes: readonly Named[]): Promise<UpdatedNode[]> =>
    Promise.all(
      nodes.map(async (node) => ({
        ...node,
        was: whatBecame(found.get(node.name), node),
        reported: await asked.report(node.parameter),
      })),
    );
  const parametersOf = (names: readonly string[]): Output<ParameterOf[]> =>
    all(names.map((name) => output({ name, parameter: getOrThrow(parameters, name).name })));
  const named = (nodes: readonly ChangedNode[]): Output<Named[]> =>
    all(
      nodes.map(({ plan: { name }, instanceId, instanceType }) =>
        output({ name, instanceId, instanceType, parameter: getOrThrow(parameters, name).name }),
      ),
    );

  const peersOf = (peers: readonly ParameterOf[]): Promise<{ name: string; reported: Reported }[]> =>
    Promise.all(peers.map(async ({ name, parameter }) => ({ name, reported: await asked.report(parameter) })));

  const wait = async (
    { name, parameter }: ParameterOf,
    wanted: MadeOf,
    others: readonly Named[],
    peers: readonly ParameterOf[],
  ): Promise<unknown> => {
    const changes = differs(getOrThrow(found, name), wanted);
    const judge = async (): Promise<Hindrances> => {
      const next = { name, changes, reported: await asked.report(parameter), peers: await peersOf(peers) };
      return hindrances(next, await reports(others), new Date(), cluster);
    };
    return waitUntilFree(`${name} waits for its turn`, `${name} is left as it is`, judge, parent, { patienceMinutes });
  };

  return {
    turnOf: (name, profileArn, wanted, { before, peersBehind = [] }) => {
      const own = getOrThrow(parameters, name);
      if (runtime.isDryRun()) return { parameter: output(own), comes: Promise.resolve() };
      const { comes, come, fail } = deferred();
      for (const { turn } of before) turn?.comes.catch(fail);
      const turn = (): Output<Parameter> =>
        all([own.name, wanted, named(before), parametersOf(peersBehind)]).apply(
          async ([parameter, made, others, peers]) => {
            await wait({ name, parameter }, made, others, peers).then(come, fail);
            await comes;
            return own;
          },
        );
      const isThere = output(profileArn).apply(async (arn) => {
        const live = look(name, arn);
        live.catch(fail);
        return live;
      });
      // One that is not there waits for nobody, not even for the others to be there.
      const parameter = isThere.apply((is) => {
        if (is) return turn();
        come();
        return output(own);
      });
      return { parameter, comes };
    },
    isOver: (nodes) => {
      if (runtime.isDryRun()) return output(true);
      return named(nodes).apply(async (all) => {
        const judge = async (): Promise<Hindrances> => judgeAll(await reports(all), new Date(), cluster);
        const { warnings } = await waitUntilFree("The change is not over", "The change is not over", judge, parent, {
          patienceMinutes,
          askedNodes: all.length,
        });
        for (const warning of warnings) await log.warn(`${warning}.`, parent);
        return true;
      });
    },
  };
}

/** Whether nothing is left to do, of the nodes and of a cluster's slots. */
function judgeAll(nodes: readonly UpdatedNode[], now: Date, cluster: ClusterHealth | undefined): Hindrances {
  const { waitsFor, warnings } = unfinished(nodes, now, cluster?.hasReplicas);
  if (cluster === undefined) return { waitsFor, warnings };
  const spread = notSpread(nodes, now, cluster);
  return { ...spread, waitsFor: [...waitsFor, ...spread.waitsFor], warnings };
}

/** A promise that others keep, or not. */
function deferred(): { comes: Promise<void>; come: () => void; fail: (reason: unknown) => void } {
  let come: () => void = () => undefined;
  let fail: (reason: unknown) => void = () => undefined;
  const comes = new Promise<void>((resolve, reject) => {
    come = resolve;
    fail = reject;
  });
  return {
    comes,
    come: () => {
      come();
    },
    fail: (reason) => {
      fail(reason);
    },
  };
}

/** Where a node reports. */
interface ParameterOf {
  readonly name: string;
  readonly parameter: string;
}

/** An instance as this update has it, and where its node reports. */
interface Named extends Omit<UpdatedNode, "reported" | "was">, ParameterOf {}

interface LiveInstance extends MadeOf {
  readonly instanceId: string;
}

/** What AWS has, asked through a component's own provider. */
function liveThrough(parent: ComponentResource) {
  const invoke = { parent };
  return {
    report: async (parameter: string): Promise<Reported> => {
      const { insecureValue } = await getParameter({ name: parameter, withDecryption: false }, invoke);
      return readReport(insecureValue);
    },
    instance: async (profileArn: string): Promise<LiveInstance | undefined> => {
      const filters = [{ name: "iam-instance-profile.arn", values: [profileArn] }];
      const instanceStateNames = ["pending", "running", "stopping", "stopped"];
      // Mocks may answer nothing.
      const live: Partial<GetInstancesResult> = await getInstances({ filters, instanceStateNames }, invoke);
      const instanceId = live.ids?.[0];
      if (instanceId === undefined) return undefined;
      const { ami, instanceType, userDataBase64, privateIp } = await getInstance(
        { instanceId, getUserData: true },
        invoke,
      );
      return { instanceId, imageId: ami, instanceType, userDataBase64, privateIp };
    },
  };
}

function whatBecame(before: LiveInstance | undefined, now: Named): UpdatedNode["was"] {
  if (before === undefined) return "made";
  return before.instanceId === now.instanceId && before.instanceType === now.instanceType ? "kept" : "changed";
}

function differs(live: MadeOf, wanted: MadeOf): boolean {
  return (Object.keys(wanted) as (keyof MadeOf)[]).some((name) => live[name] !== wanted[name]);
}

const pollMs = 5000;
/** SSM answers forty questions a second, whoever asks (AWS General Reference, "Systems Manager endpoints and quotas"). */
const pollMsForEachNode = 100;
const minuteMs = 60_000;

async function waitUntilFree(
  waiting: string,
  givenUp: string,
  judge: () => Promise<Hindrances>,
  parent: ComponentResource,
  { patienceMinutes, askedNodes = 1 }: { readonly patienceMinutes: number; readonly askedNodes?: number },
): Promise<Hindrances> {
  let begun = Date.now();
  let least = Infinity;
  // What was told last: it is told again every minute, and when it has changed.
  let told = "";
  for (;;) {
    const judged = await judge();
    const { waitsFor, left = Infinity } = judged;
    if (waitsFor.length === 0) return judged;
    // What goes on is not given up.
    if (left < least) begun = Date.now();
    least = Math.min(least, left);
    const minutes = Math.floor((Date.now() - begun) / minuteMs);
    if (minutes >= patienceMinutes) {
      throw inspectedByStack(new ResourceError(whatToDo(givenUp, patienceMinutes, waitsFor), parent, true));
    }
    const text = `${waiting}, minute ${minutes} of ${patienceMinutes}: ${waitsFor.join("; ")}.`;
    if (text !== told) await log.info(text, parent);
    told = text;
    await sleep(Math.max(pollMs, askedNodes * pollMsForEachNode));
  }
}

function whatToDo(givenUp: string, minutes: number, waitsFor: readonly string[]): string {
  return (
    `${givenUp}, since for ${minutes} minutes this was so: ${waitsFor.join("; ")}. ` +
    "Mend the node, or make it anew (pulumi up --replace with the URN of its instance). The next pulumi up looks again, and goes " +
    'on where this one stopped. What to do where a node can\'t be mended: docs/replicas.md, "Rolling change".'
  );
}
