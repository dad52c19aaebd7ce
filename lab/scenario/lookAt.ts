import type { CommandResult } from "../../src/evidence/check.js";
import type { Evidence } from "../../src/evidence/evidence.js";
import type { HostRoleName } from "../../src/plan/hostRoles.js";
import { checkScript } from "../../src/verify/script.js";
import { readResults } from "../../src/verify/scriptResults.js";
import {
  roleChecks,
  verification,
  type RoleChecks,
  type Verification,
} from "../../src/verify/verification.js";
import type { Host } from "../hosts/index.js";

/** What `verify` says of a host, its script run there as root. */
export async function lookAt(
  host: Host,
  role: HostRoleName,
  evidence: Evidence,
  evidenceSha256 = "",
): Promise<Verification> {
  const checks = roleChecks(evidence, role);
  const about = { date: new Date(), place: host.name, evidenceSha256 };
  return verification(checks, await answersOf(host, checks), about);
}

/** What the commands of `verify` bring on a host. */
export async function answersOf(
  host: Host,
  { role, commands }: RoleChecks,
): Promise<(CommandResult | undefined)[]> {
  const input = checkScript(role, commands);
  const { exitCode, stdout, stderr } = await host.exec(["sh", "-s"], { input, timeoutMs: 300_000 });
  if (exitCode !== 0) throw new Error(`The script of verify failed on ${host.name}: ${stderr}`);
  return readResults(commands, stdout);
}
