import type { Host } from "../hosts/index.js";

/**
 * Marks where a host's journals stand, or its own alone, and returns what reads all that has come since. Filters are not for journalctl:
 * version 252 leaves out the first entry behind a cursor that one lets by.
 */
export async function markJournal(host: Host, whose: "every" | "the host's" = "every"): Promise<() => Promise<string>> {
  const read = async (...options: readonly string[]): Promise<string> => {
    await syncJournals(host);
    const journal = whose === "every" ? "*" : "";
    const all = ["journalctl", "--no-pager", `--namespace=${journal}`, ...options];
    const { exitCode, stdout, stderr } = await host.exec(all);
    if (exitCode !== 0) throw new Error(`The journal of ${host.name} could not be read: ${stderr}`);
    return stdout;
  };
  const cursor = /^-- cursor: (.*)$/m.exec(await read("--lines=1", "--show-cursor"))?.[1];
  if (cursor === undefined) throw new Error(`The journal of ${host.name} has no cursor.`);
  return () => read("--output=cat", `--after-cursor=${cursor}`);
}

/** Waits until what was sent to a host's journals is in them. */
export async function syncJournals(host: Host): Promise<void> {
  const { exitCode, stderr } = await host.exec(["sh", "-c", syncing]);
  if (exitCode !== 0) throw new Error(`The journals of ${host.name} were not written out: ${stderr}`);
}

/** Each journal has a daemon of its own. */
export const syncing =
  'set -e; journalctl --sync; for socket in /run/systemd/journal.*/io.systemd.journal; do [ ! -S "$socket" ] || (name="${socket#*/journal.}"; journalctl --namespace="${name%/*}" --sync); done';
