import type { Host } from "../hosts/index.js";

/**
 * Marks where a host's journal stands, and returns what reads all that has come since. Filters are not for journalctl:
 * version 252 leaves out the first entry behind a cursor that one lets by.
 */
export async function markJournal(host: Host): Promise<() => Promise<string>> {
  const read = async (...options: readonly string[]): Promise<string> => {
    await host.exec(["journalctl", "--sync"]);
    const { exitCode, stdout, stderr } = await host.exec(["journalctl", "--no-pager", ...options]);
    if (exitCode !== 0) throw new Error(`The journal of ${host.name} could not be read: ${stderr}`);
    return stdout;
  };
  const cursor = /^-- cursor: (.*)$/m.exec(await read("--lines=1", "--show-cursor"))?.[1];
  if (cursor === undefined) throw new Error(`The journal of ${host.name} has no cursor.`);
  return () => read("--output=cat", `--after-cursor=${cursor}`);
}
