import { journalNames } from "../../../src/host/journals.js";
import { unitNames } from "../../../src/host/units.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { redisPort } from "../../../src/plan/ports.js";
import { ofTunnel, said, type Attack, type AttackSuite } from "../attack.js";
import { flushedWall } from "./flushedWall.js";
import { rootsCommandLines } from "./rootsCommandLine.js";

/** Prints the number of the tunnel's process. */
export const tunnelPid = `systemctl show --property=MainPID --value ${unitNames.tunnel}`;

const askForMetadataToken =
  "curl -sS --max-time 15 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' http://169.254.169.254/latest/api/token";

/** Of the token itself nothing is shown. */
export const metadataToken = {
  command: `set -o pipefail; ${askForMetadataToken} | sed -E 's/^[A-Za-z0-9_=-]{20,}$/a token/'`,
  refusal: /Failed to connect/,
  success: /^a token$/m,
};

const denied = /Permission denied|Operation not permitted/;
const count = /^[1-9]\d*$/m;
const cloud = "/var/lib/cloud/instance";

/** System calls that a shell has no command for: ptrace(2) with PTRACE_SEIZE, and a raw socket (packet(7)). */
const seize = `perl -e 'syscall(${process.arch === "arm64" ? 117 : 101}, 0x4206, $ARGV[0] + 0, 0, 0) == 0 or die "$!\\n"; print "seized\\n"' $(${tunnelPid})`;
const sniff = `perl -e 'socket(my $s, 17, 3, 0x300) or die "$!\\n"; print "listening\\n"'`;
const openTunnel = `exec 3<>/dev/tcp/127.0.0.1/${redisPort} && echo opened`;

/** For bash(1), from anywhere: says `opened`, or why not. */
export const openSocket = `python3 -c 'import socket; socket.socket(socket.AF_UNIX).connect("${hostPaths.clientSocket}")' && echo opened`;

/** What is laid down for an application to read. */
const forApplications = [hostPaths.connection, hostPaths.clientConnection, hostPaths.clientPassword];

const tunnelsJournal = `journalctl --no-pager --namespace=${journalNames.tunnel} --unit=${unitNames.tunnel} --lines=1`;

/** The tunnel's keys, process and journal, which are each program's own. */
const tunnels: readonly Attack[] = [
  ...[hostPaths.privateKey, hostPaths.certificate, hostPaths.trusted].map((path) => web(`read ${path}`, read(path))),
  web("make a hard link to the private key", {
    command: `ln ${hostPaths.privateKey} /run/hipaa-redis/link && rm /run/hipaa-redis/link && echo linked`,
    refusal: denied,
    success: /linked/,
  }),
  ...["environ", "maps", "mem"].map((file) =>
    web(`read the tunnel's /proc/…/${file}`, {
      command: `test -e /proc/$(${tunnelPid})/${file} && : </proc/$(${tunnelPid})/${file} && head -c 9 /proc/$(${tunnelPid})/environ | wc -c`,
      refusal: denied,
      success: count,
    }),
  ),
  web("list the tunnel's open files", {
    command: `ls /proc/$(${tunnelPid})/fd | wc -l`,
    refusal: denied,
    success: count,
  }),
  web("trace the tunnel's system calls", { command: seize, refusal: denied, success: /seized/ }),
  web("stop the tunnel with a signal", {
    command: `kill -0 $(${tunnelPid}) && echo may`,
    refusal: denied,
    success: /may/,
  }),
  web("read the journal of the tunnel", {
    command: `${tunnelsJournal} --quiet | wc -l; ${tunnelsJournal}`,
    refusal: /insufficient permissions/,
    success: count,
  }),
].map(ofTunnel);

/** Who is on the app host and is not root: the application itself, and any other Unix user. */
export const appHost: AttackSuite = {
  title: "The app host",
  dependsOn: [],
  // One of the control cases reloads the tunnel, which stunnel does with a moment in which its port is shut.
  inTurn: true,
  attacks: [
    ...tunnels,
    web("ask the metadata service for a token", metadataToken),
    {
      who: "root",
      from: "the app host",
      what: "ask the metadata service without a token (version 1)",
      refusal: /^401$/m,
      attempt: async (scene) =>
        said(
          await scene.appHost.exec(
            "curl -sS -o /dev/null -w %{http_code} http://169.254.169.254/latest/meta-data/instance-id".split(" "),
          ),
        ),
      controlCase: {
        what: "with a token",
        success: /^i-[0-9a-f]+$/m,
        attempt: async (scene) => {
          const ask = `curl -sS -H "X-aws-ec2-metadata-token: $(${askForMetadataToken})" http://169.254.169.254/latest/meta-data/instance-id`;
          return said(await scene.appHost.exec(["bash", "-c", ask]));
        },
      },
    },
    ...[`${cloud}/user-data.txt`, `${cloud}/cloud-config.txt`, `${cloud}/scripts/runcmd`].map((path) =>
      web(`read ${path}`, read(path)),
    ),
    ...[...forApplications, hostPaths.password].map((path) =>
      web(`replace ${path}`, {
        command: `chmod u+w ${path}; (cat ${path} >/dev/null && true >>${path} && echo replaced); chmod 0440 ${path}`,
        refusal: denied,
        success: /replaced/,
      }),
    ),
    web("write the tunnel's configuration", {
      command: "true >>/etc/hipaa-redis/host.env && echo written",
      refusal: denied,
      success: /written/,
    }),
    web("reload the tunnel", {
      command: `systemctl reload ${unitNames.tunnel} && echo reloaded`,
      success: /reloaded/,
      refusal: /Interactive authentication required|Access denied/,
    }),
    web("take away the firewall", {
      command: "nft --check delete table inet hipaa_redis && echo deleted",
      success: /deleted/,
      refusal: /Operation not permitted/,
    }),
    flushedWall,
    web("become root with sudo", {
      command: "sudo -n id -un",
      refusal: /a password is required/,
      success: /^root$/m,
    }),
    ...rootsCommandLines,
    web("let everybody into its folder", {
      command: `chmod o+x ${hostPaths.clientFolder} && chmod o-x ${hostPaths.clientFolder} && echo changed`,
      refusal: denied,
      success: /changed/,
    }),
    nobody("open the tunnel's socket", { command: openSocket, refusal: denied, success: /opened/ }, "web"),
    nobody(
      `list ${hostPaths.clientFolder}`,
      { command: `set -o pipefail; ls ${hostPaths.clientFolder}/ | wc -l`, refusal: denied, success: count },
      "web",
    ),
    nobody("open the tunnel", { command: openTunnel, refusal: /Connection refused/, success: /opened/ }, "web"),
    nobody(
      "open the tunnel with a mapped IPv6 address",
      {
        command: openTunnel.replace("127.0.0.1", "::ffff:127.0.0.1"),
        refusal: /Connection refused/,
        success: /opened/,
      },
      "web",
    ),
    nobody("listen to what passes between application and tunnel", {
      command: sniff,
      refusal: denied,
      success: /listening/,
    }),
    nobody("ask the metadata service for a token", metadataToken),
    nobody(`read ${hostPaths.privateKey}`, read(hostPaths.privateKey)),
    ...[hostPaths.password, ...forApplications].map((path) => nobody(`read ${path}`, read(path), "web")),
    nobody("list the folder of the password", {
      command: `set -o pipefail; ls ${hostPaths.secretFolder}/ | wc -l`,
      refusal: denied,
      success: count,
    }),
  ],
};

interface Deed {
  readonly command: string;
  readonly refusal: RegExp;
  readonly success: RegExp;
}

function web(what: string, deed: Deed): Attack {
  return onHost("web", "root", what, deed);
}

function nobody(what: string, deed: Deed, right: "root" | "web" = "root"): Attack {
  return onHost("nobody", right, what, deed);
}

function onHost(user: string, right: string, what: string, { command, refusal, success }: Deed): Attack {
  const as = (name: string) => (scene: Parameters<Attack["attempt"]>[0]) =>
    scene.appHost.exec(["bash", "-c", command], { user: name, timeoutMs: 60_000 }).then(said);
  return {
    who: `the Unix user ${user}`,
    from: "the app host",
    what,
    refusal,
    attempt: as(user),
    controlCase: { what: `as ${right}`, success, attempt: as(right) },
  };
}

function read(path: string): Deed {
  return { command: `head -c 100 ${path} | wc -c`, refusal: denied, success: count };
}
