import { unitNames } from "../../src/host/units.js";

/** Shell text that holds when a host's agent is not at work, what comes after its look at the secret included. */
export const agentRests = `systemctl is-active ${unitNames.refresh} | grep --quiet --line-regexp --extended-regexp 'inactive|failed'`;
