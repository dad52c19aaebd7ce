import { answeringAccount } from "../../src/evidence/hostCommands.js";
import type { Challenge } from "../../src/verify/challenge.js";
import { checkScript } from "../../src/verify/script.js";

/**
 * A script that anybody may run on this machine, as it is not for a host, and that asks no AWS who is signed in: another command says what comes before the
 * machine's own name.
 */
export function scriptHere(commands: readonly string[], challenge: Challenge, names = "true"): string {
  const script = checkScript("aws", commands, challenge);
  if (!script.includes(answeringAccount)) throw new Error("The script asks AWS in another way than this test knows.");
  return script.replace(answeringAccount, () => names);
}
