import { createHash } from "node:crypto";
import { nodeUserData } from "../../host/nodeUserData";
import { unitNames } from "../../host/units";
import { archivedScripts, archivedText, archiveMark } from "../../host/scriptArchive";
import { encodeUserData } from "../../host/userData";
import { hostPaths } from "../../host/hostPaths";
import type { Engine } from "../../plan/engine";
import { hostKinds } from "../../plan/hostKinds";
import { inAws, literally, onHost, type Check } from "../check";
import type { Control, Subject } from "../control";
import type { DeployedNode } from "../evidence";
import { metadata } from "../hostCommands";
import { ofEachNode, shapeOf } from "../shape";

/** What the plan laid down is what is there: whoever changes a host by hand is found, whatever they changed. */
export const configurationDrift: Control = {
  id: "configuration-drift",
  title: "Hosts are configured as planned",
  hipaa: ["164.308(a)(8)"],
  article: ["environments"],
  nist: ["CM-2", "CM-6", "SI-7"],
  proposed: ["proposed 164.312(c)", "proposed 164.312(c)(2)(iii)"],
  demand:
    "What runs is what was decided and documented. A change by hand of what this library laid down is found; a deployment undoes it.",
  owners: ["component", "organisation"],
  how: ({ plan, deployed }) => [
    ...ofEachNode(
      plan,
      deployed.nodes,
      ({ name, imageId }) =>
        `${name} is of the type ${plan.instanceType} and was made of the image ${imageId}; what has become of its disk since, the image's id doesn't tell.`,
      `Every node is of the type ${plan.instanceType} and was made of the image that the annex has for it; what has become of its disk since, the image's id doesn't tell.`,
    ),
    ...ofEachNode(
      plan,
      plan.nodes,
      ({ name }) =>
        `The user data of ${name} has the SHA-256 \`${userDataDigest({ plan, deployed }, name)}\`, and every file of this library on it is made from it.`,
      "The user data of each node has a SHA-256 of its own, which the annex has, and every file of this library on it is made from it. Scripts for which user data has no room come with the node's secret; user data has their sum.",
    ),
    "A host is changed by a deployment, which replaces a node. `pulumi-hipaa-redis verify` finds any other change of these files, of who may write them, and of these units (docs/verify.md). Of Debian's own files, and of what an app host's owner has there, it finds what another control's check is about, and nothing else.",
  ],
  checks: (subject) => [
    sameUserDataOnHost(subject),
    ...subject.deployed.nodes.flatMap((node) => [
      sameUserDataInAws(node, userDataDigest(subject, node.name)),
      sameMachine(node, subject.plan.instanceType),
    ]),
    onHost(
      hostKinds,
      "every file of this library is as its user data has it",
      `python3 -I -c '${compareFiles}'`,
      "^[1-9][0-9]* files are as they were laid down$",
    ),
    ...(subject.plan.cluster === undefined ? [] : [archivedScriptsCheck(subject.plan.engine)]),
    onHost(
      hostKinds,
      "root alone may change them, and the keys of operators",
      `python3 -I -c '${whoMayChange}'`,
      "^root alone may change them$",
    ),
    {
      by: "host",
      hosts: hostKinds,
      shows: "nothing overrides a unit of this library",
      command: `systemctl show --property=DropInPaths --value ${unitsOf(subject.plan)
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

function unitsOf(plan: Subject["plan"]): string[] {
  const { sentinel, health, cluster } = unitNames;
  const others = { alone: [sentinel, health, cluster], replicas: [cluster], shards: [sentinel] }[shapeOf(plan)];
  return Object.values(unitNames).filter((name) => !(others as readonly string[]).includes(name));
}

/** What cloud-init wrote for this library (`write_files` of the merged cloud-config), and for nobody else. It brings Python and its YAML along. */
const files = [
  "import os, re, stat, yaml",
  'config = yaml.safe_load(open("/var/lib/cloud/instance/cloud-config.txt"))',
  String.raw`files = [f for f in config["write_files"] if re.search(r"hipaa(-|\\x2d)redis", f["path"])]`,
];

/**
 * Compares them with what they are now, in content and permissions. Isolated (-I), Python loads nothing from the folder that it is
 * called in.
 */
const compareFiles = [
  ...files,
  'differs = lambda f: not os.path.isfile(f["path"]) or open(f["path"]).read() != f["content"] or oct(os.stat(f["path"]).st_mode)[-4:] != f["permissions"]',
  'changed = [f["path"] for f in files if differs(f)]',
  'print("changed: " + " ".join(changed) if changed else f"{len(files)} files are as they were laid down")',
].join("; ");

/** Whoever owns a folder may put another file in the place of one. */
const whoMayChange = [
  ...files,
  `keys = "${hostPaths.operatorKeys}"`,
  'paths = {path for f in files for path in (f["path"], os.path.dirname(f["path"]))} | {os.path.join(at, one) for at, _, names in os.walk(keys) for one in [".", *names]}',
  "others = lambda s: s.st_uid != 0 or s.st_mode & (stat.S_IWOTH | (stat.S_IWGRP if s.st_gid != 0 else 0))",
  "open = sorted(path for path in paths if not os.path.exists(path) or others(os.stat(path)))",
  'print("not of root alone: " + " ".join(open) if open else "root alone may change them")',
].join("; ");

/** As user data has the sum of them, in its order; and whether others may write what root runs. */
function archivedScriptsCheck(engine: Engine): Check {
  return onHost(
    ["cache"],
    "the scripts that came with the secret are those that the node's user data has the sum of, and root alone may change any",
    `echo "$(for name in ${archivedScripts.join(" ")}; do echo "${archiveMark}$name"; cat ${hostPaths.scriptsFolder}/"$name"; done | sha256sum | cut --characters=1-64), $(find ${hostPaths.scriptsFolder} '(' ! -user root -o -perm /022 ')' | wc --lines) of others"`,
    `^${createHash("sha256").update(archivedText(engine)).digest("hex")}, 0 of others$`,
  );
}

/** As its host was given it: one of several says which of them it is. */
function sameUserDataOnHost(subject: Subject): Check {
  const { nodes } = subject.deployed;
  const digests = nodes.map(({ name, instanceId }) => ({ instanceId, digest: userDataDigest(subject, name) }));
  const sum = `${metadata("user-data")} | sha256sum`;
  if (nodes.length === 1)
    return onHost(
      ["cache"],
      `the user data is the one that was planned for ${nodes.map(({ name }) => name).join()}`,
      sum,
      `^${digests.map(({ digest }) => digest).join()} `,
    );
  return onHost(
    ["cache"],
    "the user data is the one that was planned for the node",
    `echo "$(${metadata("meta-data/instance-id")}) $(${sum})"`,
    `^(${digests.map(({ instanceId, digest }) => `${literally(instanceId)} ${digest}`).join("|")}) `,
  );
}

/** As AWS would give it to the next host. */
function sameUserDataInAws({ name, instanceId }: DeployedNode, digest: string): Check {
  return inAws(
    `AWS has the planned user data of ${name}`,
    `aws ec2 describe-instance-attribute --instance-id ${instanceId} --attribute userData --query UserData.Value --output text | base64 --decode | sha256sum`,
    `^${digest} `,
  );
}

/** Another image, or another type of machine, is another instance than the one that was decided. */
function sameMachine({ name, instanceId, imageId }: DeployedNode, instanceType: string): Check {
  return inAws(
    `${name} is of the planned image and type`,
    `aws ec2 describe-instances --instance-ids ${instanceId} --query 'Reservations[].Instances[].[ImageId,InstanceType]' --output text`,
    String.raw`^${literally(imageId)}\s+${literally(instanceType)}$`,
  );
}

/** It is asked for by several checks of each of hundreds of nodes. */
function userDataDigest(subject: Subject, name: string): string {
  const known = digests.get(subject.plan) ?? new Map<string, string>();
  const digest = known.get(name) ?? digestOf(subject, name);
  digests.set(subject.plan, known.set(name, digest));
  return digest;
}

const digests = new WeakMap<Subject["plan"], Map<string, string>>();

function digestOf({ plan, deployed }: Subject, name: string): string {
  const node = plan.nodes.find((one) => one.name === name);
  const made = deployed.nodes.find((one) => one.name === name);
  if (node === undefined || made === undefined) throw new Error(`The evidence has no node ${name}.`);
  const { region } = deployed;
  const encoded = encodeUserData(nodeUserData(plan, node, { region, secretArn: made.secretArn }));
  return createHash("sha256").update(Buffer.from(encoded, "base64")).digest("hex");
}
