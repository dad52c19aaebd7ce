import { hostPaths } from "../../src/plan/hostPaths.js";
import { unitNames } from "../../src/host/units.js";
import type { ExecResult, Host, Probe } from "../hosts/index.js";
import { judged, stranger, type Attempt } from "./attempt.js";
import type { App, RedisAnswer } from "./installApp.js";
import type { Strangers } from "./strangers.js";
import { withoutTheRightCertificate } from "./tlsAttempts.js";

/** Where attempts come from. */
export interface Scene {
  readonly appHost: Host;
  readonly node: Host;
  readonly app: App;
  /** A machine in the app subnet that is not an app host. */
  readonly neighbour: Probe;
  /** A machine in the bastion subnet. */
  readonly bastion: Probe;
  /** The private key of an operator of the node, and one that nobody knows. */
  readonly operator: { readonly name: string; readonly privateKeyFile: string };
  readonly strangersKeyFile: string;
  readonly strangers: Strangers;
}

const redisPort = "6379";

/** Tries every way in; each has a control case in the tests, which succeeds with one thing right. */
export async function tryAll(scene: Scene): Promise<Attempt[]> {
  return [
    ...(await fromTheNetwork(scene)),
    ...(await withoutTheRightCertificate(scene)),
    ...(await throughTheTunnel(scene)),
    ...(await onTheAppHost(scene)),
    ...(await bySsh(scene)),
  ];
}

async function fromTheNetwork({ bastion, neighbour, node }: Scene): Promise<Attempt[]> {
  const open = async (who: string, probe: Probe, port: string): Promise<Attempt> => {
    const { exitCode } = await connectTo(probe, node.privateIp, port);
    const cameBack = exitCode === timedOut ? "no answer" : `connect ended with ${exitCode}`;
    return { who, what: `open port ${port}`, cameBack, refused: exitCode === timedOut };
  };
  return [
    await open("a machine in the bastion subnet", bastion, redisPort),
    await open(stranger, neighbour, "22"),
    await open(stranger, neighbour, "16379"),
  ];
}

/** Opens a TCP connection; the exit code tells whether it opened (0), was refused (1) or got no answer (124). */
export function connectTo(probe: Probe, address: string, port: string): Promise<ExecResult> {
  return probe.exec(["bash", "-c", `exec 3<>/dev/tcp/${address}/${port}`], { timeoutMs: 3000 });
}

const timedOut = 124;

async function throughTheTunnel({ app, appHost }: Scene): Promise<Attempt[]> {
  const answers = await app.send(lockedCommandLines.map((line) => ({ command: line.split(" ") })));
  const ping = ["PING"];
  const [wrong, none] = await app.send([
    { command: ping, password: "wrong-password" },
    { command: ping, password: "" },
  ]);
  const other = await appHost.exec(["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/6379"], { user: "nobody" });
  return [
    ...lockedCommandLines.map((line, index) => answered(line, answers[index], /^ERR unknown command/)),
    answered("PING with a wrong password", wrong, /^WRONGPASS/),
    answered("PING without a password", none, /^NOAUTH/),
    judged("another Unix user of the app host", "open the tunnel", other, /Connection refused/),
  ];
}

/** One call of each command that the article, or this library beyond it, takes away. */
const lockedCommandLines = [
  "CONFIG GET requirepass",
  ...["SAVE", "BGSAVE", "BGREWRITEAOF", "DEBUG SLEEP 0", "SHUTDOWN NOSAVE", "FLUSHDB", "FLUSHALL"],
  ...["ACL LIST", "MONITOR", "REPLICAOF 192.0.2.1 6379", "EVAL return(1) 0", "MODULE LIST", "SLOWLOG GET"],
];

async function onTheAppHost({ appHost }: Scene): Promise<Attempt[]> {
  const as = async (
    user: string,
    what: string,
    command: readonly string[],
    reason: RegExp,
  ): Promise<Attempt> =>
    judged(`the Unix user ${user}`, what, await appHost.exec(command, { user, timeoutMs: 10_000 }), reason);
  const denied = /Permission denied/;
  const environment = ["sh", "-c", `cat /proc/$(${tunnelPid})/environ`];
  return [
    await as("web", "read the tunnel's private key", ["cat", hostPaths.privateKey], denied),
    await as("web", "read the tunnel's environment", environment, denied),
    await as("web", "ask the metadata service for a token", askForMetadataToken, /Failed to connect/),
    await as("web", "read cloud-init's user data", ["cat", "/var/lib/cloud/instance/user-data.txt"], denied),
    await as("nobody", "read the password", ["cat", hostPaths.password], denied),
    await as("nobody", "read the connection file", ["cat", "/etc/hipaa-redis/connection.json"], denied),
  ];
}

/** Prints the number of the tunnel's process. */
export const tunnelPid = `systemctl show --property=MainPID --value ${unitNames.tunnel}`;

export const askForMetadataToken = [
  ...["curl", "-sS", "-X", "PUT", "-H", "X-aws-ec2-metadata-token-ttl-seconds: 60"],
  "http://169.254.169.254/latest/api/token",
];

async function bySsh({ bastion, node, operator, strangersKeyFile }: Scene): Promise<Attempt[]> {
  const sign = async (what: string, user: string, keyFile: string): Promise<Attempt> => {
    const result = await ssh(bastion, node.privateIp, { user, keyFile }, ["true"]);
    return judged("a machine in the bastion subnet", what, result, /Permission denied \(publickey\)/);
  };
  return [
    await sign("sign in as the operator with another key", operator.name, strangersKeyFile),
    await sign("sign in as root with the operator's key", "root", operator.privateKeyFile),
    await sign("sign in as Debian's default user", "admin", operator.privateKeyFile),
  ];
}

/** Signs in and runs a command. */
export function ssh(
  from: Probe,
  address: string,
  { user, keyFile }: { readonly user: string; readonly keyFile: string },
  command: readonly string[],
): Promise<ExecResult> {
  const options = [
    "BatchMode=yes",
    "StrictHostKeyChecking=no",
    "UserKnownHostsFile=/dev/null",
    "LogLevel=ERROR",
  ];
  const flags = [...options, "IdentitiesOnly=yes", "ConnectTimeout=10"].flatMap((option) => ["-o", option]);
  return from.exec(["ssh", ...flags, "-i", keyFile, `${user}@${address}`, ...command], { timeoutMs: 30_000 });
}

function answered(what: string, answer: RedisAnswer | undefined, reason: RegExp): Attempt {
  const cameBack = answer?.error ?? JSON.stringify(answer?.reply ?? null);
  const refused = answer?.error !== undefined && reason.test(answer.error);
  return { who: "the application", what, cameBack: cameBack.slice(0, 100), refused };
}
