import { execa } from "execa";

/**
 * Installs the Debian packages that are not there yet. Only what is missing is touched. Runs at the same time wait for each other:
 * apt itself would refuse the second one.
 * Where that cannot be done (not root, not Debian) the error names the packages and the command to run.
 */
export async function ensureDebianPackages(names: readonly string[]): Promise<void> {
  const missing = await missingPackages(names);
  if (missing.length === 0) return;
  const command = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(" ")}`;
  if (process.getuid?.() !== 0) {
    throw new Error(`These Debian packages are missing: ${missing.join(", ")}. Run as root: ${command}`);
  }
  await execa("flock", ["/var/lib/apt", "sh", "-c", command], { env: { DEBIAN_FRONTEND: "noninteractive" } });
}

async function missingPackages(names: readonly string[]): Promise<string[]> {
  const { stdout, failed, code } = await execa(
    "dpkg-query",
    ["--show", "--showformat", "${Package} ${db:Status-Status}\\n", ...names],
    { reject: false },
  );
  if (failed && code === "ENOENT") {
    throw new Error(`The lab needs Debian's packages ${names.join(", ")}: run it on Debian 12 or newer, as root.`);
  }
  const installed = new Set(
    stdout
      .split("\n")
      .filter((line) => line.endsWith(" installed"))
      .map((line) => line.split(" ")[0]),
  );
  return names.filter((name) => !installed.has(name));
}
