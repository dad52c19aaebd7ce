import type { SecurityFix } from "../plan/serverVersions";
import type { Settings } from "./encode";
import { hostPaths } from "./hostPaths";

/** Before each start of the server's program, as root: none that is too old is started. */
export function checksServer({ packageName, version }: SecurityFix): Settings {
  return [["ExecStartPre", `+${hostPaths.scriptsFolder}/check-server ${packageName} ${version}`]];
}
