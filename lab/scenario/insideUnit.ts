import { randomUUID } from "node:crypto";
import type { ExecResult, Host } from "../hosts/index.js";

/** What says how a unit starts, goes on and ends, not what its processes may do. */
const lifeCycle =
  /^(Exec(Start|Stop|Reload|Condition)\w*|Type|Restart\w*|Timeout\w+|KillMode|SuccessExitStatus|NotifyAccess|Watchdog\w+)=/;

const folder = "/run/taken-over";

/** Runs a shell command as a unit's program that has been taken over would: with its user, in its sandbox. */
export async function insideUnit(host: Host, unit: string, command: string): Promise<ExecResult> {
  const { stdout } = await host.exec(["cat", `/etc/systemd/system/${unit}`]);
  const service = /\[Service\]\n([^[]*)/.exec(stdout)?.[1] ?? "";
  const settings = service.split("\n").filter((line) => /^\w+=/.test(line) && !lifeCycle.test(line));
  if (settings.length === 0) throw new Error(`${host.name} has no unit ${unit} with settings.`);
  const name = `taken-over-${randomUUID()}`;
  const copy = [
    "[Service]",
    "Type=oneshot",
    "TimeoutStartSec=20",
    `ExecStart=/usr/bin/bash ${folder}/${name}`,
    // systemd opens it before the sandbox shuts.
    `StandardOutput=append:${folder}/${name}.out`,
    `StandardError=append:${folder}/${name}.out`,
    ...settings,
    // Its view of /run is not ours.
    `BindReadOnlyPaths=${folder}/${name}`,
  ];
  const write = (path: string, text: string): Promise<ExecResult> =>
    host.exec(["sh", "-c", 'mkdir -p "${0%/*}" && cat >"$0"', path], { input: `${text}\n` });
  await write(`${folder}/${name}`, command);
  await write(`/run/systemd/system/${name}.service`, copy.join("\n"));
  try {
    const run = await host.exec(["sh", "-c", 'systemctl start "$0"; cat "$1"', name, `${folder}/${name}.out`]);
    return { ...run, stderr: "" };
  } finally {
    const files = [`${folder}/${name}`, `${folder}/${name}.out`, `/run/systemd/system/${name}.service`];
    await host.exec(["rm", "-f", ...files]);
    // One that has ended badly is otherwise kept, and the host looked as if something of its own had failed (systemctl(1)).
    await host.exec(["systemctl", "reset-failed", name]);
  }
}
