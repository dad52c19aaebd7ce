import type { OperatingSystem } from "../../src/plan/operatingSystem.js";
import { debianRoot, enterRoot } from "../machines/debianRoot.js";
import type { Machine } from "../machines/machine.js";
import type { Fixture } from "./fixture.js";

/** The tunnels' programs of one release, and its openssl. */
export interface TunnelPrograms {
  readonly operatingSystem: OperatingSystem;
  /** What a command runs behind on a machine. */
  behind(machine: Machine): readonly string[];
}

const packages = ["haproxy", "openssl", "stunnel4"];

/** Those of any release for both machines, whatever this machine runs itself: fetched once. */
export async function tunnelPrograms(
  operatingSystem: OperatingSystem,
  { app, node }: Pick<Fixture, "app" | "node">,
  progress: (line: string) => void,
): Promise<TunnelPrograms> {
  const root = await debianRoot(operatingSystem, packages, progress);
  const entered = new Map<Machine, readonly string[]>();
  for (const machine of [app, node]) entered.set(machine, await enterRoot(machine, root));
  return {
    operatingSystem,
    behind: (machine) => {
      const command = entered.get(machine);
      if (command === undefined) throw new Error(`Machine ${machine.name} is not one of these.`);
      return command;
    },
  };
}
