import { hostAccounts, hostPaths } from "../plan/hostPaths";
import { configFile, scriptFile, type CloudFile } from "./cloudConfig";
import { encodeEnvironment, encodeLines, type Settings } from "./encode";
import { scriptText, type ScriptName } from "./scripts";
import { secretFilesTable, type SecretFile } from "./secretFiles";
import { firewallUnit, secretsUnit, tunnelUnit, unitNames } from "./units";

/** What differs between the files of a cache node and those of an app host. */
export interface HostFiles {
  readonly role: "cache" | "client";
  readonly region: string;
  readonly secretArn: string;
  readonly secretFiles: readonly SecretFile<string>[];
  readonly firewall: string;
  readonly tunnel: string;
  readonly folders: readonly HostFolder[];
  readonly kernelSettings: Settings;
}

export interface HostFolder {
  readonly path: string;
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
}

/** The files that both kinds of host have. None of them holds a secret. */
export function hostFiles(host: HostFiles): CloudFile[] {
  return [
    configFile(
      hostPaths.environmentFile,
      encodeEnvironment([
        ["AWS_REGION", host.region],
        ["HIPAA_REDIS_SECRET_ARN", host.secretArn],
        ["HIPAA_REDIS_SECRET_FILES", hostPaths.secretFilesTable],
      ]),
    ),
    configFile(hostPaths.secretFilesTable, secretFilesTable(host.secretFiles)),
    configFile(hostPaths.firewallConfig, host.firewall),
    configFile(hostPaths.tunnelConfig, host.tunnel),
    configFile(hostPaths.kernelSettings, encodeLines([...noCoreDumps, ...host.kernelSettings])),
    configFile(hostPaths.folders, folderLines([...commonFolders, ...host.folders])),
    hostScript("fetch-secrets"),
    unitFile(unitNames.firewall, firewallUnit()),
    unitFile(unitNames.secrets, secretsUnit()),
    unitFile(unitNames.tunnel, tunnelUnit(host.role)),
  ];
}

export function hostScript(name: ScriptName): CloudFile {
  return scriptFile(`${hostPaths.scriptsFolder}/${name}`, scriptText(name));
}

export function unitFile(name: string, content: string): CloudFile {
  return configFile(`${hostPaths.unitsFolder}/${name}`, content);
}

/** Packages that both kinds of host need, by their Debian names. */
export const hostPackages: readonly string[] = ["awscli", "jq", "nftables", "stunnel4"];

/** Debian starts these with a configuration of its own; ours are separate units. Runs before packages come. */
export const maskPackagedUnits = ["systemctl", "mask", "redis-server.service", "stunnel4.service"];

/** Makes the files take effect, in this order, once the packages are there. */
export const startCommands: readonly (readonly string[])[] = [
  ["systemctl", "daemon-reload"],
  ["systemctl", "restart", "systemd-sysctl.service"],
  ["systemctl", "enable", "--now", unitNames.firewall],
  ["systemctl", "enable", "--now", unitNames.secrets],
];

/** A core dump would write PHI or keys to disk (sysctl(8), core(5)). */
const noCoreDumps: Settings = [
  ["kernel.core_pattern =", "|/bin/false"],
  ["fs.suid_dumpable =", 0],
];

const commonFolders: readonly HostFolder[] = [
  { path: hostPaths.runFolder, mode: "0755", owner: "root", group: "root" },
  { path: hostPaths.tunnelFolder, mode: "0750", owner: "root", group: hostAccounts.tunnel },
];

function folderLines(folders: readonly HostFolder[]): string {
  return folders.map(({ path, mode, owner, group }) => `d ${path} ${mode} ${owner} ${group}\n`).join("");
}
