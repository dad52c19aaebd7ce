import { applicationName, type Application } from "../figures/applications.js";
import type { Result } from "../figures/result.js";
import type { Profile } from "../profile/profile.js";
import { sumOf, type Sum } from "../profile/sum.js";

export type Way = Omit<Application, "inPlots">;

/** What a run has found, to be said in sentences. */
export interface Facts {
  /** The value of a figure by its name; undefined where it was not measured. */
  figure(name: string): number | undefined;
  /** What processes of a way did for an operation; undefined where it was not counted. */
  counted(way: Way, processes: readonly string[]): Sum | undefined;
}

export function factsOf(results: readonly Result[], profiles: readonly Profile[]): Facts {
  const values = new Map(results.map(({ name, value }) => [name, value]));
  const byWay = new Map(profiles.map((one) => [applicationName(one.application), one]));
  return {
    figure: (name) => values.get(name),
    counted: (way, processes) => {
      const found = byWay.get(applicationName(way));
      return found && sumOf(found, processes);
    },
  };
}
