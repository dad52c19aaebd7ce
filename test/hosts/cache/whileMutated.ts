import type { Host } from "../../../lab/hosts/index.js";
import {
  isOfUnit,
  isRestart,
  keepAndEdit,
  putBack,
  restart,
  type HostChange,
  type LastingChange,
  type Restart,
} from "../../mutations/hostChange.js";
import { unitNames } from "../../../src/host/units.js";
import { undoAll } from "../../support/undoAll.js";
import { letTheAgentLook, shell, startAnew } from "./onHost.js";

/** Hosts by the names that mutations have for them. */
type Hosts<Name extends string> = Readonly<Record<Name, Host>>;

interface ChangeOn<Name extends string> {
  readonly on: Name;
  readonly change: HostChange;
}

type Undo = () => Promise<unknown>;

/**
 * Uses the hosts while all of these are done to them, and undoes them whatever comes of it. An agent that looks meanwhile may put right what is wrong, so
 * then nothing has been seen, and all is done again.
 */
export async function whileMutated<Name extends string, Result>(
  hosts: Hosts<Name>,
  mutations: readonly ChangeOn<Name>[],
  use: () => Promise<Result>,
): Promise<Result> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { result, agentsLooked } = await onceMutated(hosts, mutations, use);
    if (!agentsLooked) return result;
    // One that has found something wrong has failed, and would stay so for a whole interval.
    for (const host of Object.values<Host>(hosts)) await shell(host, startAnew(unitNames.refresh));
  }
  throw new Error(`An agent has looked during each of ${mostTries} tries: a try takes longer than their interval.`);
}

const mostTries = 3;

async function onceMutated<Name extends string, Result>(
  hosts: Hosts<Name>,
  mutations: readonly ChangeOn<Name>[],
  use: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly agentsLooked: boolean }> {
  const all = Object.values<Host>(hosts);
  const undo: Undo[] = [];
  try {
    for (const host of all) await letTheAgentLook(host);
    const before = await lastLooks(all);
    for (const [name, host] of Object.entries<Host>(hosts)) {
      const changes = mutations.filter((one) => one.on === name).map(({ change }) => change);
      if (changes.length === 0) continue;
      // Services start with nothing changed but their own file, now and when all else is undone.
      await startOtherwise(host, changes.filter(isRestart), undo);
      await makeChanges(
        host,
        changes.filter((change): change is LastingChange => !isRestart(change)),
        undo,
      );
    }
    const result = await use();
    return { result, agentsLooked: (await lastLooks(all)) !== before };
  } finally {
    await undoAll(undo, "Not undone");
  }
}

/** Which run of their agents was the last one, of all hosts, and of what takes the application's role: systemd gives each a name. */
async function lastLooks(hosts: readonly Host[]): Promise<string> {
  const asked = `systemctl show --property=InvocationID --value ${unitNames.refresh} ${unitNames.appRole}`;
  return (await Promise.all(hosts.map((host) => shell(host, asked)))).join(" ");
}

/** Changes the files of services, starts the services, and puts the files back. */
async function startOtherwise(host: Host, restarts: readonly Restart[], undo: Undo[]): Promise<void> {
  const services = [...new Set(restarts.map(({ service }) => service))];
  const files: Undo[] = [];
  const startAll = async (): Promise<void> => {
    for (const service of services) await shell(host, restart(service));
  };
  const readUnits = async (): Promise<void> => {
    if (restarts.some(isOfUnit)) await shell(host, "systemctl daemon-reload");
  };
  undo.push(async () => {
    await startAll();
    for (const { sweeps } of restarts) if (sweeps !== undefined) await shell(host, sweeps);
  });
  try {
    for (const [index, { path, edit }] of restarts.entries()) {
      const run = keeping(host, `started-${index}`);
      files.push(() => run(putBack(path)));
      await run(keepAndEdit(path, edit));
    }
    await readUnits();
    await startAll();
  } finally {
    await undoAll(files, "Not undone");
    await readUnits();
  }
}

async function makeChanges(host: Host, changes: readonly LastingChange[], undo: Undo[]): Promise<void> {
  for (const [index, { does, mends }] of changes.entries()) {
    const run = keeping(host, `changed-${index}`);
    undo.push(() => run(mends));
    await run(does);
  }
}

/** Runs lines on a host in which `$kept` is a path that no other change has. */
function keeping(host: Host, name: string): (line: string) => Promise<string> {
  return (line) => shell(host, `kept=/run/mutation-${name}; ${line}`);
}
