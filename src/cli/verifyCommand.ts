import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { evidenceDigest } from "../evidence/digest";
import { targets, type Target } from "../evidence/target";
import { newChallenge } from "../verify/challenge";
import { checkScript } from "../verify/script";
import { readResults } from "../verify/scriptResults";
import { signaturePath, signFile } from "../verify/signature";
import { writeBundle, type BundleOptions } from "./bundleCommand";
import { withBundleOptions } from "./bundleOptions";
import { checkBundle } from "./checkBundleCommand";
import { readEvidenceFile } from "./files";
import { withHelp } from "./help";
import { lookOf, recordFiles, type LookOptions } from "./lookOf";
import { repeated } from "./repeated";
import { refuseOthersPlace } from "./rootsOwn";
import { runOrRead, type RunOptions } from "./run";
import { say, sayLines } from "./say";

interface VerifyOptions extends Omit<LookOptions, "target">, RunOptions, BundleOptions {
  readonly target?: Target;
  readonly all?: true;
  readonly checkBundle?: string;
  readonly signer?: readonly string[];
}

/** `verify`: whether what runs is what was planned. */
export function verifyCommand(): Command {
  const command = new Command("verify")
    .description(
      "Runs the checks of every control on a running host, or in AWS, and compares with what was planned. It changes nothing and prints no secret. Exit code 0: no findings; 1: findings; 2: it could not be done.",
    )
    .addOption(
      new Option(
        "--target <target>",
        "what is looked at: a cache node, an app host (client), or the AWS account; needed but for --all and --check-bundle",
      ).choices(targets),
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
    .addOption(
      new Option(
        "--extract",
        "instead of the checks: what the journals of a host tell of a period (sign-ins, sudo, refusals, failures), as JSON and, beside it, CSV",
      ).conflicts(["patches", "attestations"]),
    )
    .option(
      "--since <date>",
      "where that period begins, such as 2026-11-01 or 2026-11-01T08:00:00Z; by default 31 days before its end",
    )
    .option("--until <date>", "where it ends; by default now")
    .addOption(
      new Option(
        "--patches",
        "instead of the checks: the versions of a host's packages, and the security updates that wait, with their ages",
      ).conflicts("attestations"),
    )
    .option("--out <file>", "write the record to this file, as JSON; needs --sign-with")
    .option(
      "--sign-with <key>",
      "sign the record with this SSH key, as an operator of the cache or another who may (report --signer); needs --out",
    )
    .exitOverride()
    .action(verify);
  return withHelp(withBundleOptions(command), [
    "pulumi stack output evidence --json >evidence.json",
    "pulumi-hipaa-redis verify --target cache --evidence evidence.json --ssh ada@10.0.0.100",
    "pulumi-hipaa-redis verify --target aws --evidence evidence.json",
    "pulumi-hipaa-redis verify --target client --evidence evidence.json --print-script >check.sh",
    "pulumi-hipaa-redis verify --target client --evidence evidence.json --script check.sh --results results",
    "pulumi-hipaa-redis verify --target cache --evidence evidence.json --ssh ada@10.0.0.100 --extract --since 2026-11-01",
    "pulumi-hipaa-redis verify --all --evidence evidence.json --host cache=ada@10.0.0.100 --host aws --out q4 --sign-with ~/.ssh/id_ed25519",
    "pulumi-hipaa-redis verify --check-bundle q4 --evidence evidence.json",
  ]);
}

function verify(options: VerifyOptions): void {
  const { target, all, checkBundle: folder } = options;
  if (folder !== undefined) checkBundle({ ...options, checkBundle: folder });
  else if (all === true) writeBundle(options);
  else if (target !== undefined) verifyTarget({ ...options, target });
  else throw new Error(`--target: give ${targets.join(", ")}; or --all for a bundle, or --check-bundle.`);
}

function verifyTarget(options: VerifyOptions & LookOptions): void {
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
  for (const [path] of out === undefined ? [] : recordFiles(out, {}, ""))
    for (const one of [path, signaturePath(path)]) refuseOthersPlace("--out", one);
  const evidence = readEvidenceFile(options.evidence);
  const look = lookOf(options, evidence);
  if (options.printScript === true) {
    process.stdout.write(checkScript(target, look.commands, newChallenge()));
    return;
  }
  const { place, challenge, printed } = runOrRead(options, look);
  const { results, date, host } = readResults(look.commands, challenge, printed);
  const { record, text, csv, isClean } = look.judge(results, {
    cache: evidence.cache,
    date,
    place,
    host,
    nonce: challenge.nonce,
    evidenceSha256: evidenceDigest(evidence),
  });
  sayLines(text);
  if (out !== undefined && signWith !== undefined) {
    for (const [path, content] of recordFiles(out, record, csv)) {
      writeFileSync(path, content);
      say(`Written and signed: ${path}, ${signFile(path, signWith)}`);
    }
  }
  if (!isClean) process.exitCode = 1;
}
