import { hostAccounts, hostPaths } from "../plan/hostPaths";

/** One file on a host that is made of one field of its secret. */
export interface SecretFile<Field extends string> {
  readonly field: Field;
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: string;
}

export type TunnelField = "certificate" | "privateKey" | "trusted";
export type NodeField = TunnelField | "redisConfig";
export type ClientField = TunnelField | "password";

/** What a host's secret holds: a JSON object with exactly the fields that its files are made of. */
export type SecretContent<Field extends string> = Readonly<Record<Field, string>>;

/** The tunnel alone reads these; 0640 as in the article's "Certificate Generation". */
const tunnelFiles: readonly SecretFile<TunnelField>[] = (
  [
    ["certificate", hostPaths.certificate],
    ["privateKey", hostPaths.privateKey],
    ["trusted", hostPaths.trusted],
  ] as const
).map(([field, path]) => ({ field, path, owner: "root", group: hostAccounts.tunnel, mode: "0640" }));

export const nodeSecretFiles: readonly SecretFile<NodeField>[] = [
  ...tunnelFiles,
  ownFile("redisConfig", hostPaths.redisSecrets, hostAccounts.redis),
];

export function clientSecretFiles(appUser: string): readonly SecretFile<ClientField>[] {
  return [...tunnelFiles, ownFile("password", hostPaths.password, appUser)];
}

/** The table that the fetching script works through. */
export function secretFilesTable(files: readonly SecretFile<string>[]): string {
  return files
    .map((file) => `${file.field} ${file.path} ${file.owner} ${file.group} ${file.mode}\n`)
    .join("");
}

function ownFile<Field extends string>(field: Field, path: string, user: string): SecretFile<Field> {
  return { field, path, owner: user, group: user, mode: "0400" };
}
