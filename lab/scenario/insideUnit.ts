import type { ExecResult, Host } from "../hosts/index.js";

/** What says how a unit starts and ends, not what its processes may do. */
const lifeCycle =
  /^(Exec\w+|Type|Restart\w*|TimeoutSt\w+|KillMode|SuccessExitStatus|NotifyAccess|Watchdog\w+|Standard\w+|OOMPolicy)=/;

/** Runs a shell command as a unit's program that has been taken over would: with its user, in its sandbox. */
export async function insideUnit(host: Host, unit: string, command: string): Promise<ExecResult> {
  const { stdout } = await host.exec(["cat", `/etc/systemd/system/${unit}`]);
  const service = /\[Service\]\n([^[]*)/.exec(stdout)?.[1] ?? "";
  const settings = service.split("\n").filter((line) => /^\w+=/.test(line) && !lifeCycle.test(line));
  if (settings.length === 0) throw new Error(`${host.name} has no unit ${unit} with settings.`);
  const properties = settings.flatMap((line) => ["--property", line]);
  const run = ["systemd-run", "--quiet", "--wait", "--collect", "--pipe", "--service-type=exec"];
  return host.exec([...run, ...properties, "bash", "-c", command], { timeoutMs: 20_000 });
}
