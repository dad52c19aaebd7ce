import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { parseAttestations } from "../verify/attestations";
import { newChallenge, type Challenge } from "../verify/challenge";
import { targets, type Target } from "../evidence/target";
import { bySsh, runScript, thisMachine, type Place } from "../verify/runScript";
import { challengeOf, checkScript } from "../verify/script";
import { readResults } from "../verify/scriptResults";
import { signaturePath, signFile } from "../verify/signature";
import { verificationText } from "../verify/table";
import { targetChecks, verification, type TargetChecks } from "../verify/verification";
import { readEvidenceFile, readExactText, readTextFile } from "./files";
import { withHelp } from "./help";
import { repeated } from "./repeated";
import { refuseOthersPlace } from "./rootsOwn";
import { say } from "./say";

interface VerifyOptions {
  readonly target: Target;
  readonly evidence: string;
  readonly ssh?: string;
  readonly sshOption?: readonly string[];
  readonly printScript?: true;
  readonly results?: string;
  readonly script?: string;
  readonly attestations?: string;
  readonly out?: string;
  readonly signWith?: string;
}

/** `verify`: whether what runs is what was planned. */
export function verifyCommand(): Command {
  const command = new Command("verify")
    .description(
      "Runs the checks of every control on a running host, or in AWS, and compares with what was planned. It changes nothing and prints no secret. Exit code 0: no findings; 1: findings; 2: it could not be done.",
    )
    .addOption(
      new Option("--target <target>", "what is looked at: a cache node, an app host (client), or the AWS account")
        .choices(targets)
        .makeOptionMandatory(),
    )
    .requiredOption("--evidence <file>", "what `pulumi stack output evidence --json` prints; - for standard input")
    .option(
      "--ssh <destination>",
      "sign in to the host with ssh, and use sudo there; by default the checks run on this machine",
    )
    .option(
      "--ssh-option <option>",
      "an option of ssh_config(5) for that, such as ProxyJump=ada@bastion; may be repeated",
      repeated,
    )
    .addOption(
      new Option(
        "--print-script",
        "print a script for sh(1) that runs the checks, for another way to the host; keep it for --script",
      ).conflicts(["ssh", "results", "script", "out", "attestations"]),
    )
    .addOption(
      new Option(
        "--results <file>",
        "judge what that script has printed within the last day; - for standard input; needs --script",
      ).conflicts("ssh"),
    )
    .option("--script <file>", "the script that has printed these results, as --print-script printed it")
    .option(
      "--attestations <file>",
      "attestations by people, JSON or YAML in the form of `saf attest`; what nobody has attested is then a finding",
    )
    .option("--out <file>", "write the record to this file, as JSON; needs --sign-with")
    .option(
      "--sign-with <key>",
      "sign the record with this SSH key, as an operator of the cache or another who may (report --signer); needs --out",
    )
    .exitOverride()
    .action(verify);
  return withHelp(command, [
    "pulumi stack output evidence --json >evidence.json",
    "pulumi-hipaa-redis verify --target cache --evidence evidence.json --ssh ada@10.0.0.100",
    "pulumi-hipaa-redis verify --target aws --evidence evidence.json",
    "pulumi-hipaa-redis verify --target client --evidence evidence.json --print-script >check.sh",
    "pulumi-hipaa-redis verify --target client --evidence evidence.json --script check.sh --results results",
  ]);
}

function verify(options: VerifyOptions): void {
  const { target, out, signWith } = options;
  if ((out === undefined) !== (signWith === undefined)) {
    throw new Error("--out and --sign-with go together: a record that nobody has signed proves nothing.");
  }
  if ((options.results === undefined) !== (options.script === undefined)) {
    throw new Error("--results and --script go together: the script tells which run the results are of.");
  }
  if (target === "aws" && options.ssh !== undefined) {
    throw new Error("--ssh: the checks of the target aws run where the AWS CLI has its credentials, not on a host.");
  }
  for (const path of out === undefined ? [] : [out, signaturePath(out)]) refuseOthersPlace("--out", path);
  const evidence = readEvidenceFile(options.evidence);
  const checks = targetChecks(evidence, target);
  if (options.printScript === true) {
    process.stdout.write(checkScript(target, checks.commands, newChallenge()));
    return;
  }
  const attestations =
    options.attestations === undefined
      ? {}
      : { attestations: parseAttestations(readTextFile("--attestations", options.attestations), new Date()) };
  const { place, challenge, printed } = runOrRead(options, checks);
  const { results, date, host } = readResults(checks.commands, challenge, printed);
  const about = { date, place, host, nonce: challenge.nonce, ...attestations };
  const record = verification(checks, results, about);
  say(verificationText(record));
  if (out !== undefined && signWith !== undefined) {
    writeFileSync(out, `${JSON.stringify(record, null, 2)}\n`);
    say(`Written and signed: ${out}, ${signFile(out, signWith)}`);
  }
  if (record.findings.length > 0) process.exitCode = 1;
}

interface Run {
  readonly place: string;
  readonly challenge: Challenge;
  readonly printed: string;
}

function runOrRead({ results, script, ssh, sshOption = [] }: VerifyOptions, checks: TargetChecks): Run {
  if (results !== undefined && script !== undefined) {
    const challenge = readChallenge(script, checks);
    return { place: "results that were handed over", challenge, printed: readTextFile("--results", results) };
  }
  const place: Place = ssh === undefined ? thisMachine : bySsh(ssh, sshOption);
  const challenge = newChallenge();
  const printed = runScript(place, checkScript(checks.target, checks.commands, challenge));
  return { place: place.name, challenge, printed };
}

/** @throws Error when it is not, to the byte, a script that was printed of these checks. */
function readChallenge(path: string, { target, commands }: TargetChecks): Challenge {
  const script = readExactText("--script", path);
  const challenge = challengeOf(script);
  if (challenge === undefined || checkScript(target, commands, challenge) !== script)
    throw new Error(
      `--script: ${path} is not what --print-script prints for the target ${target} of this cache, with this version of the library.`,
    );
  return challenge;
}
