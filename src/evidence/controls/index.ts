import type { CachePlan } from "../../plan/cachePlan";
import type { Control } from "../control";
import { hasPeers } from "../shape";
import { applicationControls } from "./application";
import { authentication } from "./authentication";
import { certificateLife } from "./certificateLife";
import { clock } from "./clock";
import { commandControls } from "./commands";
import { configurationDrift } from "./drift";
import { failover } from "./failover";
import { hostControls } from "./hosts";
import { hybridKeyExchange } from "./keyExchange";
import { keyControls } from "./keys";
import { networkControls } from "./network";
import { organisationControls } from "./organisation";
import { passwords } from "./passwords";
import { peopleControls } from "./people";
import { storageControls } from "./storage";
import { encryption, transmissionIntegrity } from "./tunnel";

/** Every safeguard once, theme by theme, in the report's order. */
export const controls = [
  ...networkControls,
  encryption,
  authentication,
  passwords,
  transmissionIntegrity,
  hybridKeyExchange,
  certificateLife,
  ...peopleControls,
  ...storageControls,
  ...commandControls,
  ...hostControls,
  clock,
  configurationDrift,
  ...keyControls,
  ...applicationControls,
  ...organisationControls,
  failover,
] as const satisfies readonly Control[];

/** Those of a cache. */
export function controlsOf(plan: Pick<CachePlan, "replication" | "cluster">): readonly Control[] {
  return controls.filter(({ onlyWith }: Control) => onlyWith === undefined || hasPeers(plan));
}
