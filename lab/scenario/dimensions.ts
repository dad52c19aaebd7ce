import { defaultOperatingSystem, operatingSystems } from "../../src/plan/operatingSystem.js";
import { tunnelEngines } from "../../src/plan/tunnel.js";

/** In what the hosts under test differ from one another. What depends on none of these is the same for all of them. */
export const dimensions = { tunnel: tunnelEngines, operatingSystem: operatingSystems } as const;

export type Dimension = keyof typeof dimensions;

/** One value of each dimension. */
export type Choice = { readonly [Name in Dimension]: (typeof dimensions)[Name][number] };

export const dimensionNames = Object.keys(dimensions) as Dimension[];

/** What most caches have of these. */
export const usual = { operatingSystem: defaultOperatingSystem } as const satisfies Partial<Choice>;

/** As it stands in titles. */
export function nameOf(choice: Choice): string {
  return dimensionNames.map((name) => choice[name]).join(", ");
}
