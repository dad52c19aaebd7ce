import { unitNames } from "../../host/units";
import { hostPaths } from "../../host/hostPaths";
import { versionSettings } from "../../host/redisConf";
import { engineVersion } from "../../plan/engine";
import { cacheKey, rootVolume } from "../../plan/instance";
import { redisLimits } from "../../plan/limits";
import { hostKinds } from "../../plan/hostKinds";
import { byPerson, inAws, literally, onHost } from "../check";
import { askRedis, askRedisFor, processOf } from "../hostCommands";
import { copiesInMemoryChecks } from "../replicationChecks";
import type { Control, Risk } from "../control";
import { shapeOf, type Shape } from "../shape";

const corePattern = "/proc/sys/kernel/core_pattern";

const inMemoryToo: Readonly<Record<Shape, readonly string[]>> = {
  alone: [],
  replicas: [
    "A replica takes a whole copy of the primary from memory to memory. What Sentinel writes down, the nodes' password in it, is in memory as well, for Redis's user alone.",
  ],
  shards: [
    "A replica takes a whole copy of its primary from memory to memory. What Redis keeps of the cluster, who its nodes are and which slots each has, is in memory as well, for its user alone.",
  ],
};

const nothingOnDisk: Control = {
  id: "nothing-on-disk",
  title: "Redis writes nothing to disk",
  hipaa: ["164.312(a)(2)(iv)"],
  article: ["at-rest"],
  nist: ["SC-28"],
  proposed: ["proposed 164.312(b)"],
  demand: "PHI that is stored to disk is encrypted; here Redis stores none, as it may not save.",
  owners: ["component"],
  how: ({ plan }) => [
    "Redis writes neither snapshots nor a log of commands, and the commands that would make it do so are gone (`dangerous-commands`).",
    `Its one writable folder is ${hostPaths.redisFolder}, ${redisLimits.folderBytes / 1024 ** 2} MiB in memory (\`sandbox\`). No swap, no core dumps, no slow log, no latency monitor.`,
    ...inMemoryToo[shapeOf(plan)],
    "This holds for Redis, the tunnel and the kernel, and for nobody else: an operator who names a key in a command behind sudo has it in the journal, which is on the disk (`operator-audit`), and what they save to a file no check sees. The disk is encrypted (`encrypted-volumes`); names of keys should identify no patient.",
  ],
  checks: ({ plan }) => [
    onHost(["cache"], "Redis saves nothing", askRedis("CONFIG GET save"), "^OK save $"),
    onHost(["cache"], "Redis keeps no log of commands", askRedis("CONFIG GET appendonly"), "^OK appendonly no$"),
    onHost(
      ["cache"],
      "Redis keeps no slow commands",
      askRedisFor(["slowlog-log-slower-than", ...versionSettings(engineVersion(plan)).map(([name]) => name)]),
      // Later versions keep large ones as well, or have what clients send in their log.
      `^OK slowlog-log-slower-than -1${versionSettings(engineVersion(plan))
        .map(([name, value]) => literally(` ${name} ${String(value)}`))
        .join("")}$`,
    ),
    onHost(
      ["cache"],
      "Redis measures no latencies and lists no sign-ins that it refused",
      `echo "$(${askRedis("CONFIG GET latency-monitor-threshold")}) $(${askRedis("CONFIG GET acllog-max-len")})"`,
      "^OK latency-monitor-threshold 0 OK acllog-max-len 0$",
    ),
    onHost(
      ["cache"],
      "Redis's folder is in memory",
      `findmnt --noheadings --output FSTYPE ${hostPaths.redisFolder}`,
      "^tmpfs$",
    ),
    {
      by: "host",
      hosts: ["cache"],
      shows: "nothing has been saved there",
      command: `find ${hostPaths.redisFolder} -type f ! -path ${hostPaths.redisMemory}${plan.cluster === undefined ? "" : ` ! -path ${hostPaths.clusterNodes}`}`,
      expect: { printsNothing: true },
    },
    ...copiesInMemoryChecks(plan),
    {
      by: "host",
      hosts: hostKinds,
      shows: "there is no swap",
      command: "swapon --noheadings --show",
      expect: { printsNothing: true },
    },
    onHost(
      hostKinds,
      "a core dump of any process is thrown away",
      // A container can't set the kernel's own, which is another machine's: there the file says what would be set.
      `if [ -w ${corePattern} ]; then echo "kernel.core_pattern = $(cat ${corePattern})"; else grep '^kernel.core_pattern' ${hostPaths.kernelSettings}; fi`,
      String.raw`^kernel\.core_pattern = \|/bin/false$`,
    ),
    onHost(
      ["cache"],
      "Redis leaves no core dump",
      `prlimit --core --noheadings --raw --output=SOFT,HARD --pid ${processOf(unitNames.redis)}`,
      "^0 0$",
    ),
  ],
  risk: {
    remains: "PHI is in the memory of the node and of the hosts that use it while they run.",
    mitigation: "Dedicated hardware (`dedicated-tenancy`), and few people with an account (`operators`).",
  },
};

const encryptedVolumes: Control = {
  id: "encrypted-volumes",
  title: "Encryption at rest",
  hipaa: ["164.312(a)(2)(iv)"],
  article: ["at-rest"],
  nist: ["SC-28(1)", "SC-12", "SC-13"],
  proposed: ["proposed 164.312(b)"],
  demand: "Should anything be written after all, it is encrypted.",
  owners: ["component", "AWS"],
  how: ({ deployed }) => [
    `The root volume of each node is ${rootVolume.encrypted ? "encrypted" : "not encrypted"} under ${deployed.kmsKeyArn}; KMS ${cacheKey.enableKeyRotation ? "renews" : "does not renew"} the key's material each year. What encrypts it is AWS's (EBS and KMS), not Debian's OpenSSL (SC-13: see tls).`,
    "It is planned to be deleted with the node; what becomes of one that was replaced, no check sees.",
  ],
  checks: ({ deployed }) => [
    ...deployed.nodes.map(({ name, instanceId }) =>
      inAws(
        `all volumes of ${name} are encrypted under the cache's key`,
        `aws ec2 describe-volumes --filters Name=attachment.instance-id,Values=${instanceId} --output json | jq --raw-output '[.Volumes[] | if .Encrypted then .KmsKeyId else "\\(.VolumeId) is not" end] | unique | join(" ")'`,
        `^${deployed.kmsKeyArn}$`,
      ),
    ),
    inAws(
      "the key's material is renewed each year",
      `aws kms get-key-rotation-status --key-id ${deployed.kmsKeyArn} --output json | jq .KeyRotationEnabled`,
      "^true$",
    ),
  ],
  risk: {
    remains: "Whoever may use the key in this AWS account can read the volume.",
    mitigation: "Leave `kms:*` to few, and watch its use in AWS CloudTrail.",
  },
};

const backup: Control = {
  id: "backup",
  title: "Backup of the system of record",
  hipaa: ["164.308(a)(7)(ii)(A)"],
  article: ["at-rest"],
  nist: ["CP-9"],
  proposed: ["proposed 164.312(i)", "proposed 164.312(j)"],
  demand: "Retrievable exact copies of PHI are kept.",
  owners: ["organisation", "component"],
  how: () => [
    "Back up the system that the cache's values are made from: the copies that the rule asks for are made there. This cache holds copies that can be made again on demand, and no other.",
    "Two rules contradict each other: `ebs-in-backup-plan` and `ec2-resources-protected-by-backup-plan` of AWS Config and `EC2EBSInBackupPlan` of cdk-nag ask for a backup of the node's volume, and the article says that nothing may be stored (`nothing-on-disk`). This cache follows the article. Such a backup would have no PHI in it; one that has would need Redis to write snapshots to the disk first.",
    "That nobody copies a node's disk is seen of its present volumes and of snapshots in this account; a volume that was made from another without one (EC2's CopyVolumes), or a snapshot that was deleted again, no check sees.",
    "The node itself is made again from the program and its user data (`configuration-drift`).",
  ],
  checks: ({ deployed }) => [
    byPerson("the system of record that the cache's values are made from is backed up"),
    ...deployed.nodes.map(({ name, instanceId }) =>
      inAws(
        `no snapshot has been made of a volume of ${name}`,
        `volumes=$(aws ec2 describe-volumes --filters Name=attachment.instance-id,Values=${instanceId} --query 'Volumes[].VolumeId' --output json | jq --raw-output 'join(",")') && [ -n "$volumes" ] && aws ec2 describe-snapshots --filters "Name=volume-id,Values=$volumes" --query 'Snapshots[].SnapshotId' --output json | jq length`,
        "^0$",
      ),
    ),
  ],
  risk: riskOfLoss("alone"),
  riskOf: (plan) => riskOfLoss(shapeOf(plan)),
};

function riskOfLoss(shape: Shape): Risk {
  const remains = {
    alone:
      "When a node is replaced the cache is empty, and applications ask the system of record for everything at once.",
    replicas:
      "When all nodes are lost the cache is empty, and applications ask the system of record for everything at once.",
    shards:
      "When all nodes of a shard are lost its part of the keys is gone, and applications ask the system of record for all of that at once.",
  };
  return {
    remains: remains[shape],
    mitigation: "Size the system of record for an empty cache; use the cache for nothing that can't be made again.",
  };
}

export const storageControls: readonly Control[] = [nothingOnDisk, encryptedVolumes, backup];
