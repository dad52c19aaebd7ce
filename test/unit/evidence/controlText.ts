import { createHash } from "node:crypto";
import { nodeUserData } from "../../../src/host/nodeUserData.js";
import { archivedText } from "../../../src/host/scriptArchive.js";
import { encodeUserData } from "../../../src/host/userData.js";
import type { AssessedControl, Assessment } from "../../../src/evidence/assess.js";
import { inWords, literally, type Check } from "../../../src/evidence/check.js";

/** What is said of every control, with each check's command as it would be run: for a person to read, and compare. */
export function controlLines(assessment: Assessment): string[] {
  const known = changingValues(assessment).map(([name, value]) => [name, literally(value)] as const);
  return assessment.controls.flatMap(lines).map((line) => named(line, known));
}

function lines({ id, title, demand, how, checks, risk }: AssessedControl): string[] {
  return [
    `${id}: ${title}`,
    `  demanded: ${demand}`,
    ...how.map((text) => `  how: ${text}`),
    ...checks.flatMap(checkLines),
    `  remains: ${risk.remains}`,
    `  mitigation: ${risk.mitigation}`,
  ];
}

function checkLines(check: Check): string[] {
  if (check.by === "person") return [`  person: ${check.shows}`];
  const where = check.by === "aws" ? "aws" : check.hosts.join(", ");
  return [`  ${where}: ${check.shows}`, `    $ ${check.command}`, `    ${inWords(check.expect)}`];
}

/** What is another value in each run, or with each change of a host's files, computed apart from what is tested. */
export function changingValues({ plan, evidence: { deployed } }: Assessment): [name: string, value: string][] {
  const userData = plan.nodes.map((node, index): [string, string] => {
    const { region, nodes } = deployed;
    const encoded = encodeUserData(nodeUserData(plan, node, { region, secretArn: nodes[index]?.secretArn ?? "" }));
    return [`<SHA-256 of the user data of ${node.name}>`, hash(encoded).toString("hex")];
  });
  const keys = plan.operators.map(({ name, sshPublicKey }): [string, string] => {
    const fingerprint = hash(sshPublicKey.split(" ")[1] ?? "")
      .toString("base64")
      .replace(/=+$/, "");
    return [`<fingerprint of the key of ${name}>`, fingerprint];
  });
  const scripts: [string, string] = ["<SHA-256 of the scripts>", sha256(archivedText(plan.engine))];
  return [...userData, ...keys, ...(plan.cluster === undefined ? [] : [scripts])];
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hash(base64: string): Buffer {
  return createHash("sha256").update(Buffer.from(base64, "base64")).digest();
}

function named(line: string, known: readonly (readonly [name: string, value: string])[]): string {
  return known.reduce((text, [name, value]) => text.replaceAll(value, name), line);
}
