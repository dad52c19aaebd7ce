import { hostPaths, redisAccount } from "../plan/hostPaths";
import type { TunnelEngine } from "../plan/tunnel";
import { tunnelProgram } from "./tunnelProgram";

/** One file on a host that is made of one field of its secret. */
export interface SecretFile<Field extends string> {
  readonly field: Field;
  readonly path: string;
  readonly owner: string;
  readonly group: string;
  readonly mode: string;
}

export type IdentityField = "certificate" | "privateKey";
export type NodeField = IdentityField | "trusted" | "admitted" | "redisConfig";
export type ClientField = IdentityField | "trusted" | "password";

/** The files of a node: what its tunnel trusts is in its engine's own form. */
export function nodeSecretFiles(engine: TunnelEngine): readonly SecretFile<NodeField>[] {
  const { admissionFiles } = tunnelProgram(engine);
  return [
    ...identityFiles(engine),
    ...admissionFiles.map(({ field, path }) => tunnelFile(engine, field, path)),
    redisFile("redisConfig", hostPaths.redisSecrets),
  ];
}

export function clientSecretFiles(engine: TunnelEngine, appUser: string): readonly SecretFile<ClientField>[] {
  return [
    ...identityFiles(engine),
    tunnelFile(engine, "trusted", hostPaths.trusted),
    appFile("password", hostPaths.password, appUser),
  ];
}

function identityFiles(engine: TunnelEngine): SecretFile<IdentityField>[] {
  return [
    tunnelFile(engine, "certificate", hostPaths.certificate),
    tunnelFile(engine, "privateKey", hostPaths.privateKey),
  ];
}

/** The tunnel alone reads these; 0640 as in the article's "Certificate Generation". */
function tunnelFile<Field extends string>(
  engine: TunnelEngine,
  field: Field,
  path: string,
): SecretFile<Field> {
  return { field, path, owner: "root", group: tunnelProgram(engine).account, mode: "0640" };
}

/** The table that the fetching script works through. */
export function secretFilesTable(files: readonly SecretFile<string>[]): string {
  return files
    .map((file) => `${file.field} ${file.path} ${file.owner} ${file.group} ${file.mode}\n`)
    .join("");
}

/** Redis alone reads this: the tunnel is in its group. */
function redisFile<Field extends string>(field: Field, path: string): SecretFile<Field> {
  return { field, path, owner: redisAccount, group: redisAccount, mode: "0400" };
}

/** The application reads this, and not even the application can write it. */
function appFile<Field extends string>(field: Field, path: string, user: string): SecretFile<Field> {
  return { field, path, owner: "root", group: user, mode: "0440" };
}
