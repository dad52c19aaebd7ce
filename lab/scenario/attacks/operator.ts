import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { unitNames } from "../../../src/host/units.js";
import type { ExecResult } from "../../hosts/index.js";
import { ofTunnel, said, type Attack, type AttackSuite } from "../attack.js";
import { listens } from "../listens.js";
import type { Scene } from "../scene.js";
import { markJournal } from "../journal.js";
import { ssh, type SshCall } from "../ssh.js";
import { metadataToken, tunnelPid } from "./appHost.js";
import { signIn } from "./signIn.js";

/** Where a second sshd listens for the control cases, on the node's loopback: the same, with nothing forbidden. */
const permissivePort = 2222;
const permissive = [
  "AllowTcpForwarding=yes",
  "AllowStreamLocalForwarding=yes",
  "AllowAgentForwarding=yes",
  "AcceptEnv=*",
  "StreamLocalBindUnlink=yes",
  "DisableForwarding=no",
];

const denied = /Permission denied|Operation not permitted/;
const count = /^[1-9]\d*$/m;

/** `perl` is on every Debian host; a shell opens no Unix socket. */
const askRedis = `perl -e 'use Socket; socket(my $s, AF_UNIX, SOCK_STREAM, 0); connect($s, sockaddr_un("${hostPaths.redisSocket}")) or die "$!\\n"; syswrite($s, "PING\\r\\n"); sysread($s, my $answer, 99); print $answer'`;

/** An operator who has signed in. With sudo they are root, and nothing on the host is shut to root. */
export const operator: AttackSuite = {
  title: "An operator, without sudo",
  dependsOn: [],
  open: openPermissiveServer,
  attacks: [
    without("ask Redis on its socket", { command: askRedis, refusal: denied, success: /NOAUTH/ }),
    ...[
      hostPaths.privateKey,
      hostPaths.redisUsers,
      hostPaths.redisCommands,
      "/var/lib/cloud/instance/user-data.txt",
      "/proc/1/environ",
    ].map((path) => without(`read ${path}`, read(path))),
    ...["environ", "mem"].map((file) =>
      ofTunnel(
        without(`read the tunnel's /proc/…/${file}`, {
          command: `: </proc/$(${tunnelPid})/${file} && echo opened`,
          refusal: denied,
          success: /opened/,
        }),
      ),
    ),
    without("read Redis's memory", {
      command: ": </proc/$(pgrep -ox '(redis|valkey)-server')/mem && echo opened",
      refusal: denied,
      success: /opened/,
    }),
    without("ask the metadata service for a token", metadataToken),
    without("reload the tunnel", {
      command: `systemctl reload ${unitNames.tunnel} && echo reloaded`,
      success: /reloaded/,
      refusal: /Interactive authentication required|Access denied/,
    }),
    without("stop Redis with a signal", {
      command: "kill -0 $(pgrep -ox '(redis|valkey)-server') && echo may",
      refusal: denied,
      success: /may/,
    }),
    {
      who: "an operator",
      from: "the node",
      what: "add another key to their own",
      refusal: /Permission denied \(publickey\)/,
      attempt: async (scene) => {
        const strangers = readFileSync(`${scene.strangersKeyFile}.pub`, "utf8").trim();
        const add = `mkdir -p ~/.ssh; chmod 700 ~/.ssh; echo "${strangers}" >~/.ssh/authorized_keys`;
        const added = await signIn(scene, { command: [add] });
        if (added.exitCode !== 0) return `it could not be added: ${added.stderr}`;
        return said(await signIn(scene, { keyFile: scene.strangersKeyFile }));
      },
      controlCase: {
        what: "the key that is named",
        success: /^ada$/m,
        attempt: async (scene) => said(await signIn(scene, {})),
      },
    },
    {
      who: "an operator",
      from: "the node",
      refusal: /sudo's log has it/,
      what: "run a command as root past sudo's log, by a program that asks the kernel itself",
      attempt: (scene) => runUnseen(scene, "sudo"),
      controlCase: {
        what: "by systemd-run, which has systemd start it",
        success: /sudo's log does not have it/,
        attempt: (scene) => runUnseen(scene, "sudo systemd-run --quiet --wait"),
      },
    },
    forwarding("forward a port to the node's loopback", {
      options: ["-W", "127.0.0.1:22"],
      command: [],
      success: /SSH-2\.0/,
      refusal: /administratively prohibited/,
    }),
    forwarding("have the node listen for them", {
      options: ["-o", "ExitOnForwardFailure=yes", "-R", "5999:127.0.0.1:22"],
      success: /^ada$/m,
      refusal: /remote port forwarding failed/,
    }),
    forwarding("have the node listen for them on a Unix socket", {
      options: ["-o", "ExitOnForwardFailure=yes", "-R", "/tmp/listen.sock:127.0.0.1:22"],
      success: /^ada$/m,
      refusal: /remote port forwarding failed/,
    }),
    forwarding("take their SSH agent along", {
      agent: true,
      options: ["-A"],
      command: ['[ -S "$SSH_AUTH_SOCK" ] && echo agent || echo no agent'],
      refusal: /no agent/,
      success: /^agent$/m,
    }),
    forwarding("bring a library of their own into the login", {
      options: ["-o", "SetEnv=LD_PRELOAD=/tmp/evil.so"],
      command: ['echo "preload ${LD_PRELOAD:-none}"'],
      refusal: /preload none/,
      success: /preload \/tmp\/evil\.so/,
    }),
  ],
};

interface Deed {
  readonly command: string;
  readonly refusal: RegExp;
  readonly success: RegExp;
}

/** On the node, as the operator; the control case is the same with sudo. */
function without(what: string, { command, refusal, success }: Deed): Attack {
  const run =
    (sudo: readonly string[]) =>
    async (scene: Scene): Promise<string> =>
      said(await signIn(scene, { command: [...sudo, "bash", "-c", `'${command.replaceAll("'", "'\\''")}'`] }));
  return {
    who: "an operator",
    from: "the node",
    what,
    refusal,
    attempt: run([]),
    controlCase: { what: "with sudo", success, attempt: run(["sudo"]) },
  };
}

interface Forwarding extends Pick<SshCall, "options" | "command"> {
  readonly agent?: true;
  readonly refusal: RegExp;
  readonly success: RegExp;
}

function forwarding(what: string, wish: Forwarding): Attack {
  const { options = [], command = ["id", "-un"], agent = false, refusal, success } = wish;
  const before = agent ? ["ssh-agent"] : [];
  const call = ({ operator: { name, privateKeyFile } }: Scene, address: string, port: number): SshCall => ({
    address,
    port,
    user: name,
    keyFile: privateKeyFile,
    options,
    command,
  });
  return {
    who: "an operator",
    from: "the bastion subnet",
    what,
    refusal,
    attempt: async (scene) => {
      const from = (line: readonly string[], more: object): Promise<ExecResult> =>
        scene.bastion.exec([...before, ...line], more);
      return said(await ssh(from, call(scene, scene.node.privateIp, 22)));
    },
    controlCase: {
      what: "an sshd that allows it",
      success,
      attempt: async (scene) => {
        const from = (line: readonly string[], more: object): Promise<ExecResult> =>
          scene.node.execFromOutside([...before, ...line], more);
        return said(await ssh(from, call(scene, "127.0.0.1", permissivePort)));
      },
    },
  };
}

async function openPermissiveServer({ node }: Scene): Promise<() => Promise<void>> {
  const unit = "permissive-sshd";
  const options = permissive.flatMap((option) => ["-o", option]);
  const sshd = ["/usr/sbin/sshd", "-D", "-p", String(permissivePort), ...options];
  await node.exec(["systemd-run", "--quiet", "--collect", `--unit=${unit}`, ...sshd]);
  await listens(node, permissivePort);
  return async () => {
    await node.exec(["systemctl", "stop", unit]);
  };
}

function read(path: string): Deed {
  return { command: `head -c 100 ${path} | wc -c`, refusal: denied, success: count };
}

/** Has a program run /bin/true by the system call, with a word that stands nowhere else: its own line has it backwards. */
async function runUnseen(scene: Scene, as: string): Promise<string> {
  const word = randomUUID();
  const backwards = Buffer.from(word).reverse().toString();
  const execve = process.arch === "arm64" ? 221 : 59;
  const program = `@a = ("/bin/true", scalar reverse "${backwards}"); syscall(${execve}, $a[0], pack("p*", @a, undef), 0); die $!`;
  const told = await markJournal(scene.node, "the host's");
  const ran = await signIn(scene, { command: [`${as} perl -e '${program}'`] });
  if (ran.exitCode !== 0) return `it did not run: ${said(ran)}`;
  return (await told()).includes(word) ? "sudo's log has it" : "sudo's log does not have it";
}
