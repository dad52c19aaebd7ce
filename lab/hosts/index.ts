export {
  bootHosts,
  type Host,
  type Hosts,
  type HostsOptions,
  type ImageRecipe,
  type StartedHost,
} from "./bootHosts.js";
export type { ExecOptions, ExecResult } from "./exec.js";
export { monotonicMs } from "./host.js";
export type { Probe } from "./probe.js";
export { stopEverything } from "./stopEverything.js";
