import { createHash } from "node:crypto";
import { nodeUserData } from "../../host/nodeUserData";
import { unitNames } from "../../host/units";
import { encodeUserData } from "../../host/userData";
import { hostKinds } from "../../plan/hostKinds";
import { inAws, onHost, type Check } from "../check";
import type { Control, Subject } from "../control";
import type { DeployedNode } from "../evidence";
import { metadata } from "../hostCommands";

/** What the plan laid down is what is there: whoever changes a host by hand is found, whatever they changed. */
export const configurationDrift: Control = {
  id: "configuration-drift",
  title: "Hosts are configured as planned",
  hipaa: ["164.308(a)(8)"],
  article: ["environments"],
  nist: ["CM-2", "CM-6", "SI-7"],
  proposed: ["proposed 164.312(c)", "proposed 164.312(c)(2)(iii)"],
  demand: "What runs is what was decided and documented. A change by hand is found and undone.",
  owners: ["component", "organisation"],
  how: ({ plan, deployed }) => [
    ...plan.nodes.map(
      ({ name }) =>
        `The user data of ${name} has the SHA-256 \`${userDataDigest({ plan, deployed }, name)}\`, and every file of this library on it is made from it.`,
    ),
    "A host is changed by a deployment, which replaces a node; `pulumi-hipaa-redis verify` finds any other change (docs/verify.md).",
  ],
  checks: (subject) => [
    ...subject.deployed.nodes.flatMap((node) => sameUserData(node, userDataDigest(subject, node.name))),
    onHost(
      hostKinds,
      "every file of this library is as its user data has it",
      `python3 -I -c '${compareFiles}'`,
      "^[1-9][0-9]* files are as they were laid down$",
    ),
    {
      by: "host",
      hosts: hostKinds,
      shows: "nothing overrides a unit of this library",
      command: `systemctl show --property=DropInPaths --value ${Object.values(unitNames)
        .map((name) => `'${name}'`)
        .join(" ")}`,
      expect: { printsNothing: true },
    },
  ],
  risk: {
    remains: "root on a host could change what the checks themselves use.",
    mitigation:
      "Few operators, whose sudo is in the journal (`operator-audit`); replace a node whose state is in doubt.",
  },
};

/**
 * Compares the files that cloud-init wrote for this library (`write_files` of the merged cloud-config) with what they are now,
 * in content and permissions. cloud-init brings Python and its YAML along on every host. Isolated (-I), it loads nothing
 * from the folder that it is called in.
 */
const compareFiles = [
  "import os, re, yaml",
  'config = yaml.safe_load(open("/var/lib/cloud/instance/cloud-config.txt"))',
  String.raw`files = [f for f in config["write_files"] if re.search(r"hipaa(-|\\x2d)redis", f["path"])]`,
  'differs = lambda f: not os.path.isfile(f["path"]) or open(f["path"]).read() != f["content"] or oct(os.stat(f["path"]).st_mode)[-4:] != f["permissions"]',
  'changed = [f["path"] for f in files if differs(f)]',
  'print("changed: " + " ".join(changed) if changed else f"{len(files)} files are as they were laid down")',
].join("; ");

/** As its host was given it, and as AWS would give it to the next. */
function sameUserData({ name, instanceId }: DeployedNode, digest: string): Check[] {
  return [
    onHost(
      ["cache"],
      `the user data is the one that was planned for ${name}`,
      `${metadata("user-data")} | sha256sum`,
      `^${digest} `,
    ),
    inAws(
      `AWS has the planned user data of ${name}`,
      `aws ec2 describe-instance-attribute --instance-id ${instanceId} --attribute userData --query UserData.Value --output text | base64 --decode | sha256sum`,
      `^${digest} `,
    ),
  ];
}

function userDataDigest({ plan, deployed }: Subject, name: string): string {
  const node = plan.nodes.find((one) => one.name === name);
  const made = deployed.nodes.find((one) => one.name === name);
  if (node === undefined || made === undefined) throw new Error(`The evidence has no node ${name}.`);
  const { region } = deployed;
  const encoded = encodeUserData(nodeUserData(plan, node, { region, secretArn: made.secretArn }));
  return createHash("sha256").update(Buffer.from(encoded, "base64")).digest("hex");
}
