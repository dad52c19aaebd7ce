import { execa } from "execa";

export interface ExecOptions {
  /** The Unix user; root by default. Hosts only. */
  readonly user?: string;
  readonly input?: string;
  /** After this the command is killed and its exit code is 124 or 137; ten minutes by default. */
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** A change of user without a login session, into the user's own groups and home. */
const becomeUser = `
HOME=$(getent passwd "$0" | cut -d: -f6)
export HOME
exec setpriv --reuid="$0" --regid="$(id -g "$0")" --init-groups -- "$@"`;

/** Runs a command behind a prefix that leads to where it shall run, in an environment of its own. */
export async function execBehind(
  prefix: readonly [string, ...string[]],
  command: readonly string[],
  options: ExecOptions = {},
): Promise<ExecResult> {
  const { user, input = "", timeoutMs = 600_000, env = {} } = options;
  const asUser = user === undefined ? [] : ["sh", "-c", becomeUser, user];
  const bounded = ["timeout", "--kill-after=1", `${timeoutMs / 1000}`];
  const [file, ...args] = prefix;
  const result = await execa(file, [...args, ...bounded, ...asUser, ...command], {
    // Not on a command line, which everybody may read. With a socket for its standard input, a bash that takes itself for the first shell
    // reads what a machine's user has in ~/.bashrc (bash(1), "Invocation").
    env: { PATH: path, LANG: "C.UTF-8", HOME: "/root", SHLVL: "1", ...env },
    extendEnv: false,
    input,
    reject: false,
    stripFinalNewline: false,
  });
  if (result.exitCode === undefined) {
    throw new Error(`"${command.join(" ")}" could not be run: ${result.shortMessage}`);
  }
  return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr };
}
