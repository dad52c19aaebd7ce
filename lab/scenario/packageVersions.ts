import type { Host } from "../hosts/index.js";

/** Every package on a host with its version, by name. */
export async function packageVersions(host: Host): Promise<Record<string, string>> {
  const { exitCode, stdout, stderr } = await host.exec([
    "dpkg-query",
    "--show",
    "--showformat=${Package} ${Version}\\n",
  ]);
  if (exitCode !== 0) throw new Error(`dpkg-query on ${host.name} failed: ${stderr}`);
  const lines = stdout.split("\n").filter((line) => line !== "");
  return Object.fromEntries(lines.map((line) => line.split(" ") as [string, string]));
}
