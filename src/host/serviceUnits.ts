import type { LockedCommand } from "../plan/commands";
import { defaultEngine, engineProgram, type Served } from "../plan/engine";
import { hostPaths } from "./hostPaths";
import type { HostKind } from "../plan/hostKinds";
import { memoryPercents, redisLimits, redisOpenFiles, tunnelLimits } from "../plan/limits";
import type { Among, PeersPlan } from "../plan/peers";
import { lastSecurityFix } from "../plan/serverVersions";
import type { TunnelEngine } from "../plan/tunnel";
import { encodeIni, type Settings } from "./encode";
import { journalNames } from "./journals";
import { takesPort, withPort } from "./portUnits";
import { serviceSandbox } from "./sandbox";
import { checksServer } from "./serverCheck";
import { tunnelProgram } from "./tunnelProgram";
import { serviceUnit, unitNames } from "./units";

/** Redis's working folder: in memory, too small to be filled with anything, and emptied with the secrets. */
export function redisFolderUnit(): string {
  const options = ["noexec", "nosuid", "nodev", "mode=0700", `size=${redisLimits.folderBytes}`, "nr_inodes=64"];
  return encodeIni(
    [
      [
        "Unit",
        [
          ["Description", "HIPAA Redis: Redis's folder"],
          ["PartOf", unitNames.secrets],
        ],
      ],
      [
        "Mount",
        [
          ["What", "tmpfs"],
          ["Where", hostPaths.redisFolder],
          ["Type", "tmpfs"],
          ["Options", options.join(",")],
        ],
      ],
    ],
    "=",
  );
}

/**
 * Redis as its own user, without any network: the tunnel reaches it on its Unix socket. What is renamed gets its
 * secret names before each start.
 */
export function redisUnit(
  commands: readonly LockedCommand[],
  maxMemoryPercent: number = redisLimits.memoryPercent,
  peers?: PeersPlan,
  served: Partial<Served> = {},
): string {
  const { account, server } = engineProgram(served.engine ?? defaultEngine);
  const renamed = commands.filter(({ treatment }) => treatment === "renamed").map(({ name }) => name);
  // With replicas CONFIG's name is one that Sentinel knows.
  const ownNames = peers?.among === "replicas" ? renamed.filter((name) => name !== "CONFIG") : renamed;
  const sizeMemory = `${hostPaths.scriptsFolder}/size-memory ${maxMemoryPercent} ${hostPaths.redisMemory}`;
  return serviceUnit(
    [
      ["Description", "HIPAA Redis: Redis"],
      ["Requires", unitNames.secrets],
      ["After", before(peers?.among)],
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["Type", "notify"],
      ["User", account],
      ["Group", account],
      ...checksServer(lastSecurityFix(served)),
      // As root, outside of the sandbox: Redis itself may not read all of what it makes up.
      ["ExecStartPre", `+${hostPaths.scriptsFolder}/prepare-redis ${ownNames.join(" ")}`],
      ...(peers === undefined ? [] : startsAndStopsAmongOthers(peers.among)),
      ["ExecStartPre", sizeMemory],
      ["ExecStart", `/usr/bin/${server} ${hostPaths.redisConfig}`],
      ["ReadWritePaths", hostPaths.redisFolder],
      ["LimitNOFILE", redisOpenFiles],
      ["TasksMax", redisLimits.tasks],
      ["MemoryMax", `${memoryPercents(maxMemoryPercent, peers?.areCopied).redisUnit}%`],
      ["OOMScoreAdjust", redisLimits.oomScoreAdjust],
      ...(peers === undefined ? noNetwork : loopbackAlone(peers)),
      ["LogNamespace", journalNames.redis],
      ...alwaysUp,
      // All but ProcSubset=pid: it reads the machine's memory and judges the kernel's settings.
      ...serviceSandbox,
    ],
  );
}

const noNetwork: Settings = [
  ["PrivateNetwork", "yes"],
  ["IPAddressDeny", "any"],
  ["RestrictAddressFamilies", "AF_UNIX"],
];

/** Where the near ends of the tunnels to the other nodes are. */
function loopbackAlone({ loopbackCidrBlock }: Pick<PeersPlan, "loopbackCidrBlock">): Settings {
  return [
    ["IPAddressDeny", "any"],
    ["IPAddressAllow", loopbackCidrBlock],
    ["RestrictAddressFamilies", "AF_INET AF_UNIX"],
  ];
}

function before(among: Among | undefined): string {
  const { secrets, tunnel, sentinel } = unitNames;
  if (among === undefined) return secrets;
  return among === "replicas" ? `${secrets} ${tunnel} ${sentinel}` : `${secrets} ${tunnel}`;
}

/** It starts once others say as what, however long that takes; a primary that is to stop hands over first. */
function startsAndStopsAmongOthers(among: Among): Settings {
  const [start, stop] = among === "replicas" ? ["choose-role", "hand-over"] : ["seed-cluster", "hand-over-cluster"];
  return [
    ["ExecStartPre", `+${hostPaths.scriptsFolder}/${start}`],
    ["TimeoutStartSec", "infinity"],
    ["ExecStop", `+${hostPaths.scriptsFolder}/${stop}`],
  ];
}

/** What differs between the tunnels of the hosts. */
export interface TunnelUnit {
  readonly kind: HostKind;
  readonly tunnel: TunnelEngine;
  /** The only addresses and networks that it may exchange packets with. */
  readonly peers: readonly string[];
  /** Of the machine's memory. */
  readonly memoryPercent?: number;
  /** What a node is one of, where it reaches others by the tunnel before Redis starts. */
  readonly among?: Among;
  /** Whether it has ways to the nodes of a cluster, which come and go while it runs. */
  readonly hasFurtherWays?: boolean;
  /** On a node: whose socket it opens. */
  readonly redisAccount?: string;
}

/** The tunnel's program as its own user; on a node also in Redis's group, to open its socket. */
export function tunnelUnit(unit: TunnelUnit): string {
  const { kind, tunnel, peers, memoryPercent = tunnelLimits.memoryPercent, among, hasFurtherWays = false } = unit;
  const { redisAccount = engineProgram(defaultEngine).account } = unit;
  const node = kind === "cache";
  const wants = among === "replicas" ? `${unitNames.sentinel} ${unitNames.redis}` : unitNames.redis;
  const program = tunnelProgram(tunnel);
  const hasPort = !node && !hasFurtherWays;
  return serviceUnit(
    [
      ["Description", "HIPAA Redis: TLS tunnel"],
      ["Requires", unitNames.secrets],
      ...(node ? ([["Wants", wants]] as const) : []),
      ...(hasPort ? withPort : []),
      ["After", node && among === undefined ? `${unitNames.secrets} ${unitNames.redis}` : unitNames.secrets],
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["User", program.account],
      ["Group", program.account],
      ...(hasPort ? takesPort : []),
      ...(node ? ([["SupplementaryGroups", redisAccount]] as const) : []),
      ["LimitNOFILE", hasFurtherWays ? tunnelLimits.openFilesInCluster : tunnelLimits.openFiles],
      ["LimitNPROC", tunnelLimits.tasks],
      ["TasksMax", tunnelLimits.tasks],
      ["MemoryMax", `${memoryPercent}%`],
      ["IPAddressDeny", "any"],
      ["IPAddressAllow", peers.join(" ")],
      ["RestrictAddressFamilies", "AF_INET AF_UNIX"],
      ["ProcSubset", "pid"],
      ["LogNamespace", journalNames.tunnel],
      ...alwaysUp,
      ...serviceSandbox,
      ...(!node && hasFurtherWays ? bindsNodes : []),
      ...program.service(hasFurtherWays),
    ],
  );
}

/**
 * The near ends of the ways to a cluster's nodes are the tunnel's own: of what systemd hands on, a program that runs gets no more. They are in
 * a folder where it alone makes files, which have the group of the application's user, and of the folder around that it sees nothing.
 */
const bindsNodes: Settings = [
  ["BindPaths", `${hostPaths.clientNodesFolder}:${hostPaths.tunnelNodesFolder}`],
  ["ReadWritePaths", hostPaths.tunnelNodesFolder],
  ["UMask", "0117"],
  // stunnel, when it was killed, would find them there and not start.
  ["ExecStartPre", `/usr/bin/find ${hostPaths.tunnelNodesFolder} -mindepth 1 -delete`],
];

const alwaysUp: Settings = [
  ["Restart", "always"],
  ["RestartSec", 1],
];
