import { operatingSystems } from "../../src/plan/operatingSystem.js";
import { tunnelEngines } from "../../src/plan/tunnel.js";

/** In what the hosts under test differ from one another. What depends on none of these is the same for all of them. */
export const dimensions = { tunnel: tunnelEngines, operatingSystem: operatingSystems } as const;

export type Dimension = keyof typeof dimensions;

/** One value of each dimension. */
export type Choice = { readonly [Name in Dimension]: (typeof dimensions)[Name][number] };

export const dimensionNames = Object.keys(dimensions) as Dimension[];

/** Where most tests run, unless all is tried: not every one of them has passed on Debian 13 yet. */
export const usual = { operatingSystem: "debian-12" } as const satisfies Partial<Choice>;

/** As it stands in titles. */
export function nameOf(choice: Choice): string {
  return dimensionNames.map((name) => choice[name]).join(", ");
}
