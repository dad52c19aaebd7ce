import { newChallenge, type Challenge } from "../verify/challenge";
import type { Look } from "../verify/look";
import { bySsh, runScript, thisMachine, type Place } from "../verify/runScript";
import { challengeOf, checkScript } from "../verify/script";
import { readExactText, readTextFile } from "./files";

/** What a script has printed, where, and by which word it is known. */
export interface Run {
  readonly place: string;
  readonly challenge: Challenge;
  readonly printed: string;
}

export interface RunOptions {
  readonly ssh?: string;
  readonly sshOption?: readonly string[];
  readonly results?: string;
  readonly script?: string;
}

/** Runs the commands of a look, or reads what its script has printed elsewhere. */
export function runOrRead({ results, script, ssh, sshOption = [] }: RunOptions, look: Look): Run {
  if (results !== undefined && script !== undefined) {
    const challenge = readChallenge(script, look);
    return { place: "results that were handed over", challenge, printed: readTextFile("--results", results) };
  }
  const place: Place = ssh === undefined ? thisMachine : bySsh(ssh, sshOption);
  const challenge = newChallenge();
  const printed = runScript(place, checkScript(look.target, look.commands, challenge));
  return { place: place.name, challenge, printed };
}

/** @throws Error when it is not, to the byte, a script that was printed of these commands. */
function readChallenge(path: string, { target, commands }: Look): Challenge {
  const script = readExactText("--script", path);
  const challenge = challengeOf(script);
  if (challenge === undefined || checkScript(target, commands, challenge) !== script)
    throw new Error(
      `--script: ${path} is not what --print-script prints for the target ${target} of this cache, with this version of the library.`,
    );
  return challenge;
}
