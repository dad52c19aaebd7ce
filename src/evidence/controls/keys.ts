import { tunnelProgram } from "../../host/tunnelProgram";
import { readOneSecret } from "../../plan/hostPolicy";
import { unitNames } from "../../host/units";
import { hostPaths } from "../../host/hostPaths";
import { appSessionRenewalSeconds } from "../../plan/appSession";
import { metadataOptions } from "../../plan/instance";
import { hostKinds } from "../../plan/hostKinds";
import { tunnelEngines } from "../../plan/tunnel";
import { clientRoleChecks, keyGrantsCheck, keyPolicyCheck, roleChecks, secretPolicyChecks } from "../awsGrantChecks";
import { inAws, literally, onHost } from "../check";
import type { Control } from "../control";
import { metadataService } from "../hostCommands";
import { nearEndChecks } from "../nearEndChecks";
import { hasPeers, ofEachNode } from "../shape";
import { wallChecks } from "../wallChecks";

const leastPrivilege: Control = {
  id: "least-privilege",
  title: "Least privilege of hosts",
  hipaa: ["164.312(a)(1)"],
  article: ["access"],
  nist: ["AC-6", "AC-3", "SC-12"],
  demand: "Each host's role reads the host's own credentials, and no others.",
  owners: ["component", "AWS"],
  how: ({ plan, deployed }) => [
    ...ofEachNode(
      plan,
      deployed.nodes,
      (node) =>
        `The role of ${node.name} may ${actions(node.secretArn, deployed)} of ${node.secretArn}${hasPeers(plan) ? ", and write how the node does to a parameter of its own (Systems Manager), which holds no secret" : ""}, and nothing else. What the policies of other resources let it do besides, no check looks at.`,
      `The role of each of the ${deployed.nodes.length} nodes may ${actions(deployed.nodes[0]?.secretArn ?? "", deployed)} of that node's own secret, and write how the node does to a parameter of its own (Systems Manager), which holds no secret, and nothing else. What the policies of other resources let it do besides, no check looks at.`,
    ),
    plan.secretAdministratorArns.length === 0
      ? "The secrets have no policy of their own: the account's IAM decides who else reads them, and no check looks at that."
      : `Each secret's own policy denies reading it to everybody except that role, the account's root user and the administrators (${plan.secretAdministratorArns.join(", ")}); only the root user and the administrators may change it.`,
    `The roles of ${plan.clients.map(({ client }) => client).join(", ")} may do the same, each with its own secret (\`application-credentials\`). All secrets are encrypted under ${deployed.kmsKeyArn}, with no copy in another region. The key's policy lets in this account's IAM alone, and its grants the volumes of the cache's nodes alone. Nodes' user data holds no secret (\`configuration-drift\`).`,
  ],
  checks: (subject) => [
    ...[...subject.deployed.nodes, ...subject.deployed.clients].map(({ name, secretArn }) =>
      inAws(
        `the secret of ${name} is encrypted under the cache's key, and has no copy in another region`,
        `aws secretsmanager describe-secret --secret-id ${secretArn} --output json | jq --raw-output '[.KmsKeyId, .ReplicationStatus[]?.Region] | join(" ")'`,
        `^${literally(subject.deployed.kmsKeyArn)}$`,
      ),
    ),
    ...secretPolicyChecks(subject),
    ...roleChecks(subject),
    keyPolicyCheck(subject),
    keyGrantsCheck(subject),
  ],
  risk: {
    remains:
      "Pulumi's state holds every secret, encrypted: whoever can read and decrypt it has them all. Without secretAdministratorArns, whoever may read any secret in this AWS account can read these as well. With or without them, so can whoever may give one of these roles to an instance (iam:PassRole) or make a role under their path.",
    mitigation:
      'Name those who run pulumi up in secretAdministratorArns. Let few people pass or make roles in this AWS account, or give the cache an account of its own. Use a state backend and a secrets provider (such as AWS KMS) that few may use. After a leak, go on by two generations (docs/rotation.md, "After a leak").',
  },
};

const metadata: Control = {
  id: "instance-metadata",
  title: "Instance metadata for root only",
  hipaa: ["164.312(a)(1)"],
  article: ["wall"],
  nist: ["AC-3", "AC-6"],
  demand: "Nobody but root on the host can get at the role that reads the keys.",
  owners: ["component", "organisation"],
  how: () => [
    `On the node IMDSv2 is ${metadataOptions.httpTokens}, with a hop limit of ${metadataOptions.httpPutResponseHopLimit}; on both hosts the firewall refuses every user but root, and all forwarded traffic, such as that of containers (\`host-firewall\`). The owner of an app host has to require IMDSv2 there, which no check looks at.`,
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
      hostKinds,
      "the firewall refuses others",
      "nft list chain inet hipaa_redis output",
      String.raw`169\.254\.169\.254 meta skuid != ("root"|0) reject`,
    ),
    onHost(
      ["client"],
      "a container gets no token",
      "nft list chain inet hipaa_redis forward",
      String.raw`ip daddr 169\.254\.169\.254 reject`,
    ),
    {
      by: "host",
      hosts: hostKinds,
      shows: "another user gets no token",
      command: `setpriv --reuid=nobody --clear-groups curl --silent --fail --max-time 5 --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' --output /dev/null ${metadataService}/api/token`,
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
  title: "Applications can't read keys",
  hipaa: ["164.312(a)(1)"],
  article: ["wall"],
  nist: ["AC-3", "AC-6", "IA-5(7)"],
  demand:
    "The application can use the tunnel but can't read its certificate and key; nobody else on its host can use it.",
  owners: ["component", "organisation"],
  how: ({ plan }) => [
    `The certificate and its key are 0640 in memory, for root and the tunnel's account (${tunnelEngines.map((tunnel) => tunnelProgram(tunnel).account).join(" or ")}). On app hosts of ${plan.clients.map(({ client }) => client).join(", ")} the application reaches the tunnel by a Unix socket, in a folder that root and the application's group enter, with the connection file and the password and nothing else in it; the firewall leaves the tunnel's port to the application's Unix user and root, and lets no container through to it or to the cache (\`host-firewall\`); ${plan.cluster === undefined ? "systemd holds socket and port while the tunnel is away, so that nobody else can take them" : "the sockets, one for each node, are in a folder in it where the tunnel alone makes files, so that nobody else can take them"} (\`configuration-drift\`).`,
  ],
  checks: ({ plan }) => [
    onHost(
      hostKinds,
      "root and the tunnel alone can read the key",
      `python3 -I -c '${whoReads(hostPaths.privateKey)}'`,
      `^640 root (${tunnelEngines.map((tunnel) => tunnelProgram(tunnel).account).join("|")})$`,
    ),
    onHost(
      hostKinds,
      "the key is in memory only",
      `findmnt --noheadings --output FSTYPE --target ${hostPaths.secretFolder}/`,
      "^tmpfs$",
    ),
    ...wallChecks(plan),
    ...nearEndChecks(plan),
  ],
  risk: {
    remains:
      "There is no wall for an application that runs as root, or as root in a container on the host's own network. A container that the application's folder is mounted into is the application: so is whoever runs in it with that group, or as root with the capability to pass over modes (CAP_DAC_OVERRIDE), which container engines leave by default.",
    mitigation:
      "Run it as the `appUser` of its `HipaaRedisClient`; in a container with that user's group, without capabilities (`--cap-drop=all`), and with the folder mounted for reading alone.",
  },
};

const applicationCredentials: Control = {
  id: "application-credentials",
  title: "The application's own AWS credentials",
  hipaa: ["164.312(a)(1)"],
  article: ["wall"],
  nist: ["AC-3", "AC-6", "IA-5(13)"],
  demand:
    "An application that calls AWS does so with a role of its own, never with its host's, which can read the key.",
  owners: ["component", "organisation"],
  how: ({ plan }) => [
    `The roles of the app hosts of ${plan.clients.map(({ client }) => client).join(", ")} may do nothing but read one secret and, with \`appRoleArn\` or \`appPolicies\`, take one role. That it is the application's is for who writes the program to see to: any role fits the check that is no host's of a cache. root takes it every ${appSessionRenewalSeconds / 60} minutes, and leaves its credentials, which last an hour, in memory for the application's user alone.`,
    "Without these arguments an application has no AWS credentials (`instance-metadata`).",
  ],
  checks: (subject) => [
    ...clientRoleChecks(subject),
    onHost(
      ["client"],
      "the application's user alone reads its credentials, where it has any, in memory",
      whereThereAre(
        `user=$(sed --quiet 's/^HIPAA_REDIS_APP_USER=//p' ${hostPaths.appRoleEnvironment}) && { stat --format='%a %U %G.' ${hostPaths.appFolder} ${hostPaths.appCredentials} | sed "s/ \${user}[.]/ its user/"; findmnt --noheadings --output FSTYPE --target ${hostPaths.appCredentials}; } | paste --serial --delimiters=' '`,
      ),
      "^(none|750 root its user 440 root its user tmpfs)$",
    ),
    onHost(
      ["client"],
      "they last for another quarter of an hour at least",
      whereThereAre(
        `echo $((($(date --date "$(jq --raw-output .Expiration ${hostPaths.appCredentials})" +%s) - $(date +%s)) / 60))`,
      ),
      "^(none|1[5-9]|[2-6][0-9])$",
    ),
    onHost(
      ["client"],
      "the host renews them",
      whereThereAre(`systemctl is-active ${unitNames.appRoleTimer}`),
      "^(none|active)$",
    ),
  ],
  risk: {
    remains:
      "Whoever runs a program as the application's user can take its credentials along and use them elsewhere until they end, for an hour at most. What the role may do, whom else a role of your own trusts, and which role the instance of an app host has, no check looks at.",
    mitigation:
      "Policies that allow what the application needs and no more, with a condition such as `aws:SourceVpc` where calls go through an endpoint of the VPC.",
  },
};

/**
 * The mode of a file, its owner, its group, and whoever else is in that or has rights of their own by an access control list, for
 * Python.
 */
function whoReads(path: string): string {
  return [
    "import grp, os, pwd",
    `path = "${path}"`,
    "seen = os.stat(path)",
    "group = grp.getgrgid(seen.st_gid)",
    "members = {group.gr_name, *group.gr_mem, *(user.pw_name for user in pwd.getpwall() if user.pw_gid == seen.st_gid)}",
    'lists = [name for name in os.listxattr(path) if "acl" in name]',
    "print(oct(seen.st_mode)[-3:], pwd.getpwuid(seen.st_uid).pw_name, *sorted(members), *lists)",
  ].join("; ");
}

/** What is asked of an app host whose application has a role; others answer `none`. */
function whereThereAre(command: string): string {
  return `if [ -e ${hostPaths.appRoleEnvironment} ]; then ${command}; else echo none; fi`;
}

/** What a host's policy allows, in IAM's words. */
function actions(secretArn: string, { kmsKeyArn, region }: { kmsKeyArn: string; region: string }): string {
  return readOneSecret({ secretArn, kmsKeyArn, region })
    .Statement.map(({ Action }) => `\`${Action}\``)
    .join(" and ");
}

export const keyControls: readonly Control[] = [leastPrivilege, metadata, wall, applicationCredentials];
