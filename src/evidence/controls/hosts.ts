import { nodePackages } from "../../host/nodeUserData";
import { tunnelProgram } from "../../host/tunnelProgram";
import { unitNames } from "../../host/units";
import { readOneSecret } from "../../plan/hostPolicy";
import { hostPaths } from "../../plan/hostPaths";
import { metadataOptions } from "../../plan/instance";
import { redisLimits, tunnelLimits } from "../../plan/limits";
import { tunnelEngines } from "../../plan/tunnel";
import { byPerson, inAws, onHost } from "../check";
import type { Control } from "../control";

const both = ["cache", "client"] as const;

/** What `systemd-analyze security` may count at most, in tenths; 0 is best, 100 an unhardened service. */
const mostExposure = 25;

const sandbox: Control = {
  id: "sandbox",
  title: "Who breaks into a service is locked in",
  hipaa: ["164.312(a)(1)"],
  article: ["environment"],
  nist: ["SC-39", "AC-6", "SI-16"],
  proposed: ["164.312(c)"],
  demand: "A flaw in Redis or in the tunnel opens nothing else.",
  owners: ["component"],
  how: ({ plan }) => [
    `Redis and ${tunnelProgram(plan.tunnel).packageName} run as users of their own, without capabilities, on a read-only file system, with filtered system calls and no executable memory; Redis has no network, the tunnel the applications' networks alone.`,
  ],
  checks: () => [
    onHost(
      both,
      `systemd counts the tunnel's exposure as ${mostExposure / 10} at most`,
      `systemd-analyze security --no-pager --threshold=${mostExposure} ${unitNames.tunnel}`,
      "Overall exposure level",
    ),
    onHost(
      ["cache"],
      `systemd counts Redis's exposure as ${mostExposure / 10} at most`,
      `systemd-analyze security --no-pager --threshold=${mostExposure} ${unitNames.redis}`,
      "Overall exposure level",
    ),
  ],
  risk: {
    remains: "A flaw in the kernel itself.",
    mitigation: "Debian's security updates restart the node for a new kernel (security-updates).",
  },
};

const limits: Control = {
  id: "limits",
  title: "No client can take the others' place",
  hipaa: ["164.312(a)(1)"],
  article: [],
  nist: ["SC-5", "SC-6"],
  demand: "A client that sends or asks too much is refused or cut; the others keep what they have.",
  owners: ["component"],
  how: () => [
    `${tunnelLimits.connectionsFromOneHost} connections from one host, ${tunnelLimits.connections} in the tunnel, ${redisLimits.clients} in Redis.`,
    `Redis has ${redisLimits.memoryPercent} % of the machine's memory, ${redisLimits.clientMemoryPercent} % of that for all clients' buffers; the tunnel at most ${tunnelLimits.memoryPercent} %; a value has ${redisLimits.largestValueBytes / 1024 ** 2} MiB at most.`,
  ],
  checks: () => [
    onHost(
      ["cache"],
      "connections from one host are limited",
      "nft list chain inet hipaa_redis input",
      `ct count over ${tunnelLimits.connectionsFromOneHost}`,
    ),
    onHost(["cache"], "Redis's memory is limited", `cat ${hostPaths.redisMemory}`, "^maxmemory [1-9]"),
    onHost(
      ["cache"],
      "Redis's clients are limited",
      `cat ${hostPaths.redisConfig}`,
      `^maxclients ${redisLimits.clients}$`,
    ),
  ],
  risk: {
    remains: "Handshakes of strangers in the applications' network cost the node CPU.",
    mitigation: "`appSecurityGroupIds`, and a larger `instanceType`.",
  },
};

const securityUpdates: Control = {
  id: "security-updates",
  title: "Security patches are kept current",
  hipaa: [],
  article: ["patches"],
  nist: ["SI-2", "RA-5"],
  proposed: ["164.312(h)"],
  demand: "Security patches on the host are current.",
  owners: ["component", "organisation"],
  how: ({ plan }) => [
    `Debian's security updates, and no others, are installed at ${plan.securityUpdateWindow} UTC; a service whose code was replaced is restarted, and a new kernel restarts the node.`,
    ...(plan.imageHasPackages
      ? ["The packages come with the image: it has to be made anew where the node has no way to a mirror."]
      : []),
  ],
  checks: ({ plan }) => [
    onHost(["cache"], "the window is open", `systemctl is-active ${unitNames.updatesTimer}`, "^active$"),
    onHost(
      ["cache"],
      "the window is the planned one",
      `systemctl cat ${unitNames.updatesTimer}`,
      `^OnCalendar=${plan.securityUpdateWindow.replaceAll(".", "\\.")} UTC$`,
    ),
    onHost(
      ["cache"],
      "the last run of updates has not failed",
      `systemctl is-failed ${unitNames.updates} || true`,
      "^(inactive|active|activating)$",
    ),
    onHost(
      ["cache"],
      "the packages are installed",
      `dpkg-query --show --showformat='\${Package} \${db:Status-Status}\\n' ${nodePackages(plan.tunnel).join(" ")} | grep --count ' installed$'`,
      `^${nodePackages(plan.tunnel).length}$`,
    ),
  ],
  risk: {
    remains:
      "A hole is open until the next window, and one without a patch until Debian has it. App hosts' other packages are their owner's.",
    mitigation: "A daily window; vulnerability scans (vulnerability-scans).",
  },
};

const leastPrivilege: Control = {
  id: "least-privilege",
  title: "A host reads its one secret and nothing else",
  hipaa: ["164.312(a)(1)"],
  article: ["access"],
  nist: ["AC-6", "AC-3", "SC-12"],
  demand: "Credentials are where they are needed, and nowhere else.",
  owners: ["component", "AWS"],
  how: ({ plan, deployed }) => [
    ...deployed.nodes.map(
      (node) =>
        `The role of ${node.name} may ${actions(node.secretArn, deployed)} of ${node.secretArn}, and nothing else.`,
    ),
    `The roles of ${plan.clients.map(({ client }) => client).join(", ")} may do the same, each with its own secret. All secrets are encrypted under ${deployed.kmsKeyArn}; user data holds none.`,
  ],
  checks: ({ deployed }) =>
    [...deployed.nodes, ...deployed.clients].map(({ name, secretArn }) =>
      inAws(
        `the secret of ${name} is encrypted under the cache's key`,
        `aws secretsmanager describe-secret --secret-id ${secretArn} --query 'KmsKeyId' --output text`,
        `^${deployed.kmsKeyArn}$`,
      ),
    ),
  risk: {
    remains: "Pulumi's state holds every secret, encrypted: who can read and decrypt it has them all.",
    mitigation: "A state backend and a secrets provider (such as AWS KMS) that few may use.",
  },
};

const metadata: Control = {
  id: "instance-metadata",
  title: "Instance metadata is for root alone",
  hipaa: ["164.312(a)(1)"],
  article: ["wall"],
  nist: ["AC-3", "AC-6"],
  demand: "Nobody but root on the host can get at the role that reads the keys.",
  owners: ["component", "organisation"],
  how: () => [
    `On the node IMDSv2 is ${metadataOptions.httpTokens}, with a hop limit of ${metadataOptions.httpPutResponseHopLimit}; on both hosts the firewall refuses every user but root. An app host's IMDSv2 is its owner's to demand.`,
  ],
  checks: ({ deployed }) => [
    ...deployed.nodes.map(({ name, instanceId }) =>
      inAws(
        `${name} takes IMDSv2 alone`,
        `aws ec2 describe-instances --instance-ids ${instanceId} --query 'Reservations[].Instances[].MetadataOptions.[HttpTokens,HttpPutResponseHopLimit]' --output text`,
        String.raw`^${metadataOptions.httpTokens}\s+${metadataOptions.httpPutResponseHopLimit}$`,
      ),
    ),
    onHost(
      both,
      "the firewall refuses others",
      "nft list chain inet hipaa_redis output",
      String.raw`169\.254\.169\.254 meta skuid != ("root"|0) reject`,
    ),
    {
      by: "host",
      roles: both,
      shows: "another user gets no token",
      command:
        "setpriv --reuid=nobody --clear-groups curl --silent --fail --max-time 5 --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' --output /dev/null http://169.254.169.254/latest/api/token",
      expect: { fails: true },
    },
  ],
  risk: {
    remains: "root on a host can read its secret, by design.",
    mitigation: "Applications that don't run as root, and few operators.",
  },
};

const wall: Control = {
  id: "wall",
  title: "A wall between the application and the keys",
  hipaa: ["164.312(a)(1)"],
  article: ["wall"],
  nist: ["AC-3", "AC-6", "IA-5(7)"],
  demand:
    "The application can use the tunnel but can't read its certificate and key; nobody else on its host can use it.",
  owners: ["component", "organisation"],
  how: ({ plan }) => [
    `Keys are 0640 in memory, for root and the tunnel's account (${tunnelEngines.map((engine) => tunnelProgram(engine).account).join(" or ")}). On app hosts of ${plan.clients.map(({ client }) => client).join(", ")} the firewall leaves the tunnel's port to the application's Unix user and root.`,
  ],
  checks: () => [
    onHost(
      both,
      "root and the tunnel alone can read the key",
      `stat --dereference --format='%a %U %G' ${hostPaths.privateKey}`,
      `^640 root (${tunnelEngines.map((engine) => tunnelProgram(engine).account).join("|")})$`,
    ),
    onHost(
      both,
      "the key is in memory only",
      `findmnt --noheadings --output FSTYPE --target ${hostPaths.secretFolder}/`,
      "^tmpfs$",
    ),
    onHost(
      ["client"],
      "the tunnel's port is for the application's user",
      "nft list chain inet hipaa_redis output",
      String.raw`ip daddr 127\.0\.0\.0/8 tcp dport \S+ meta skuid != \{ .* \} reject`,
    ),
  ],
  risk: {
    remains: "An application that runs as root is behind no wall.",
    mitigation: "Run it as the `appUser` of its `HipaaRedisClient`.",
  },
};

const vulnerabilityScans: Control = {
  id: "vulnerability-scans",
  title: "Scans and penetration tests",
  hipaa: [],
  article: [],
  nist: ["RA-5", "CA-8"],
  proposed: ["164.312(h)"],
  demand:
    "Vulnerabilities are looked for twice a year and penetration tests are done once a year (the rule proposed in 2025).",
  owners: ["organisation"],
  how: () => [
    `The node records each package with its version in its journal, at boot and after each run of updates (${unitNames.packages}), which a scan can be compared with. The library's own tests try to break into hosts like these on every run; that replaces no test of the deployed system.`,
  ],
  checks: () => [
    byPerson("the last scan and the last penetration test are on file, with what became of their findings"),
  ],
  risk: {
    remains: "A weakness that nobody has looked for.",
    mitigation: "Amazon Inspector, or a scanner that takes the journal's list of packages.",
  },
};

/** What a host's policy allows, in IAM's words. */
function actions(secretArn: string, { kmsKeyArn, region }: { kmsKeyArn: string; region: string }): string {
  return readOneSecret({ secretArn, kmsKeyArn, region })
    .Statement.map(({ Action }) => `\`${Action}\``)
    .join(" and ");
}

export const hostControls: readonly Control[] = [
  sandbox,
  limits,
  securityUpdates,
  leastPrivilege,
  metadata,
  wall,
  vulnerabilityScans,
];
