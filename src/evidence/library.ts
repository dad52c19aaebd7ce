import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The npm name of this library. */
export const libraryName = "pulumi-hipaa-redis";

/** The version of this library, as its own package.json has it. */
export function libraryVersion(): string {
  const file = join(__dirname, "..", "..", "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
