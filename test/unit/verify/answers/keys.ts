import { ended, firewall, key, otherKey, type Answers, type AnswersToCheck } from "./answer.js";

/** Policies as AWS has them, by jq: keys in their order. */
const secretArn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:sessions-0-server-AbCdEf";
const policy =
  `{"Statement":[{"Action":"secretsmanager:GetSecretValue","Effect":"Allow","Resource":"${secretArn}"},` +
  `{"Action":"kms:Decrypt","Condition":{"StringEquals":{"kms:EncryptionContext:SecretARN":"${secretArn}",` +
  `"kms:ViaService":"secretsmanager.us-east-1.amazonaws.com"}},"Effect":"Allow","Resource":"${key}"}],"Version":"2012-10-17"}`;
/** That of an app host: a role of the same kind. */
export const policyOfAnother = policy.replaceAll("sessions-0-server", "sessions-client-web");
const trust =
  '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"}}],"Version":"2012-10-17"}';
const keyPolicy =
  '[{"Action":"kms:*","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Resource":"*"}]';

const socket = "/run/hipaa-redis/client/redis.sock";

/** What is told of the application's folder, with something else in one place. */
function folder(
  changed: { mode?: string; owner?: string; group?: string; socket?: string; more?: string } = {},
): string {
  const { mode = "drwxr-x---", owner = "hipaa-redis", group = "its user", more = "" } = changed;
  const { socket: socketMode = "srw-rw----" } = changed;
  return (
    "-r--r----- root its user /run/hipaa-redis/client/connection.json -r--r----- root its user /run/hipaa-redis/client/password " +
    `${mode} ${owner} ${group} /run/hipaa-redis/client${more} ${socketMode} hipaa-redis its user ${socket}`
  );
}

export const keysAnswers: Answers = {
  "least-privilege": [
    ...["sessions-0", "web"].map((name): AnswersToCheck => [
      `the secret of ${name} is encrypted under the cache's key, and has no copy in another region`,
      key,
      otherKey,
      `${key} us-west-2`,
      "",
    ]),
    ...["sessions-0", "web"].map((name): AnswersToCheck => [
      `the policy of the secret of ${name} is as it was planned, and lets nobody else at it`,
      "{}",
      "",
      '{"Statement":[],"Version":"2012-10-17"}',
    ]),
    [
      "the role of sessions-0 has its one policy, as it was planned, and no other",
      `attached: none; inside: ${policy}`,
      "attached: none; inside: ",
      `attached: AdministratorAccess; inside: ${policy}`,
      `attached: none; inside: ${policy.replace(/"Resource":"arn:aws:secretsmanager[^"]*"/, '"Resource":"*"')}`,
      `attached: none; inside: ${policyOfAnother}`,
      `attached: none; inside: ${policy.replace(key, otherKey)}`,
    ],
    [
      "the role of sessions-0 is for EC2 alone",
      trust,
      trust.replace("ec2.amazonaws", "lambda.amazonaws"),
      trust.replace('{"Service":"ec2.amazonaws.com"}', '{"AWS":"*","Service":"ec2.amazonaws.com"}'),
      "",
    ],
    [
      "the key's policy is as it was planned, and lets nobody else at it",
      keyPolicy,
      keyPolicy.replace("000000000000", "123456789012"),
      keyPolicy.replace("}]", `},${keyPolicy.slice(1)}`),
      "[]",
      "",
    ],
    ["no grant of the key is for anything but a volume of a node", "0", "1", "10", ""],
  ],
  "instance-metadata": [
    ["sessions-0 takes IMDSv2 alone", "required\t1", "optional\t1", "required\t2", "required\t10"],
    [
      "the firewall refuses others",
      firewall('ip daddr 169.254.169.254 meta skuid != "root" reject'),
      firewall('ip daddr 169.254.169.254 meta skuid != "web" reject'),
      firewall('ip daddr 169.254.169.254 meta skuid != "root" accept'),
    ],
    [
      "a container gets no token",
      firewall("ip daddr 169.254.169.254 reject"),
      firewall("ip daddr 169.254.169.254 accept"),
      firewall('ip daddr 169.254.169.254 meta skuid != "root" reject'),
    ],
    ["another user gets no token", ended(7), ""],
  ],
  wall: [
    [
      "root and the tunnel alone can read the key",
      "640 root haproxy",
      "644 root haproxy",
      "640 root web",
      "640 root haproxy web",
      "640 root haproxy system.posix_acl_access",
      "640 web haproxy",
    ],
    ["the key is in memory only", "tmpfs", "ext4"],
    [
      "the tunnel's port is for the application's user",
      firewall('ip daddr 127.0.0.0/8 tcp dport redis meta skuid != { "root", "web" } reject'),
      firewall("ip daddr 127.0.0.0/8 tcp dport redis accept"),
      firewall('ip daddr 10.0.0.0/8 tcp dport redis meta skuid != { "root", "web" } reject'),
    ],
    [
      "nobody but the tunnel answers on its port",
      firewall('ip saddr 127.0.0.0/8 tcp sport redis meta skuid != { "root", "haproxy" } drop'),
      firewall("ip saddr 127.0.0.0/8 tcp sport redis accept"),
    ],
    [
      "no container reaches the tunnel",
      firewall('iif != "lo" ip daddr 127.0.0.0/8 tcp dport redis reject with tcp reset'),
      firewall("ip daddr 127.0.0.0/8 tcp dport redis reject with tcp reset"),
      firewall('iif != "lo" ip daddr 127.0.0.0/8 tcp dport redis accept'),
    ],
    [
      "no container reaches the cache past it",
      firewall("ip daddr 10.0.0.100 tcp dport redis reject with tcp reset"),
      firewall("ip daddr 10.0.0.100 tcp dport redis accept"),
      firewall("ip daddr 169.254.169.254 reject"),
    ],
    [
      "the application's folder is for its user, and holds the socket, the connection file and the password alone",
      folder(),
      folder({ mode: "drwxr-xr-x" }),
      folder({ mode: "drwxr-x---+" }),
      folder({ owner: "root" }),
      folder({ owner: "haproxy" }),
      folder({ group: "www-data." }),
      folder({ socket: "srw-rw-rw-" }),
      folder({ more: " lrwxrwxrwx root root. /run/hipaa-redis/secret" }),
      folder({ more: " -rw-r--r-- root root. /run/hipaa-redis/client/.hidden" }),
      "drwxr-x--- hipaa-redis its user /run/hipaa-redis/client",
      "",
    ],
    [
      "the socket in it is the one that systemd holds",
      `u_str LISTEN 0 4096 ${socket} 1 * 0 users:(("haproxy",pid=9,fd=3),("systemd",pid=1,fd=40)) <-> ino:7 dev:0/24 peers:`,
      `u_str LISTEN 0 4096 ${socket} 1 * 0 users:(("python3",pid=9,fd=3)) <-> ino:7 dev:0/24 peers:`,
      `u_str LISTEN 0 4096 ${socket} 1 * 0 users:(("systemd",pid=12,fd=3)) <-> ino:7 dev:0/24 peers:`,
      ended(1),
      "",
    ],
    ["root reaches the tunnel", "open", ended(1), "not open"],
    ["the application reaches it, and can read neither the certificate nor its key", "open", ended(1), "not open"],
    ["another user does not", ended(1), ""],
  ],
  "application-credentials": [
    [
      "the hosts of web may read its secret and take one role, and nothing else, by roles for EC2 alone",
      "0",
      "1",
      "10",
      "",
    ],
    [
      "the application's user alone reads its credentials, where it has any, in memory",
      "750 root its user 440 root its user tmpfs",
      "755 root its user 440 root its user tmpfs",
      "750 root its user 444 root its user tmpfs",
      "750 root its user 440 root other. tmpfs",
      "750 root its user 440 root its user ext4",
      "750 root its user tmpfs",
      "",
    ],
    ["they last for another quarter of an hour at least", "45", "14", "-3", "0", "100", ""],
    ["the host renews them", "none", "inactive", ""],
  ],
  "connection-log": [
    ["the tunnel that runs writes to its journal", "1 1", "1 0", "0 1", "1 11"],
    [
      "the VPC has a flow log of all traffic, which is delivered and kept for a month at least",
      "2192 days",
      "1 days",
      "30 days",
      "",
    ],
  ],
  documentation: [
    ["this is a node that the report speaks of", "i-0123456789abcdef0", "i-0123456789abcdef1", "i-0123456789abcdef01"],
    [
      "sessions-0 runs, and is where the report says",
      "running\t10.0.0.100",
      "stopped\t10.0.0.100",
      "running\t10.0.0.101",
      "running\t10.0.01100",
    ],
  ],
};
