import type { Served } from "../plan/engine";
import { tunnelEngines, type TunnelEngine } from "../plan/tunnel";
import { argumentsProblems, list, oneOf, optional, type Checks } from "./check";
import { engine, operatingSystem } from "./common";
import { engineProblems } from "./engineProblems";
import type { Problem } from "./problems";

/** What an image is made for. */
export interface ImageOptions extends Partial<Served> {
  readonly tunnels?: readonly TunnelEngine[];
}

const imageChecks: Checks<ImageOptions> = {
  tunnels: optional(list(oneOf(tunnelEngines))),
  operatingSystem,
  engine,
};

/** Everything that is wrong with them. */
export function imageProblems(given: ImageOptions): Problem[] {
  const problems = argumentsProblems("", imageChecks, given);
  return problems.length > 0 ? problems : engineProblems(given);
}
