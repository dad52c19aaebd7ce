import type { Statements } from "./statement.js";

/** What src/evidence/controls/drift.ts says. */
export const driftStatements: Statements = {};
