import type { Evidence } from "../../src/evidence/evidence.js";
import type { HostKind } from "../../src/plan/hostKinds.js";
import { newChallenge } from "../../src/verify/challenge.js";
import { checkScript } from "../../src/verify/script.js";
import { readResults, type Results } from "../../src/verify/scriptResults.js";
import type { VerificationRecord } from "../../src/evidence/record.js";
import { targetChecks, verification, type TargetChecks } from "../../src/verify/verification.js";
import type { Host } from "../hosts/index.js";

/** What `verify` says of a host, its script run there as root. */
export async function lookAt(host: Host, target: HostKind, evidence: Evidence): Promise<VerificationRecord> {
  const checks = targetChecks(evidence, target);
  const { results, ...when } = await answersOf(host, checks);
  const about = { ...when, nonce: "", place: host.name };
  return verification(checks, results, about);
}

/** A machine of many hosts may stand still for longer than one host has for a check. */
const busyCheckSeconds = 600;

/** What the commands of `verify` bring on a host. */
export async function answersOf(
  host: Host,
  { target, commands }: Pick<TargetChecks, "target" | "commands">,
): Promise<Results> {
  const challenge = newChallenge();
  const input = checkScript(target, commands, challenge, busyCheckSeconds);
  const { exitCode, stdout, stderr } = await host.exec(["sh", "-s"], { input, timeoutMs: 2 * 1000 * busyCheckSeconds });
  if (exitCode !== 0) throw new Error(`The script of verify failed on ${host.name}: ${stderr}`);
  return readResults(commands, challenge, stdout);
}
