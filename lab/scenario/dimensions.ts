import { engines, isPackaged } from "../../src/plan/engine.js";
import { operatingSystems } from "../../src/plan/operatingSystem.js";
import { tunnelEngines } from "../../src/plan/tunnel.js";

/** In what the hosts under test differ from one another. What depends on none of these is the same for all of them. */
export const dimensions = { tunnel: tunnelEngines, operatingSystem: operatingSystems, engine: engines } as const;

export type Dimension = keyof typeof dimensions;

/** One value of each dimension. */
export type Choice = { readonly [Name in Dimension]: (typeof dimensions)[Name][number] };

export const dimensionNames = Object.keys(dimensions) as Dimension[];

/** Where most tests run, unless all is tried. */
export const usual = { operatingSystem: "debian-13", engine: "redis" } as const satisfies Partial<Choice>;

/** Every choice of a cache that the library offers. */
export const allChoices: readonly Choice[] = dimensions.tunnel.flatMap((tunnel) =>
  dimensions.operatingSystem.flatMap((operatingSystem) =>
    dimensions.engine.map((engine) => ({ tunnel, operatingSystem, engine })).filter(isPackaged),
  ),
);

/** As it stands in titles. */
export function nameOf(choice: Choice): string {
  return dimensionNames.map((name) => choice[name]).join(", ");
}
