import type { Statements } from "./statement.js";

/** What src/evidence/controls/people.ts says. */
export const peopleStatements: Statements = {};
