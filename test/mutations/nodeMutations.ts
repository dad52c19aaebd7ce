import { unitNames } from "../../src/host/units.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import {
  added,
  askRedis,
  edited,
  runningWith,
  runningWithoutFilters,
  tunnelConfig,
  unitPath,
  type HostMutation,
} from "./hostMutation.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";

/** What somebody with root, or by mistake, does to a node. */
export function nodeMutations(engine: TunnelEngine): readonly HostMutation[] {
  return [
    ...firewall,
    ...tunnel(engine),
    ...users,
    ...people,
    ...storage,
    ...commands,
    ...service,
    ...files,
  ].map((mutation) => ({
    on: "node" as const,
    ...mutation,
  }));
}

type NodeMutation = Omit<HostMutation, "on">;

const reloadFirewall = `systemctl reload ${unitNames.firewall}`;
const nft = (command: string): Pick<HostMutation, "does" | "mends"> => ({
  does: `nft ${command}`,
  mends: reloadFirewall,
});

const firewall: readonly NodeMutation[] = [
  {
    control: "host-firewall",
    what: "let in whatever no rule is about",
    ...nft("chain inet hipaa_redis input '{ policy accept; }'"),
  },
  {
    control: "host-firewall",
    what: "put a rule before all others that lets everything in",
    ...nft("insert rule inet hipaa_redis input accept"),
  },
  {
    control: "host-firewall",
    what: "open a way out to another network",
    ...nft("add rule inet hipaa_redis output ip daddr 192.0.2.0/24 accept"),
  },
  {
    control: "host-firewall",
    what: "forward packets of others",
    ...nft("chain inet hipaa_redis forward '{ policy accept; }'"),
  },
];

function tunnel(engine: TunnelEngine): readonly NodeMutation[] {
  const conf = tunnelConfig(engine);
  const edits = {
    haproxy: {
      olderTls: "sed -i 's/ssl-min-ver TLSv1.3/ssl-min-ver TLSv1.2/'",
      anybody: "sed -i 's/verify required/verify none/'",
    },
    stunnel: {
      olderTls: "sed -i 's/^sslVersionMin = .*/sslVersionMin = TLSv1.2/'",
      anybody: "sed -i -e 's/^verifyChain = yes/verifyChain = no/' -e '/^include/d'",
    },
  }[engine];
  const shortTag = "sed -i 's/TLS_AES_128_GCM_SHA256$/TLS_AES_128_GCM_SHA256:TLS_AES_128_CCM_8_SHA256/'";
  const { admitted, certificate, privateKey, status } = hostPaths;
  return [
    {
      control: "tls",
      what: "run the tunnel with TLS 1.2",
      ...runningWith("tunnel", conf, `${edits.olderTls} ${conf}`),
    },
    {
      control: "tls",
      what: "run Redis with a network",
      ...runningWith("redis", unitPath("redis"), `sed -i '/^PrivateNetwork=/d' ${unitPath("redis")}`),
    },
    {
      control: "transmission-integrity",
      what: "run the tunnel with a cipher whose tag is short",
      ...runningWith("tunnel", conf, `${shortTag} ${conf}`),
    },
    {
      control: "mutual-authentication",
      what: "run the tunnel for whoever has no certificate",
      ...runningWith("tunnel", conf, `${edits.anybody} ${conf}`),
    },
    {
      control: "mutual-authentication",
      what: "admit one more client",
      ...edited(
        admitted,
        `sed 's/web[.]client/eve.client/' ${admitted} >${admitted}.new && cat ${admitted}.new >>${admitted} && rm ${admitted}.new`,
      ),
    },
    {
      control: "mutual-authentication",
      what: "give the node a certificate with another name",
      ...edited(certificate, selfSigned("eve.node.sessions.hipaa-redis.internal", 90)),
    },
    {
      control: "certificate-life",
      what: "leave the node with a certificate that ends in two days",
      ...edited(certificate, selfSigned("sessions-0.node.sessions.hipaa-redis.internal", 2)),
    },
    {
      control: "certificate-life",
      what: "overlook an alarm",
      ...edited(
        status,
        `jq '.alarm = "Cannot read the secret"' ${status} >${status}.new && cat ${status}.new >${status} && rm ${status}.new`,
      ),
    },
    {
      control: "wall",
      what: "let everybody on the node read its private key",
      does: `chmod o+r "$(realpath ${privateKey})"`,
      mends: `chmod o-r "$(realpath ${privateKey})"`,
    },
  ];
}

function selfSigned(name: string, days: number): string {
  const { certificate, privateKey } = hostPaths;
  return `openssl req -x509 -new -key ${privateKey} -days ${days} -subj /CN=x -addext 'subjectAltName = DNS:${name}' >/run/mutated && cat /run/mutated >${certificate} && rm /run/mutated`;
}

const asBefore = `${hostPaths.scriptsFolder}/apply-users ${hostPaths.redisUsers}`;

const users: readonly NodeMutation[] = [
  {
    control: "client-passwords",
    what: "add a user of Redis",
    does: askRedis(`ACL SETUSER eve reset on #${"0".repeat(64)} -@admin`),
    mends: asBefore,
  },
  {
    control: "client-passwords",
    what: "let a client in without a password",
    does: askRedis("ACL SETUSER web nopass"),
    mends: asBefore,
  },
  {
    control: "client-passwords",
    what: "let in who names no user",
    does: askRedis("ACL SETUSER default on nopass ~* +get"),
    mends: asBefore,
  },
  {
    control: "dangerous-commands",
    what: "give a client every command",
    does: askRedis("ACL SETUSER web +@all"),
    mends: asBefore,
  },
  {
    control: "dangerous-commands",
    what: "let a client cut others",
    does: askRedis("ACL SETUSER web +client|kill"),
    mends: asBefore,
  },
];

const sshd = "/etc/ssh/sshd_config.d/05-mutation.conf";
const sudoers = "/etc/sudoers.d/99-mutation";
const logind = "/etc/systemd/logind.conf.d/99-mutation.conf";
const keys = "/home/ada/.ssh/authorized_keys";

const people: readonly NodeMutation[] = [
  { control: "operators", what: "take passwords for SSH", ...added(sshd, "PasswordAuthentication yes") },
  { control: "operators", what: "let root sign in", ...added(sshd, "PermitRootLogin yes") },
  { control: "operators", what: "let another account sign in", ...added(sshd, "AllowUsers nobody") },
  {
    control: "operators",
    what: "add a key to an operator's",
    ...edited(
      keys,
      `ssh-keygen -q -t ed25519 -N '' -C eve -f /run/mutated && cat /run/mutated.pub >>${keys} && rm /run/mutated /run/mutated.pub`,
    ),
  },
  {
    control: "operators",
    what: "give another account sudo",
    ...added(sudoers, "nobody ALL=(ALL) NOPASSWD: ALL"),
  },
  {
    control: "operators",
    what: "give root a password",
    ...edited("/etc/shadow", "usermod --password '$6$x$y' root"),
  },
  {
    control: "automatic-logoff",
    what: "let silent sessions stay",
    ...added(sshd, "ChannelTimeout session:*=12h"),
  },
  {
    control: "automatic-logoff",
    what: "let idle terminals stay",
    ...added(logind, "[Login]\nStopIdleSessionSec=infinity", "systemctl restart systemd-logind"),
  },
  {
    control: "log-in-attempts",
    what: "let sshd take any number of attempts",
    ...added(sshd, "MaxAuthTries 1000"),
  },
  { control: "operator-audit", what: "have sshd name no keys", ...added(sshd, "LogLevel QUIET") },
  {
    control: "operator-audit",
    what: "have sudo record no commands in turn",
    ...added(sudoers, "Defaults !log_subcmds"),
  },
];

const { redisConfig } = hostPaths;
const redisWith = (edit: string): Pick<HostMutation, "does" | "mends"> =>
  runningWith("redis", redisConfig, `${edit} ${redisConfig}`);

const storage: readonly NodeMutation[] = [
  {
    control: "nothing-on-disk",
    what: "run Redis so that it saves",
    ...redisWith("sed -i 's/^save .*/save 3600 1/'"),
  },
  {
    control: "nothing-on-disk",
    what: "run Redis with a log of commands",
    ...redisWith("sed -i 's/^appendonly no/appendonly yes/'"),
  },
  {
    control: "nothing-on-disk",
    what: "run Redis with a log of slow commands",
    ...redisWith("sed -i 's/^slowlog-log-slower-than .*/slowlog-log-slower-than 0/'"),
  },
  {
    control: "nothing-on-disk",
    what: "let Redis leave a core dump",
    does: `prlimit --core=unlimited --pid "$(systemctl show --property=MainPID --value ${unitNames.redis})"`,
    mends: `prlimit --core=0 --pid "$(systemctl show --property=MainPID --value ${unitNames.redis})"`,
  },
  {
    control: "nothing-on-disk",
    what: "let core dumps be written",
    alsoDrift: true,
    ...edited(hostPaths.kernelSettings, `sed -i '/core_pattern/d' ${hostPaths.kernelSettings}`),
  },
];

const commands: readonly NodeMutation[] = [
  {
    control: "live-configuration",
    what: "run Redis with CONFIG under its own name",
    ...runningWith(
      "redis",
      unitPath("redis"),
      `sed -i 's/prepare-redis CONFIG ACL/prepare-redis ACL/' ${unitPath("redis")}`,
    ),
  },
  {
    control: "dangerous-commands",
    what: "run Redis with FLUSHALL",
    ...redisWith(`sed -i '/^rename-command FLUSHALL /d'`),
  },
  {
    control: "dangerous-commands",
    what: "run Redis with DEBUG",
    ...redisWith(`sed -i '/^rename-command DEBUG /d'`),
  },
  { control: "scripting", what: "run Redis with EVAL", ...redisWith(`sed -i '/^rename-command EVAL /d'`) },
];

const service: readonly NodeMutation[] = [
  {
    control: "sandbox",
    what: "run Redis without a filter of system calls",
    ...runningWithoutFilters("redis"),
  },
  {
    control: "sandbox",
    what: "take the tunnel out of its sandbox",
    alsoDrift: true,
    ...edited(
      unitPath("tunnel"),
      `sed -i -E '/^(Protect|Private|Restrict|SystemCall|Capability)/d' ${unitPath("tunnel")}`,
      "systemctl daemon-reload",
    ),
  },
  {
    control: "limits",
    what: "run Redis for any number of clients",
    ...redisWith("sed -i 's/^maxclients .*/maxclients 100000/'"),
  },
  {
    control: "limits",
    what: "run Redis without a limit to its memory",
    ...redisWith("sed -i '$ a maxmemory 0'"),
  },
  {
    control: "security-updates",
    what: "close the window for updates",
    does: `systemctl stop ${unitNames.updatesTimer}`,
    mends: `systemctl start ${unitNames.updatesTimer}`,
  },
  {
    control: "security-updates",
    what: "move the window to once a year",
    alsoDrift: true,
    ...edited(
      `${hostPaths.unitsFolder}/${unitNames.updatesTimer}`,
      `sed -i 's/^OnCalendar=.*/OnCalendar=yearly/' ${hostPaths.unitsFolder}/${unitNames.updatesTimer}`,
      "systemctl daemon-reload",
    ),
  },
];

const dropIn = `/run/systemd/system/${unitNames.tunnel}.d`;

const files: readonly NodeMutation[] = [
  {
    control: "configuration-drift",
    what: "change a line of redis.conf that no check is about",
    ...edited(redisConfig, `sed -i 's/^timeout 0/timeout 1/' ${redisConfig}`),
  },
  {
    control: "configuration-drift",
    what: "change a script",
    ...edited(
      `${hostPaths.scriptsFolder}/refresh-secret`,
      `sed -i 's/^set -eu/set -u/' ${hostPaths.scriptsFolder}/refresh-secret`,
    ),
  },
  {
    control: "configuration-drift",
    what: "let everybody write a script",
    does: `chmod 0777 ${hostPaths.scriptsFolder}/check-secret`,
    mends: `chmod 0755 ${hostPaths.scriptsFolder}/check-secret`,
  },
  {
    control: "configuration-drift",
    what: "override a unit",
    does: `mkdir ${dropIn} && printf '[Service]\\nNice=1\\n' >${dropIn}/mutation.conf && systemctl daemon-reload`,
    mends: `rm -r ${dropIn} && systemctl daemon-reload`,
  },
  {
    control: "configuration-drift",
    what: "take a file away",
    does: `mv ${hostPaths.aptConfig} /run/mutation`,
    mends: `mv /run/mutation ${hostPaths.aptConfig}`,
  },
];
