/**
 * Whether a passphrase alone keeps a stack's secrets, by the stack's settings (`Pulumi.<stack>.yaml`). Pulumi notes a key of a cloud in
 * `secretsprovider`, and the salt of a passphrase in `encryptionsalt` (Pulumi, "Secrets handling"); its own service needs neither.
 */
export function isByPassphrase(settings: unknown): boolean {
  if (typeof settings !== "object" || settings === null) return false;
  const { secretsprovider: provider, encryptionsalt: salt } = settings as Readonly<Record<string, unknown>>;
  if (provider === "passphrase") return true;
  return (provider === undefined || provider === "" || provider === "default") && typeof salt === "string";
}

/** The folder of stacks' settings, from the project's: `stackConfigDir` of its file, which was called `config` before ("Project file"). */
export function settingsFolder(project: unknown): string {
  if (typeof project !== "object" || project === null) return "";
  const { stackConfigDir, config } = project as Readonly<Record<string, unknown>>;
  return [stackConfigDir, config].find((folder) => typeof folder === "string") ?? "";
}

/** What is said of such a stack. */
export function passphraseWarning(project: string, stack: string): string {
  return (
    `The secrets of stack ${stack} of ${project} are encrypted with a passphrase. Its state has the private keys and passwords of every ` +
    "generation of the cache: whoever has a copy of the state and the passphrase can sign in to the cache, and no log tells of it. " +
    'Give the stack a key that AWS keeps and whose use CloudTrail records: `pulumi stack change-secrets-provider "awskms://alias/…"` ' +
    '(docs/operating.md, "Pulumi\'s state").'
  );
}
