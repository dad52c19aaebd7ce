import type { Statements } from "./statement.js";

/** What src/evidence/controls/keys.ts says. */
export const keysStatements: Statements = {};
