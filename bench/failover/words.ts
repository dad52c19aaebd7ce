import { engineNames } from "../report/engineNames.js";
import type { Row } from "./figures.js";

/** A case as a plot and a table name it. */
export function caseWords({ name, manner, planned }: Pick<Row, "name" | "manner" | "planned">): string {
  return planned ? `${name}: ${clientWords(manner)}` : name;
}

export function clientWords(manner: Row["manner"]): string {
  return manner === "patient" ? "connect({ ...patient })" : "connect()";
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

export function tunnelWords({ tunnel }: Pick<Row, "tunnel">): string {
  return engineNames[tunnel];
}
