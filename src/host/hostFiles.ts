import { hostPaths } from "./hostPaths";
import { defaultEngine, engineProgram, type Engine } from "../plan/engine";
import type { HostKind } from "../plan/hostKinds";
import type { Among } from "../plan/peers";
import { releases, type OperatingSystem } from "../plan/operatingSystem";
import type { TunnelEngine } from "../plan/tunnel";
import { configFile, scriptFile, type CloudFile } from "./cloudConfig";
import { encodeEnvironment, encodeLines, type Settings } from "./encode";
import { portService, portSocket, type NearEnd } from "./portUnits";
import { refreshTimer, refreshUnit } from "./refreshUnits";
import { scriptText, type ScriptName } from "./scripts";
import { secretFilesTable, type SecretFile } from "./secretFiles";
import { tunnelProgram } from "./tunnelProgram";
import { journalFiles, journalUnits } from "./journals";
import { tunnelUnit } from "./serviceUnits";
import { afterPackagedFirewall, firewallUnit, secretsUnit, unitNames } from "./units";

/** What differs between the files of a cache node and those of an app host. */
export interface HostFiles {
  readonly kind: HostKind;
  readonly tunnel: TunnelEngine;
  readonly operatingSystem: OperatingSystem;
  readonly region: string;
  readonly secretArn: string;
  readonly secretFiles: readonly SecretFile<string>[];
  /** The DNS name that the host's own certificate must have. */
  readonly certificateName: string;
  readonly refreshIntervalSeconds: number;
  readonly firewall: string;
  /** The configuration of the tunnel's program. */
  readonly tunnelConf: string;
  /** The addresses and networks that the tunnel may exchange packets with. */
  readonly tunnelPeers: readonly string[];
  /** What the tunnel may have of the machine's memory. */
  readonly tunnelMemoryPercent: number;
  /** What a node is one of, where there are several. */
  readonly among?: Among;
  /** Whether it is a host of a cluster, whose tunnel has further ways. */
  readonly hasFurtherWays?: boolean;
  /** Where scripts come with the secret: the SHA-256 of their file. */
  readonly scriptArchiveSum?: string;
  /** On a node: the account of Redis, in whose group the tunnel is. */
  readonly redisAccount?: string;
  /** On an app host: where the tunnel is called, but for further ways. */
  readonly nearEnd?: NearEnd;
  readonly folders: readonly HostFolder[];
  /** One that is in a folder of another account: systemd-tmpfiles makes none there. */
  readonly innerFolder?: HostFolder;
  /** Files that are made in the folders, at every boot, as these are in memory. */
  readonly copies?: readonly HostCopy[];
  readonly kernelSettings: Settings;
}

export interface HostFolder {
  readonly path: string;
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
}

interface HostCopy {
  readonly path: string;
  readonly of: string;
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
}

/** The files that both kinds of host have. None of them holds a secret. */
export function hostFiles(host: HostFiles): CloudFile[] {
  const program = tunnelProgram(host.tunnel);
  const script = (name: ScriptName, as?: string): CloudFile => hostScript(name, as, host.hasFurtherWays);
  return [
    configFile(
      hostPaths.environmentFile,
      encodeEnvironment([
        ["AWS_REGION", host.region],
        ["HIPAA_REDIS_SECRET_ARN", host.secretArn],
        ["HIPAA_REDIS_SECRET_FILES", hostPaths.secretFilesTable],
        ["HIPAA_REDIS_CODENAME", releases[host.operatingSystem].codename],
        ["HIPAA_REDIS_CERTIFICATE_NAME", host.certificateName],
        // As openssl-verification-options(1) names it.
        ["HIPAA_REDIS_CERTIFICATE_PURPOSE", host.kind === "cache" ? "sslserver" : "sslclient"],
      ]),
    ),
    configFile(hostPaths.secretFilesTable, secretFilesTable(host.secretFiles)),
    configFile(hostPaths.firewallConfig, host.firewall),
    configFile(program.configPath, host.tunnelConf),
    configFile(hostPaths.kernelSettings, encodeLines([...noCoreDumps, ...host.kernelSettings])),
    configFile(hostPaths.folders, folderLines([runFolder, ...host.folders], host.copies)),
    ...(["refresh-secret", "check-secret", "check-life", "check-clock", "keep-firewall", "raise-alarm"] as const).map(
      (name) => script(name),
    ),
    ...(program.checkScript === undefined ? [] : [script(program.checkScript, "check-tunnel")]),
    ...journalFiles(host.kind),
    ...(host.nearEnd === undefined
      ? []
      : [unitFile(unitNames.port, portSocket(host.nearEnd)), unitFile(unitNames.portService, portService())]),
    unitFile(unitNames.firewall, firewallUnit(journalUnits(host.kind))),
    configFile(hostPaths.packagedFirewall, afterPackagedFirewall()),
    unitFile(
      unitNames.secrets,
      secretsUnit(host.scriptArchiveSum, host.innerFolder === undefined ? [] : makesFolder(host.innerFolder)),
    ),
    unitFile(unitNames.refresh, refreshUnit(host.kind)),
    unitFile(unitNames.refreshTimer, refreshTimer(host.refreshIntervalSeconds)),
    unitFile(
      unitNames.tunnel,
      tunnelUnit({
        kind: host.kind,
        tunnel: host.tunnel,
        peers: host.tunnelPeers,
        memoryPercent: host.tunnelMemoryPercent,
        ...(host.among === undefined ? {} : { among: host.among }),
        ...(host.hasFurtherWays === undefined ? {} : { hasFurtherWays: host.hasFurtherWays }),
        ...(host.redisAccount === undefined ? {} : { redisAccount: host.redisAccount }),
      }),
    ),
  ];
}

/** A line of a script that is for who reads it here: a host has room for 16 KB of user data (EC2). */
const comment = /^ *# .*\n|^#\n/gm;

/** What stands behind a line that hosts of a cluster alone have. */
const ofCluster = / +# cluster$/gm;
const lineOfCluster = /^.* # cluster\n/gm;

/** A script as hosts have it. */
export function shippedText(name: ScriptName, isOfCluster = false): string {
  const text = scriptText(name).replaceAll(comment, "");
  return isOfCluster ? text.replaceAll(ofCluster, "") : text.replaceAll(lineOfCluster, "");
}

/** A script in its place on the host, under its own name or another. */
export function hostScript(name: ScriptName, as: string = name, isOfCluster = false): CloudFile {
  return scriptFile(`${hostPaths.scriptsFolder}/${as}`, shippedText(name, isOfCluster));
}

/**
 * A text for hosts, as those of an engine have it. Scripts are written with the names of Redis's programs and account: Valkey's have their place
 * where Valkey runs. Debian's package of links by the old names (valkey-redis-compat) would be one more on each node, for names alone.
 */
export function withPrograms(text: string, engine: Engine): string {
  const { account, client, server } = engineProgram(engine);
  return text
    .replaceAll(/(?<![\w-])redis-cli\b/g, client)
    .replaceAll(/(?<![\w-])redis-server(?![\w.-])/g, server)
    .replaceAll("redis:redis", `${account}:${account}`);
}

export function unitFile(name: string, content: string): CloudFile {
  return configFile(`${hostPaths.unitsFolder}/${name}`, content);
}

/** Packages that both kinds of host need, by their Debian names. */
export function hostPackages(tunnel: TunnelEngine): string[] {
  return ["awscli", "jq", "nftables", tunnelProgram(tunnel).packageName];
}

/** Debian starts these with a configuration of its own; ours are separate units. Runs before packages come. */
export function maskPackagedUnits(tunnel: TunnelEngine, engine: Engine = defaultEngine): string[] {
  return ["systemctl", "mask", engineProgram(engine).packagedUnit, tunnelProgram(tunnel).packagedUnit];
}

/** Memory that is swapped out is on the disk. At every boot, before anything of ours is started. */
export const noSwap: readonly (readonly string[])[] = [
  ["systemctl", "mask", "swap.target"],
  ["swapoff", "--all"],
];

/** Makes the settings take effect. */
export const settingsCommands: readonly (readonly string[])[] = [
  ["systemctl", "daemon-reload"],
  ["systemctl", "restart", "systemd-sysctl.service"],
];

/** Starts the services, in this order, once the packages are there. */
export const startCommands: readonly (readonly string[])[] = [
  ["systemctl", "enable", "--now", unitNames.firewall],
  ["systemctl", "enable", "--now", unitNames.secrets],
  ["systemctl", "enable", "--now", unitNames.refreshTimer],
];

/** A core dump would write PHI or keys to disk (sysctl(8), core(5)). */
const noCoreDumps: Settings = [
  ["kernel.core_pattern =", "|/bin/false"],
  ["fs.suid_dumpable =", 0],
];

const runFolder: HostFolder = { path: hostPaths.runFolder, mode: "0755", owner: "root", group: "root" };

function makesFolder({ path, mode, owner, group }: HostFolder): Settings {
  return [["ExecStartPre", `+/usr/bin/install -d -m ${mode} -o ${owner} -g ${group} ${path}`]];
}

/** As systemd-tmpfiles reads them (tmpfiles.d(5)): a folder or file that is there already stays. */
function folderLines(folders: readonly HostFolder[], copies: readonly HostCopy[] = []): string {
  return [
    ...folders.map(({ path, mode, owner, group }) => `d ${path} ${mode} ${owner} ${group}\n`),
    ...copies.map(({ path, of, mode, owner, group }) => `C ${path} ${mode} ${owner} ${group} - ${of}\n`),
  ].join("");
}
