import type { Host } from "../../../lab/hosts/index.js";
import { isRestart, keepAndEdit, putBack, restart, type Change, type Restart } from "../../mutations/deed.js";
import type { HostMutation } from "../../mutations/hostMutation.js";
import { letTheAgentLook, shell } from "./onHost.js";
import type { TestScene } from "./scene.js";

type Undo = () => Promise<unknown>;

/** Uses the hosts while all of these are done to them, and undoes them whatever comes of it. */
export async function whileMutated<Result>(
  scene: TestScene,
  mutations: readonly HostMutation[],
  use: () => Promise<Result>,
): Promise<Result> {
  const undo: Undo[] = [];
  try {
    for (const on of ["node", "appHost"] as const) {
      const deeds = mutations.filter((one) => one.on === on).map(({ deed }) => deed);
      if (deeds.length === 0) continue;
      await letTheAgentLook(scene[on]);
      // Services start with nothing changed but their own file, now and when all else is undone.
      await startOtherwise(scene[on], deeds.filter(isRestart), undo);
      await change(
        scene[on],
        deeds.filter((deed): deed is Change => !isRestart(deed)),
        undo,
      );
    }
    return await use();
  } finally {
    await undoAll(undo);
  }
}

/** Changes the files of services, starts the services, and puts the files back. */
async function startOtherwise(host: Host, restarts: readonly Restart[], undo: Undo[]): Promise<void> {
  const services = [...new Set(restarts.map(({ service }) => service))];
  const files: Undo[] = [];
  undo.push(async () => {
    for (const service of services) await shell(host, restart(service));
    for (const { sweeps } of restarts) if (sweeps !== undefined) await shell(host, sweeps);
  });
  try {
    for (const [index, { path, edit }] of restarts.entries()) {
      const run = keeping(host, `started-${index}`);
      files.push(() => run(putBack(path)));
      await run(keepAndEdit(path, edit));
    }
    for (const service of services) await shell(host, restart(service));
  } finally {
    await undoAll(files);
    if (services.length > 0) await shell(host, "systemctl daemon-reload");
  }
}

async function change(host: Host, changes: readonly Change[], undo: Undo[]): Promise<void> {
  for (const [index, { does, mends }] of changes.entries()) {
    const run = keeping(host, `changed-${index}`);
    undo.push(() => run(mends));
    await run(does);
  }
}

/** Runs lines on a host in which `$kept` is a path that no other deed has. */
function keeping(host: Host, name: string): (line: string) => Promise<string> {
  return (line) => shell(host, `kept=/run/mutation-${name}; ${line}`);
}

/** The last thing first; each, even where another could not be undone. */
async function undoAll(undo: readonly Undo[]): Promise<void> {
  const failures: unknown[] = [];
  for (const one of [...undo].reverse()) await one().catch((error: unknown) => failures.push(error));
  if (failures.length > 0)
    throw new AggregateError(failures, `Not undone: ${failures.map(String).join("; ")}`);
}
