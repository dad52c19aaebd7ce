import { engines } from "../plan/engine";
import { operatingSystems } from "../plan/operatingSystem";
import { tunnelEngines } from "../plan/tunnel";
import { list, oneOf, optional, wholeNumber } from "./check";
import { anyCidrProblems, apart } from "./cidrProblems";

/** What caches and clients have in common. */

export const tunnel = optional(oneOf(tunnelEngines));

export const operatingSystem = optional(
  oneOf(operatingSystems, ": nobody has booted and tested hosts of Ubuntu or Amazon Linux with this library yet."),
);

export const engine = optional(oneOf(engines));

/** A number that is raised for something new. */
export const mostGenerations = 9999;

export const generation = optional(wholeNumber(1, mostGenerations));

export const refreshIntervalSeconds = optional(wholeNumber(10, 86_400, "seconds", " (a day)."));

export const httpsEgressCidrBlocks = optional(list(anyCidrProblems, apart));
