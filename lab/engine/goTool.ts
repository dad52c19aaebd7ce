import { execa } from "execa";
import { onThisMachine, toolRoot } from "./toolRoot.js";
import type { Runner } from "./toolRoot.js";

/** The first Go that can fetch the newer toolchain which a module asks for. */
const leastGo = 21;
/** The Go that the engine's module asks for. */
const engineGo = 25;

export interface GoTool {
  run: Runner;
  env: Record<string, string>;
}

/** A Go that can build the engine: this machine's own, else the one in the tool root. */
export async function goTool(progress: (line: string) => void): Promise<GoTool> {
  const own = await minorVersion(onThisMachine);
  if (own >= leastGo) return { run: onThisMachine, env: goEnvironment(own) };
  try {
    const run = await toolRoot(progress);
    return { run, env: goEnvironment(await minorVersion(run)) };
  } catch (error) {
    throw new Error(
      "The Pulumi engine has to be built here, and there is no Go 1.21 or newer on PATH. Install it " +
        "(https://go.dev/dl, or Debian 13's golang-go), or let this machine reach https://get.pulumi.com, from where " +
        `the official CLI comes. The lab tried to make a Debian 13 root with Go in it: ${String(error)}`,
      { cause: error },
    );
  }
}

/** The 25 of go1.25.11; 0 where there is none. */
async function minorVersion(run: Runner): Promise<number> {
  const { stdout, failed } = await execa(...run("go", ["env", "GOVERSION"]), { reject: false });
  return failed ? 0 : Number(/^go1\.(\d+)/.exec(stdout)?.[1] ?? 0);
}

/** A Go between the two fetches the toolchain, also where it was told to stay with itself. */
function goEnvironment(minor: number): Record<string, string> {
  return minor < engineGo ? { GOTOOLCHAIN: "auto" } : {};
}
