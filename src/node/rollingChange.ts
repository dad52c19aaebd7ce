import { setTimeout as sleep } from "node:timers/promises";
import { getInstance } from "@pulumi/aws/ec2/getInstance";
import { getParameter } from "@pulumi/aws/ssm/getParameter";
import type { Parameter } from "@pulumi/aws/ssm/parameter";
import { all, log, output, ResourceError, runtime, type ComponentResource, type Output } from "@pulumi/pulumi";
import { healthTimes, readReport, type Reported } from "../plan/health";
import { hindrances, speaksForItself, unfinished, type Hindrances, type UpdatedNode } from "../plan/rollingChange";
import { getOrThrow } from "../resources/getOrThrow";
import type { CacheNode } from "./cacheNode";

/** What an instance is to be made of, as its resource takes it. */
export interface InstanceInputs {
  readonly imageId: string;
  readonly instanceType: string;
  readonly userDataBase64: string;
}

/** Nodes that are changed one after the other, each once those before it have reported themselves healthy. */
export interface RollingChange {
  /** What a node's instance depends on: it comes when it is the node's turn, and fails where it never is. */
  readonly turnOf: (name: string, inputs: Output<InstanceInputs>, before: readonly CacheNode[]) => Output<Parameter>;
  /** Comes when all nodes that this update has replaced are healthy, and fails where one is not. */
  readonly isOver: (nodes: readonly CacheNode[]) => Output<boolean>;
}

/**
 * The program itself waits: the engine asks for a node's replacement when it is told of its instance, and not before. A preview waits
 * for nothing, and shows all. Reports are read through the component's own provider.
 *
 * @param parameters where nodes report, by their names.
 */
export function rollingChange(parameters: ReadonlyMap<string, Parameter>, parent: ComponentResource): RollingChange {
  const read = async (parameter: string): Promise<Reported> => {
    const { insecureValue } = await getParameter({ name: parameter, withDecryption: false }, { parent });
    return readReport(insecureValue);
  };
  /** Whether the instance that has reported is going to be replaced, or stopped: where that can't be told, it is. */
  const willChange = async (reported: Reported, wanted: InstanceInputs): Promise<boolean> => {
    if (typeof reported !== "object") return true;
    const { instanceId } = reported;
    const live = await getInstance({ instanceId, getUserData: true }, { parent }).catch(() => undefined);
    return (
      live?.ami !== wanted.imageId ||
      live.instanceType !== wanted.instanceType ||
      live.userDataBase64 !== wanted.userDataBase64
    );
  };
  const updated = (nodes: readonly CacheNode[]): Output<Named[]> =>
    all(
      nodes.map(({ plan: { name }, instanceId, instanceType }) =>
        all([instanceId, instanceType, getOrThrow(parameters, name).name]).apply(([id, type, parameter]) => ({
          name,
          instanceId: id,
          instanceType: type,
          parameter,
        })),
      ),
    );
  // Whose change this update has seen: it is waited for until it is healthy, and not only until it has reported.
  const changed = new Set<string>();
  const reports = async (nodes: readonly Named[]): Promise<UpdatedNode[]> => {
    const found = await Promise.all(nodes.map(async (node) => ({ ...node, reported: await read(node.parameter) })));
    for (const node of found) if (!speaksForItself(node)) changed.add(node.name);
    return found;
  };

  return {
    turnOf: (name, inputs, before) => {
      const own = getOrThrow(parameters, name);
      // A node that has never reported is being made. It waits for nobody, not even for the others to be there.
      const waits = own.name.apply(async (known) => !runtime.isDryRun() && (await read(known)) !== "nothing yet");
      const turn = (): Output<Parameter> =>
        all([own.name, inputs, updated(before)]).apply(async ([known, made, others]) => {
          const isChanged = await willChange(await read(known), made);
          const judge = async (): Promise<Hindrances> =>
            hindrances({ name, isChanged, reported: await read(known) }, await reports(others), changed, new Date());
          await waitUntilFree(`${name} waits for its turn`, `${name} is left as it is`, judge, parent);
          return own;
        });
      return waits.apply((does) => (does ? turn() : output(own)));
    },
    isOver: (nodes) =>
      updated(nodes).apply(async (all) => {
        if (runtime.isDryRun()) return true;
        const judge = async (): Promise<Hindrances> => unfinished(await reports(all), changed, new Date());
        await waitUntilFree("The change is not over", "The change has come to no good end", judge, parent);
        return true;
      }),
  };
}

/** An instance as this update has it, and where its node reports. */
interface Named extends Omit<UpdatedNode, "reported"> {
  readonly parameter: string;
}

const pollMs = 5000;
const minuteMs = 60_000;

async function waitUntilFree(
  waiting: string,
  givenUp: string,
  judge: () => Promise<Hindrances>,
  parent: ComponentResource,
): Promise<void> {
  const begun = Date.now();
  for (let told = 0; ;) {
    const { waitsFor, warnings } = await judge();
    if (waitsFor.length === 0) {
      for (const warning of warnings) await log.warn(`${warning}.`, parent);
      return;
    }
    const minutes = Math.floor((Date.now() - begun) / minuteMs);
    if (minutes >= healthTimes.patienceMinutes) throw new ResourceError(whatToDo(givenUp, waitsFor), parent, true);
    if (minutes >= told) {
      await log.info(
        `${waiting}, minute ${minutes} of ${healthTimes.patienceMinutes}: ${waitsFor.join("; ")}.`,
        parent,
      );
      told = minutes + 1;
    }
    await sleep(pollMs);
  }
}

function whatToDo(givenUp: string, waitsFor: readonly string[]): string {
  return (
    `${givenUp}, since for ${healthTimes.patienceMinutes} minutes this was so: ${waitsFor.join("; ")}. ` +
    "Mend the node, or make it anew (pulumi up --replace with the URN of its instance). The next pulumi up looks again, and goes " +
    'on where this one stopped. What to do where a node can\'t be mended: docs/replicas.md, "Rolling change".'
  );
}
