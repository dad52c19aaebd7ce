import { tunnelProgram } from "../../src/host/tunnelProgram.js";
import { unitNames } from "../../src/host/units.js";
import { hostPaths } from "../../src/plan/hostPaths.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";

/** Something that somebody does to a running host, and how it is undone. */
export interface HostMutation extends Deed {
  /** The one control that `verify` has to name. */
  readonly control: string;
  readonly what: string;
  readonly on: "node" | "appHost";
  /**
   * Others that can't but be broken with it: `configuration-drift`, where what the plan laid down is changed, `host-firewall`,
   * where a rule of the node's firewall is.
   */
  readonly also?: readonly string[];
}

/** Lines for sh(1). */
export interface Deed {
  readonly does: string;
  readonly mends: string;
}

/** A file beside the library's own, which is not among those that it laid down. */
export function added(path: string, content: string, takeUp = "true"): Deed {
  return { does: `echo '${content}' >${path} && ${takeUp}`, mends: `rm -f ${path} && ${takeUp}` };
}

/** A file that is changed and stays so. */
export function edited(path: string, edit: string, takeUp = "true"): Deed {
  return {
    does: `${keep(path)} && ${edit} && ! cmp --silent ${path} ${kept} && ${takeUp}`,
    mends: `${putBack(path)} && ${takeUp}`,
  };
}

/** A service that runs with another file than the one that is there: who only reads files sees nothing. */
export function runningWith(service: Service, path: string, edit: string): Deed {
  const restart = `systemctl daemon-reload && systemctl restart ${unitNames[service]} && ${up[service]}`;
  const changed = `{ ${edit} && ! cmp --silent ${path} ${kept} && ${restart}; }`;
  return {
    does: `${keep(path)}; status=0; ${changed} || status=1; ${putBack(path)} && systemctl daemon-reload && exit $status`,
    mends: restart,
  };
}

/** A service without what of systemd's sandbox is a filter of system calls. */
export function runningWithoutFilters(service: Service): Deed {
  return runningWith(
    service,
    unitPath(service),
    `sed -i -E '/^(${filters.join("|")})/d' ${unitPath(service)}`,
  );
}

/** A unit's file that has lost its sandbox; the service runs on in it. */
export function withoutSandbox(service: Service): Deed {
  const unit = unitPath(service);
  const lines = "/^(Protect|Private|Restrict|SystemCall|Capability)/d";
  return edited(unit, `sed -i -E '${lines}' ${unit}`, "systemctl daemon-reload");
}

const filters = [
  ...["SystemCall", "Restrict", "NoNewPrivileges", "MemoryDeny", "LockPersonality", "PrivateDevices"],
  ...["ProtectClock", "ProtectHostname", "ProtectKernel"],
];

type Service = "redis" | "tunnel";

/** The file of a service's unit. */
export function unitPath(service: Service): string {
  return `${hostPaths.unitsFolder}/${unitNames[service]}`;
}

export function tunnelConfig(engine: TunnelEngine): string {
  return tunnelProgram(engine).configPath;
}

/** Rights of a file, as chmod(1) writes them, that are given and taken again. */
export function withMode(path: string, given: string, taken: string): Deed {
  return { does: `chmod ${given} "$(realpath ${path})"`, mends: `chmod ${taken} "$(realpath ${path})"` };
}

/** The firewall in force is another one than its file says. */
export function nft(command: string): Deed {
  return { does: `nft ${command}`, mends: `systemctl reload ${unitNames.firewall}` };
}

/** The firewall in force lacks the lines of its file that an expression matches. */
export function firewallWithout(lines: string): Deed {
  const rest = `grep --invert-match --extended-regexp '${lines}' ${hostPaths.firewallConfig}`;
  return { does: `${rest} | nft --file -`, mends: `systemctl reload ${unitNames.firewall}` };
}

/** Asks Redis as the node's agent. */
export function askRedis(command: string): string {
  return `echo '${command}' | ${hostPaths.scriptsFolder}/ask-redis | tail --lines=1 | grep --quiet --line-regexp OK`;
}

const kept = "/run/mutation";

function keep(path: string): string {
  return `cp --preserve=all ${path} ${kept}`;
}

function putBack(path: string): string {
  return `cp --preserve=all ${kept} ${path} && rm ${kept}`;
}

function until(condition: string): string {
  return `timeout 60 sh -c 'until ${condition}; do sleep 0.1; done'`;
}

const up: Readonly<Record<Service, string>> = {
  redis: until(`redis-cli -s ${hostPaths.redisSocket} PING | grep -q NOAUTH`),
  tunnel: until('[ -n "$(ss --no-header --listening --tcp --numeric sport = :6379)" ]'),
};
