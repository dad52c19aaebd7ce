import { tunnelProgram } from "../../src/host/tunnelProgram.js";
import { unitNames } from "../../src/host/units.js";
import { hostPaths } from "../../src/host/hostPaths.js";
import { journalNames } from "../../src/host/journals.js";
import { engineProgram, engines } from "../../src/plan/engine.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";

/**
 * What somebody does to a running host, and how it is undone: lines for sh(1), in which `$kept` is a path of the change's own that
 * nothing is at before and after.
 */
export type HostChange = LastingChange | Restart;

/** What is there until it is undone. */
export interface LastingChange {
  readonly does: string;
  readonly mends: string;
  /** What it changes: no other change at the same time may change that, as undoing one would undo the other. */
  readonly changes: string;
}

/** A service is started with another file than the one that is there: who only reads files sees nothing. */
export interface Restart {
  readonly service: Service;
  /** The file is changed, and put back once the service has started with it. */
  readonly path: string;
  readonly edit: string;
  /** What it leaves behind when the service runs as before. */
  readonly sweeps?: string;
}

export type Service = "redis" | "tunnel" | "sentinel";

export function isRestart(change: HostChange): change is Restart {
  return "service" in change;
}

/** Whether systemd has to read its units again: to read all of them takes it as long as a start of the service. */
export function isOfUnit({ path }: Restart): boolean {
  return path.startsWith(hostPaths.unitsFolder);
}

/** What two changes at the same time on the same host may not both change. */
export function changedBy(change: HostChange): string {
  return isRestart(change) ? `${change.path} of what runs` : change.changes;
}

/** A file beside the library's own, which is not among those that it laid down. */
export function added(path: string, content: string, takeUp = "true"): LastingChange {
  return {
    changes: path,
    does: `echo '${content}' >${path} && ${takeUp}`,
    mends: `rm -f ${path} && ${takeUp}`,
  };
}

/** A file that is changed and stays so. */
export function edited(path: string, edit: string, takeUp = "true"): LastingChange {
  return {
    changes: path,
    does: `${keepAndEdit(path, edit)} && ${takeUp}`,
    mends: `${putBack(path)} && ${takeUp}`,
  };
}

export function runningWith(service: Service, path: string, edit: string): Restart {
  return { service, path, edit };
}

/** A service without what of systemd's sandbox is a filter of system calls. */
export function runningWithoutFilters(service: Service): Restart {
  return runningWith(service, unitPath(service), `sed -i -E '/^(${filters.join("|")})/d' ${unitPath(service)}`);
}

/** A unit's file that has lost its sandbox; the service runs on in it. */
export function withoutSandbox(service: Service): LastingChange {
  const unit = unitPath(service);
  const lines = "/^(Protect|Private|Restrict|SystemCall|Capability)/d";
  return edited(unit, `sed -i -E '${lines}' ${unit}`, "systemctl daemon-reload");
}

const filters = [
  "SystemCall",
  "Restrict",
  "NoNewPrivileges",
  "MemoryDeny",
  "LockPersonality",
  "PrivateDevices",
  "ProtectClock",
  "ProtectHostname",
  "ProtectKernel",
];

/** The file of a service's unit. */
export function unitPath(service: Service): string {
  return `${hostPaths.unitsFolder}/${unitNames[service]}`;
}

export function tunnelConfig(tunnel: TunnelEngine): string {
  return tunnelProgram(tunnel).configPath;
}

/** Rights of a file, as chmod(1) writes them, that are given and taken again. */
export function withMode(path: string, given: string, taken: string): LastingChange {
  return {
    changes: path,
    does: `chmod ${given} "$(realpath ${path})"`,
    mends: `chmod ${taken} "$(realpath ${path})"`,
  };
}

/** A file or a folder that is somebody else's. */
export function withOwner(path: string, given: string, back: string): LastingChange {
  return { changes: path, does: `chown ${given} ${path}`, mends: `chown ${back} ${path}` };
}

/** The firewall in force is another one than its file says. */
export function nft(command: string): LastingChange {
  return firewallChanged(`nft ${command}`);
}

/** The firewall in force lacks the lines of its file that an expression matches. */
export function firewallWithout(lines: string): LastingChange {
  const rest = `grep --invert-match --extended-regexp '${lines}' ${hostPaths.firewallConfig}`;
  return firewallChanged(`${rest} | nft --file -`);
}

/** The firewall in force is its file as sed(1) would have it. */
export function firewallEdited(edit: string): LastingChange {
  return firewallChanged(`sed '${edit}' ${hostPaths.firewallConfig} | nft --file -`);
}

/** The firewall in force and its file are both as sed(1) would have them: who only compares the two sees nothing. */
export function firewallAndFile(edit: string): LastingChange {
  const { firewallConfig } = hostPaths;
  return {
    changes: "the firewall in force",
    does: `${keepAndEdit(firewallConfig, `sed -i '${edit}' ${firewallConfig}`)} && nft --file ${firewallConfig}`,
    mends: `${putBack(firewallConfig)} && systemctl reload ${unitNames.firewall}`,
  };
}

function firewallChanged(does: string): LastingChange {
  return { changes: "the firewall in force", does, mends: `systemctl reload ${unitNames.firewall}` };
}

/** A service of systemd's that is changed as a whole, such as stopped. */
export function told(unit: string, does: string, mends: string): LastingChange {
  return { changes: unit, does, mends };
}

/** Asks Redis what it reads as the node's agent; the last answer has to be OK. */
export const asked = `${hostPaths.scriptsFolder}/ask-redis | tail --lines=1 | grep --quiet --line-regexp OK`;

export function askRedis(command: string): string {
  return `echo '${command}' | ${asked}`;
}

/** Changes a file; it must then differ from what is kept. */
export function keepAndEdit(path: string, edit: string): string {
  return `cp --preserve=all ${path} "$kept" && ${edit} && ! cmp --silent ${path} "$kept"`;
}

export function putBack(path: string): string {
  return `cp --preserve=all "$kept" ${path} && rm "$kept"`;
}

/** Takes up what the service's files say now, and waits until it answers. */
export function restart(service: Service): string {
  return `systemctl restart ${unitNames[service]} && ${up[service]}`;
}

function until(condition: string): string {
  return `timeout 600 sh -c 'until ${condition}; do sleep 0.1; done'`;
}

function shown(property: string): string {
  return `"$(systemctl show --property=${property} --value ${unitNames.tunnel})"`;
}

/** HAProxy tells systemd that it is up, and stunnel does not: until it says that it has read its file, that may not be put back. */
const tellsItself = `[ ${shown("Type")} = notify ]`;
const saysThatItHasItsFile = `journalctl --namespace=+${journalNames.tunnel} _SYSTEMD_INVOCATION_ID=${shown("InvocationID")} | grep --quiet "Configuration successful"`;

/** That of the engine that a node has. */
const redisClient = `$(which ${engines.map((engine) => engineProgram(engine).client).join(" ")} | head -n 1)`;

const up: Readonly<Record<Service, string>> = {
  redis: until(`${redisClient} -s ${hostPaths.redisSocket} PING | grep -q NOAUTH`),
  tunnel: until(`systemctl is-active --quiet ${unitNames.tunnel} && { ${tellsItself} || ${saysThatItHasItsFile}; }`),
  // It has to have heard of the others again.
  sentinel: until(
    `. ${hostPaths.replicationEnvironment} && echo "SENTINEL CKQUORUM main" | ${hostPaths.scriptsFolder}/ask-peer "$HIPAA_REDIS_SELF" 26379 _peer | grep -q "^OK $(echo "$HIPAA_REDIS_SENTINELS" | tr , " " | wc --words) usable"`,
  ),
};
