import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { parseAttestations } from "../verify/attestations";
import { roles, type Role } from "../verify/role";
import { bySsh, runScript, thisMachine, type Place } from "../verify/runScript";
import { checkScript } from "../verify/script";
import { readResults } from "../verify/scriptResults";
import { signaturePath, signFile } from "../verify/signature";
import { verificationText } from "../verify/table";
import { roleChecks, verification, type RoleChecks } from "../verify/verification";
import { readEvidenceFile, readTextFile } from "./files";
import { repeated } from "./repeated";
import { refuseOthersPlace } from "./rootsOwn";

interface VerifyOptions {
  readonly role: Role;
  readonly evidence: string;
  readonly ssh?: string;
  readonly sshOption: readonly string[];
  readonly printScript?: true;
  readonly results?: string;
  readonly attestations?: string;
  readonly out?: string;
  readonly signWith?: string;
}

/** `verify`: whether what runs is what was planned. */
export function verifyCommand(): Command {
  return new Command("verify")
    .description(
      "Runs the checks of every control on a running host, or in AWS, and compares with what was planned. It changes nothing and prints no secret. Exit code 0: no findings; 1: findings; 2: it could not be done.",
    )
    .addOption(
      new Option("--role <role>", "what is looked at: a cache node, an app host (client), or the AWS account")
        .choices(roles)
        .makeOptionMandatory(),
    )
    .requiredOption(
      "--evidence <file>",
      "what `pulumi stack output evidence --json` prints; - for standard input",
    )
    .option(
      "--ssh <destination>",
      "sign in to the host with ssh, and use sudo there; by default the checks run on this machine",
    )
    .option(
      "--ssh-option <option>",
      "an option of ssh_config(5) for that, such as ProxyJump=ada@bastion; may be repeated",
      repeated,
      [],
    )
    .addOption(
      new Option(
        "--print-script",
        "print a script for sh(1) that runs the checks, for another way to the host",
      ).conflicts(["ssh", "results", "out", "attestations"]),
    )
    .addOption(
      new Option("--results <file>", "judge what that script has printed; - for standard input").conflicts(
        "ssh",
      ),
    )
    .option(
      "--attestations <file>",
      "what people have looked at, JSON or YAML in the form of `saf attest`; what nobody has is then a finding",
    )
    .option("--out <file>", "write the record, JSON, there; needs --sign-with")
    .option(
      "--sign-with <key>",
      "sign the record with this SSH key, as an operator of the cache; needs --out",
    )
    .exitOverride()
    .action(verify);
}

function verify(options: VerifyOptions): void {
  const { role, out, signWith } = options;
  if ((out === undefined) !== (signWith === undefined)) {
    throw new Error("--out and --sign-with go together: a record that nobody has signed proves nothing.");
  }
  if (role === "aws" && options.ssh !== undefined) {
    throw new Error(
      "--ssh: the checks of the role aws run where the AWS CLI has its credentials, not on a host.",
    );
  }
  for (const path of out === undefined ? [] : [out, signaturePath(out)]) refuseOthersPlace("--out", path);
  const { evidence, sha256 } = readEvidenceFile(options.evidence);
  const checks = roleChecks(evidence, role);
  if (options.printScript === true) {
    process.stdout.write(checkScript(role, checks.commands));
    return;
  }
  const attestations =
    options.attestations === undefined
      ? {}
      : { attestations: parseAttestations(readTextFile("--attestations", options.attestations)) };
  const { place, printed } = runOrRead(options, checks);
  const record = verification(checks, readResults(checks.commands, printed), {
    date: new Date(),
    place,
    evidenceSha256: sha256,
    ...attestations,
  });
  console.log(verificationText(record));
  if (out !== undefined && signWith !== undefined) {
    writeFileSync(out, `${JSON.stringify(record, null, 2)}\n`);
    console.log(`Written and signed: ${out}, ${signFile(out, signWith)}`);
  }
  if (record.findings.length > 0) process.exitCode = 1;
}

function runOrRead(
  { results, ssh, sshOption }: VerifyOptions,
  { role, commands }: RoleChecks,
): { place: string; printed: string } {
  if (results !== undefined)
    return { place: "a host whose results were handed over", printed: readTextFile("--results", results) };
  const place: Place = ssh === undefined ? thisMachine : bySsh(ssh, sshOption);
  return { place: place.name, printed: runScript(place, checkScript(role, commands)) };
}
