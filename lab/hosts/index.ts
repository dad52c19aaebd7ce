export { bootHosts, type Host, type Hosts, type HostsOptions } from "./bootHosts.js";
export type { ExecOptions, ExecResult } from "./exec.js";
export type { Probe, ProbeOptions } from "./probe.js";
export { stopEverything } from "./stopEverything.js";
