import { applicationStatements } from "./application.js";
import { clockStatements } from "./clock.js";
import { commandsStatements } from "./commands.js";
import { driftStatements } from "./drift.js";
import { exemptStatements } from "./exempt.js";
import { failoverStatements } from "./failover.js";
import { hostsStatements } from "./hosts.js";
import { keyExchangeStatements } from "./keyExchange.js";
import { keysStatements } from "./keys.js";
import { networkStatements } from "./network.js";
import { organisationStatements } from "./organisation.js";
import { peopleStatements } from "./people.js";
import { storageStatements } from "./storage.js";
import { tunnelStatements } from "./tunnel.js";
import { updatesStatements } from "./updates.js";
import { replicasStatements } from "./replicas.js";
import { shardsStatements } from "./shards.js";
import type { Statements } from "./statement.js";

/** As src/evidence/controls has them, a file for each of its files. */
const ofAnyCache: Statements = {
  ...networkStatements,
  ...tunnelStatements,
  ...keyExchangeStatements,
  ...storageStatements,
  ...commandsStatements,
  ...hostsStatements,
  ...updatesStatements,
  ...clockStatements,
  ...exemptStatements,
  ...applicationStatements,
  ...organisationStatements,
  ...peopleStatements,
  ...driftStatements,
  ...keysStatements,
  ...failoverStatements,
};

/** What each control claims, of one node, of several, and of shards. */
export const statements: Statements = Object.fromEntries(
  Object.entries(ofAnyCache).map(([id, claims]) => [
    id,
    [...claims, ...(replicasStatements[id] ?? []), ...(shardsStatements[id] ?? [])],
  ]),
);
