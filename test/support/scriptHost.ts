import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ScriptName } from "../../src/host/scripts.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import type { ServerPrograms } from "../../lab/servers/serverPrograms.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { withPrograms } from "../../src/host/hostFiles.js";
import { defaultEngine, engineProgram } from "../../src/plan/engine.js";

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A folder that stands for a host's root: the scripts in it are those of src, run by the shell that they name, with the
 * folder put before the paths outside of it that they know. Commands of the system can be stood in for.
 */
export class ScriptHost {
  readonly root = mkdtempSync(join(tmpdir(), "script-host-"));

  /** Scripts find the machine's own Redis, or the programs that are given. */
  constructor(private readonly programs?: ServerPrograms) {
    mkdirSync(join(this.root, "bin"));
    mkdirSync(this.path(hostPaths.runFolder), { recursive: true });
    if (programs !== undefined) {
      const { server, client } = engineProgram(programs.engine);
      for (const [name, command] of [
        [server, programs.server],
        [client, programs.client],
      ] as const)
        this.executable(join("bin", name), `#!/bin/sh\nexec ${command.join(" ")} "$@"\n`);
    }
    // By which the others raise their alarms.
    this.install("raise-alarm");
  }

  /** Where a path of the host is in truth. */
  path(onHost: string): string {
    return join(this.root, onHost);
  }

  write(onHost: string, text: string): void {
    mkdirSync(dirname(this.path(onHost)), { recursive: true });
    writeFileSync(this.path(onHost), text);
  }

  read(onHost: string): string {
    return readFileSync(this.path(onHost), "utf8");
  }

  has(onHost: string): boolean {
    return existsSync(this.path(onHost));
  }

  /** Stands in for a command by a shell script; each call of it is recorded with its arguments. */
  standIn(command: string, script = ":"): void {
    this.executable(join("bin", command), `#!/bin/sh\necho "${command} $*" >>"$CALLS"\n${script}\n`);
  }

  /** Stands in for another script of the host. */
  standInScript(name: string, script: string): void {
    this.executable(join(hostPaths.scriptsFolder, name), `#!/bin/sh\necho "${name} $*" >>"$CALLS"\n${script}\n`);
  }

  /** The clock says this until it is told otherwise. */
  setClock(now: Date): void {
    const seconds = Math.floor(now.getTime() / 1000);
    this.executable(
      "bin/date",
      `#!/bin/sh\ncase " $* " in *" -d "*) exec /bin/date "$@" ;; esac\nexec /bin/date -d @${String(seconds)} "$@"\n`,
    );
  }

  /** Lays a script of src down under its own name, or another. */
  install(name: ScriptName, as: string = name): void {
    this.executable(join(hostPaths.scriptsFolder, as), this.text(name));
  }

  /** A script of src, with this host's paths. */
  text(name: ScriptName): string {
    // Where it is read as a module, scripts.ts does not find its own folder.
    const text = readFileSync(join(repositoryRoot, "src/host/scripts", `${name}.sh`), "utf8");
    return this.withPaths(withPrograms(text, this.programs?.engine ?? defaultEngine));
  }

  /** What a shell is to read, with this host's paths. */
  withPaths(text: string): string {
    const outside = /(?<![\w$}])\/(run|etc|proc|usr\/sbin|usr\/local\/lib)\//g;
    return text.replace(outside, (path) => this.root + path);
  }

  run(
    name: string,
    args: readonly string[] = [],
    environment: Readonly<Record<string, string>> = {},
    input = "",
  ): Ended {
    return this.spawn(this.path(join(hostPaths.scriptsFolder, name)), args, environment, input);
  }

  /** Runs a line of sh(1). */
  shell(line: string, environment: Readonly<Record<string, string>>): Ended {
    return this.spawn("sh", ["-c", line], environment, "");
  }

  private spawn(
    file: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    input: string,
  ): Ended {
    const { status, stdout, stderr } = spawnSync(file, args, {
      encoding: "utf8",
      input,
      env: {
        ...environment,
        PATH: `${this.path("bin")}:/usr/sbin:/usr/bin:/sbin:/bin`,
        CALLS: this.path("calls"),
      },
    });
    return { status, stdout, stderr };
  }

  /** What was called since the last time that this was asked. */
  calls(): string[] {
    const file = this.path("calls");
    const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
    rmSync(file, { force: true });
    return lines;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  makeExecutable(onHost: string): void {
    chmodSync(this.path(onHost), 0o755);
  }

  private executable(file: string, text: string): void {
    const path = join(this.root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, 0o755);
  }
}

/** This process's own user and group: who is not root can give files to nobody else. */
export function ownAccount(): { user: string; group: string } {
  const asked = (option: string): string => execFileSync("id", [option], { encoding: "utf8" }).trim();
  return { user: asked("-un"), group: asked("-gn") };
}
