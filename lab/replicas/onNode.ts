import type { Host } from "../hosts/index.js";

/** Runs a command on a host, which must succeed; returns what it printed. */
export async function onNode(host: Host, command: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await host.exec(command, { timeoutMs: 600_000 });
  if (exitCode !== 0) throw new Error(`${command.join(" ")} failed on ${host.name}: ${stdout}${stderr}`);
  return stdout.trim();
}
