import type { Statements } from "./statement.js";

const anotherKey = "attach a volume that is encrypted under another key";

/** What src/evidence/controls/storage.ts says. */
export const storageStatements: Statements = {
  "nothing-on-disk": [
    {
      claim: "PHI that is stored to disk is encrypted;",
      found: { aws: ["attach a volume that is not encrypted"] },
    },
    {
      claim: "here Redis stores none, as it may not save.",
      found: { node: ["run Redis so that it saves", "run Redis with a log of commands"] },
    },
    {
      claim:
        "Redis writes neither snapshots nor a log of commands, and the commands that would make it do so are gone (`dangerous-commands`).",
      found: { node: ["run Redis so that it saves", "run Redis with a log of commands", "run Redis with DEBUG"] },
    },
    {
      claim: "Its one writable folder is /run/hipaa-redis/redis",
      found: { node: ["run Redis on a file system that it could write"] },
      swapped: { answers: [["Redis's folder is in memory", "ext4"]] },
    },
    { claim: "1 MiB in memory (`sandbox`)", found: { answers: [["Redis's folder is in memory", "ext4"]] } },
    {
      claim: "No swap, no core dumps, no slow log, no latency monitor.",
      found: {
        node: [
          "let core dumps be written",
          "let Redis leave a core dump",
          "run Redis with logs of slow commands and of refused sign-ins",
        ],
        answers: [["there is no swap", "/dev/nvme1n1 partition 1G 0B -2"]],
      },
    },
    {
      claim: "This holds for Redis, the tunnel and the kernel, and for nobody else",
      unseen: "what they save to a file no check sees",
    },
    { claim: "The disk is encrypted (`encrypted-volumes`);", swapped: { aws: [anotherKey] } },
    { claim: "names of keys should identify no patient.", noState: "It is advice." },
  ],
  "encrypted-volumes": [
    {
      claim: "Should anything be written after all, it is encrypted.",
      found: { aws: ["attach a volume that is not encrypted"] },
    },
    {
      claim: "The root volume of each node is encrypted under arn:aws:kms:us-east-1:000000000000:key/1;",
      found: { aws: ["attach a volume that is not encrypted"] },
      swapped: { aws: [anotherKey] },
    },
    { claim: "KMS renews the key's material each year.", found: { aws: ["stop the yearly renewal of the key"] } },
    {
      claim: "What encrypts it is AWS's (EBS and KMS), not Debian's OpenSSL (SC-13: see tls).",
      noState: "It says who does it.",
    },
    {
      claim: "It is planned to be deleted with the node;",
      unseen: "what becomes of one that was replaced, no check sees.",
    },
    {
      claim: "what becomes of one that was replaced, no check sees.",
      unseen: "what becomes of one that was replaced, no check sees.",
    },
  ],
  backup: [
    {
      claim: "Retrievable exact copies of PHI are kept.",
      found: { attested: ["the system of record that the cache's values are made from is backed up"] },
    },
    {
      claim: "Back up the system that the cache's values are made from",
      found: { attested: ["the system of record that the cache's values are made from is backed up"] },
    },
    {
      claim: "This cache holds copies that can be made again on demand, and no other.",
      unseen: "use the cache for nothing that can't be made again",
    },
    {
      claim:
        "Two rules contradict each other: `ebs-in-backup-plan` and `ec2-resources-protected-by-backup-plan` of AWS Config and `EC2EBSInBackupPlan` of cdk-nag ask for a backup of the node's volume, and the article says that nothing may be stored (`nothing-on-disk`).",
      noState: "It says what others ask.",
    },
    {
      claim: "This cache follows the article.",
      found: { node: ["run Redis so that it saves"], aws: ["make a snapshot of the node's disk"] },
      swapped: { answers: [["no snapshot has been made of a volume of sessions-0", "1"]] },
    },
    { claim: "Such a backup would have no PHI in it;", found: { node: ["run Redis so that it saves"] } },
    {
      claim: "one that has would need Redis to write snapshots to the disk first.",
      found: { node: ["run Redis so that it saves"] },
    },
    {
      claim: "That nobody copies a node's disk is seen of its present volumes and of snapshots in this account;",
      found: { aws: ["make a snapshot of the node's disk"] },
    },
    {
      claim:
        "a volume that was made from another without one (EC2's CopyVolumes), or a snapshot that was deleted again, no check sees.",
      unseen: "no check sees",
    },
    {
      claim: "The node itself is made again from the program and its user data (`configuration-drift`).",
      found: { node: ["change a script"] },
    },
  ],
};
