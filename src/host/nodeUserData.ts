import type { CachePlan, NodePlan } from "../plan/cachePlan";
import { healthFiles, startHealth } from "./healthUnits";
import { defaultEngine, engineProgram, type Engine } from "../plan/engine";
import { hostPaths } from "./hostPaths";
import { ofService } from "../plan/flow";
import { keyExchange } from "../plan/keyExchange";
import { releases, type OperatingSystem } from "../plan/operatingSystem";
import { memoryPercents } from "../plan/limits";
import { nodeEphemeralPorts } from "../plan/ports";
import type { TunnelEngine } from "../plan/tunnel";
import { memberAndPeers } from "../plan/replication";
import { peersOf } from "../plan/peers";
import { clusterFiles, startCluster } from "./clusterFiles";
import { replicationFiles } from "./sentinelConf";
import { nodeTunnel } from "../plan/nodeTunnel";
import type { OperatorArguments } from "../arguments/cacheArguments";
import { cloudConfigText, configFile, type CloudFile, type CloudUser } from "./cloudConfig";
import { admittedEdit } from "./admitted";
import { clusterConf } from "./clusterConf";
import { encodeLines } from "./encode";
import {
  hostFiles,
  hostPackages,
  hostScript,
  maskPackagedUnits,
  noSwap,
  settingsCommands,
  startCommands,
  unitFile,
  withPrograms,
} from "./hostFiles";
import { installCommands, installFiles, upToDate } from "./installation";
import { nodeFirewall } from "./nftables";
import { journalConf, operatorFiles } from "./operatorFiles";
import { redisConf } from "./redisConf";
import { redisUsersEdit } from "./redisUsers";
import { scriptArchiveSum } from "./scriptArchive";
import { nodeSecretFiles } from "./secretFiles";
import { redisFolderUnit, redisUnit } from "./serviceUnits";
import { timeFiles, timePackage, timeUnit } from "./timeFiles";
import { tunnelProgram } from "./tunnelProgram";
import { unitNames } from "./units";
import { nodeWaysFiles } from "./ways";
import {
  packagedTimers,
  turnAmongReplicas,
  turnAmongShards,
  updateFiles,
  updatesPackage,
  type UpdateTurn,
} from "./updates";

/** What a node's user data can only know once other resources exist. */
export interface NodeLeaves {
  readonly region: string;
  readonly secretArn: string;
}

/** The cloud-config that turns a Debian host into a cache node. It holds no secret, only the secret's ARN. */
export function nodeUserData(plan: CachePlan, node: NodePlan, leaves: NodeLeaves): string {
  const { tunnel, engine, replication, cluster } = plan;
  const redisAccount = engineProgram(engine).account;
  const peers = peersOf(plan);
  const exchange = keyExchange(plan.operatingSystem, plan.requireHybridKeyExchange);
  const files = hostFiles({
    kind: "cache",
    tunnel,
    operatingSystem: plan.operatingSystem,
    ...leaves,
    secretFiles: nodeSecretFiles(tunnel, peers?.among, engine),
    certificateName: node.certificate.dnsName,
    refreshIntervalSeconds: plan.refreshIntervalSeconds,
    firewall: nodeFirewall({
      flows: node.flows,
      redisAccount,
      tunnelAccount: tunnelProgram(tunnel).account,
      ...(peers === undefined ? {} : { peers }),
    }),
    redisAccount,
    tunnelConf: tunnelProgram(tunnel).conf({ ...nodeTunnel(node, replication, cluster), ...exchange }),
    tunnelPeers: [
      ...new Set(ofService("redis", node.flows).flatMap(({ cidrBlocks }) => cidrBlocks)),
      ...(peers === undefined ? [] : [peers.loopbackCidrBlock]),
    ],
    tunnelMemoryPercent: memoryPercents(plan.maxMemoryPercent, peers?.areCopied).tunnel,
    ...(peers === undefined ? {} : { among: peers.among }),
    ...(cluster === undefined ? {} : { hasFurtherWays: true, scriptArchiveSum: scriptArchiveSum() }),
    folders: [
      { path: hostPaths.redisFolder, mode: "0750", owner: redisAccount, group: redisAccount },
      { path: hostPaths.redisStartFolder, mode: "0750", owner: "root", group: redisAccount },
      ...(replication === undefined
        ? []
        : [{ path: hostPaths.sentinelFolder, mode: "0700", owner: redisAccount, group: redisAccount }]),
    ],
    kernelSettings: [
      ["net.ipv4.ip_local_port_range =", `${nodeEphemeralPorts.fromPort} ${nodeEphemeralPorts.toPort}`],
      // Whoever holds the serial console would have the kernel kill and dump with it, without any sign-in.
      ["kernel.sysrq =", 0],
      // Redis asks for it when it starts. Its unit has a limit of its own (MemoryMax).
      ["vm.overcommit_memory =", 1],
    ],
  });
  // Until its packages are up to date, nobody may sign in.
  const holdsSsh = plan.operators.length > 0 && !plan.imageHasPackages;
  const idle = plan.operators.length === 0 ? [] : [unitNames.idle];
  return cloudConfigText({
    // A new kernel is taken up by a restart, before cloud-init's scripts have started anything of ours.
    ...(plan.imageHasPackages ? {} : { ...upToDate(nodePackages(tunnel, engine)), package_reboot_if_required: true }),
    users: [lockedRoot, ...plan.operators.map(operatorAccount)],
    disable_root: true,
    ssh_pwauth: false,
    bootcmd: [
      maskPackagedUnits(tunnel, engine),
      ["systemctl", "mask", "--now", ...packagedTimers],
      ...noSwap,
      ...noLocalSsh(plan.operatingSystem),
      ...(plan.operators.length === 0 ? [noSsh] : []),
      ...(holdsSsh ? [holdSsh] : []),
    ],
    write_files: [
      ...files,
      configFile(hostPaths.redisConfig, ownRedisConf(plan, node)),
      configFile(
        hostPaths.secretEdit,
        `${redisUsersEdit(plan.lockedCommands, peers !== undefined, cluster !== undefined)}${admittedEdit(tunnel)}`,
      ),
      ...(
        [
          "check-server",
          "size-memory",
          "prepare-redis",
          "ask-redis",
          "begin-anew",
          "apply-users",
          "count-refusals",
          "revive-redis",
        ] as const
      ).map((name) => hostScript(name, name, cluster !== undefined)),
      unitFile(unitNames.redis, redisUnit(plan.lockedCommands, plan.maxMemoryPercent, peers, plan)),
      ...(replication === undefined ? [] : replicationFiles(replication, node.name, plan)),
      ...(cluster === undefined
        ? []
        : [
            ...clusterFiles(cluster, node.name, plan),
            ...nodeWaysFiles(tunnel, plan.name, node.name, cluster, exchange.groups),
          ]),
      ...(peers === undefined ? [] : healthFiles(cluster !== undefined)),
      unitFile(unitNames.redisFolder, redisFolderUnit()),
      configFile(hostPaths.journalConfig, journalConf),
      ...operatorFiles(plan),
      ...updateFiles(plan.securityUpdateWindow, updateTurn(plan, node)),
      ...timeFiles(plan.timeServers),
      ...(plan.imageHasPackages ? [] : installFiles(plan.operatingSystem, nodePackages(tunnel, engine))),
    ].map((file) => withEngine(file, engine)),
    runcmd: [
      ...settingsCommands,
      takeUpSettings,
      ...(plan.imageHasPackages ? [] : installCommands),
      ...startCommands,
      ...(cluster === undefined ? [] : [startCluster]),
      ...(peers === undefined ? [] : [startHealth]),
      ["systemctl", "enable", "--now", unitNames.updatesTimer, unitNames.packages, ...idle],
      ...(holdsSsh ? releaseSsh : []),
    ],
  });
}

/** Scripts call Redis's programs, and give files to its account. */
function withEngine(file: CloudFile, engine: Engine): CloudFile {
  const isScript = file.path.startsWith(`${hostPaths.scriptsFolder}/`);
  return isScript ? { ...file, content: withPrograms(file.content, engine) } : file;
}

function updateTurn({ nodes, replication, cluster }: CachePlan, { name }: NodePlan): UpdateTurn | undefined {
  if (cluster !== undefined) return turnAmongShards(memberAndPeers(cluster, name).member);
  return replication === undefined ? undefined : turnAmongReplicas(nodes.findIndex((node) => node.name === name));
}

function ownRedisConf(plan: CachePlan, { name }: NodePlan): string {
  const { lockedCommands, replication, cluster } = plan;
  const among = replication ?? cluster;
  if (among === undefined) return redisConf(lockedCommands, plan);
  const { member } = memberAndPeers(among, name);
  const conf = redisConf(lockedCommands, plan, member);
  return cluster === undefined ? conf : `${conf}${encodeLines(clusterConf(member, cluster))}`;
}

/** What a node installs. */
export function nodePackages(tunnel: TunnelEngine, engine: Engine = defaultEngine): string[] {
  return [...hostPackages(tunnel), engineProgram(engine).packageName, updatesPackage, timePackage];
}

const sshUnits = ["ssh.service", "ssh.socket"];

/** Operators come from bastion hosts, through the node's firewall: nobody on the node itself has to get to sshd. */
function noLocalSsh(operatingSystem: OperatingSystem): string[][] {
  const { localSshSockets } = releases[operatingSystem];
  return localSshSockets.length === 0 ? [] : [["systemctl", "mask", "--now", ...localSshSockets]];
}

/** Without operators nobody signs in, and nothing listens on port 22. */
const noSsh = ["systemctl", "mask", "--now", ...sshUnits];

/** At the first boot alone, and until a restart: then packages are up to date, whatever became of the scripts. */
const holdSsh = ["cloud-init-per", "instance", "hold-ssh", "systemctl", "mask", "--runtime", "--now", ...sshUnits];

const releaseSsh = [
  ["systemctl", "unmask", "--runtime", ...sshUnits],
  ["systemctl", "start", "ssh.service"],
];

/** They are up before cloud-init has written their settings. */
const takeUpSettings = ["systemctl", "restart", "systemd-journald.service", timeUnit];

/** A list of users without `default` keeps Debian's default account away; root's password is locked. */
export const lockedRoot: CloudUser = { name: "root", lock_passwd: true };

function operatorAccount({ name }: OperatorArguments): CloudUser {
  return {
    name,
    gecos: `Operator ${name}`,
    shell: "/bin/bash",
    lock_passwd: true,
    sudo: "ALL=(ALL) NOPASSWD:ALL",
  };
}
