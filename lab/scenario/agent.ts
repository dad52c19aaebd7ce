import { unitNames } from "../../src/host/units.js";

/** What a host's agent does time and again; only an app host with a role for its application has the second. */
const agentUnits = [unitNames.refresh, unitNames.appRole];

/** The timers by which it does. */
export const agentTimers = [unitNames.refreshTimer, unitNames.appRoleTimer];

/** Shell text that holds when a host's agent is not at work, what comes after its look at the secret included. */
export const agentRests = `[ "$(systemctl is-active ${agentUnits.join(" ")} | grep --count --line-regexp --extended-regexp 'inactive|failed')" = ${agentUnits.length} ]`;
