import type { LockedCommand } from "../plan/commands";
import { hostPaths, redisAccount } from "./hostPaths";
import type { HostKind } from "../plan/hostKinds";
import { memoryPercents, redisLimits, redisOpenFiles, tunnelLimits } from "../plan/limits";
import type { TunnelEngine } from "../plan/tunnel";
import { encodeIni, type Settings } from "./encode";
import { journalNames } from "./journals";
import { takesPort, withPort } from "./portUnits";
import { serviceSandbox } from "./sandbox";
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
          ["Description", "HIPAA Redis: Redis's working folder"],
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
): string {
  const renamed = commands.filter(({ treatment }) => treatment === "renamed").map(({ name }) => name);
  const sizeMemory = `${hostPaths.scriptsFolder}/size-memory ${maxMemoryPercent} ${hostPaths.redisMemory}`;
  return serviceUnit(
    [
      ["Description", "HIPAA Redis: Redis"],
      ["Requires", unitNames.secrets],
      ["After", unitNames.secrets],
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["Type", "notify"],
      ["User", redisAccount],
      ["Group", redisAccount],
      // As root, outside of the sandbox: Redis itself may not read all of what it makes up.
      ["ExecStartPre", `+${hostPaths.scriptsFolder}/prepare-redis ${renamed.join(" ")}`],
      ["ExecStartPre", sizeMemory],
      ["ExecStart", `/usr/bin/redis-server ${hostPaths.redisConfig}`],
      ["ReadWritePaths", hostPaths.redisFolder],
      ["LimitNOFILE", redisOpenFiles],
      ["TasksMax", redisLimits.tasks],
      ["MemoryMax", `${memoryPercents(maxMemoryPercent).redisUnit}%`],
      ["OOMScoreAdjust", redisLimits.oomScoreAdjust],
      ["PrivateNetwork", "yes"],
      ["IPAddressDeny", "any"],
      ["RestrictAddressFamilies", "AF_UNIX"],
      ["LogNamespace", journalNames.redis],
      ...alwaysUp,
      // All but ProcSubset=pid: it reads the machine's memory and judges the kernel's settings.
      ...serviceSandbox,
    ],
  );
}

/** What differs between the tunnels of the hosts. */
export interface TunnelUnit {
  readonly kind: HostKind;
  readonly engine: TunnelEngine;
  /** The only addresses and networks that it may exchange packets with. */
  readonly peers: readonly string[];
  /** Of the machine's memory. */
  readonly memoryPercent?: number;
}

/** The tunnel's program as its own user; on a node also in Redis's group, to open its socket. */
export function tunnelUnit({ kind, engine, peers, memoryPercent = tunnelLimits.memoryPercent }: TunnelUnit): string {
  const node = kind === "cache";
  const program = tunnelProgram(engine);
  return serviceUnit(
    [
      ["Description", "HIPAA Redis: TLS tunnel"],
      ["Requires", unitNames.secrets],
      ...(node ? ([["Wants", unitNames.redis]] as const) : withPort),
      ["After", node ? `${unitNames.secrets} ${unitNames.redis}` : unitNames.secrets],
      ["StartLimitIntervalSec", 0],
    ],
    [
      ["User", program.account],
      ["Group", program.account],
      ...(node ? [] : takesPort),
      ...(node ? ([["SupplementaryGroups", redisAccount]] as const) : []),
      ["LimitNOFILE", tunnelLimits.openFiles],
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
      ...program.service,
    ],
  );
}

const alwaysUp: Settings = [
  ["Restart", "always"],
  ["RestartSec", 1],
];
