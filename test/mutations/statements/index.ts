import { driftStatements } from "./drift.js";
import { keysStatements } from "./keys.js";
import { networkStatements } from "./network.js";
import { peopleStatements } from "./people.js";
import type { Statements } from "./statement.js";

/** As src/evidence/controls has them, a file for each of its files. */
export const statements: Statements = {
  ...networkStatements,
  ...peopleStatements,
  ...driftStatements,
  ...keysStatements,
};
