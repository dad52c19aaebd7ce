import { sharded } from "../../support/sample.js";
import type { Statements } from "./statement.js";

const otherGroup = "run the tunnel with a key exchange that is not planned";
const seenByNodes = [
  "replication of every other node of its shard and of the next one exchanges keys as planned",
  "not so at 10.0.0.132:6380",
] as const;

/** What src/evidence/controls says of the key exchange. */
export const keyExchangeStatements: Statements = {
  "hybrid-key-exchange": [
    {
      claim:
        "What somebody records on the way today stays secret from a quantum computer of a later day, where both hosts have a key exchange for it.",
      found: { node: [otherGroup] },
    },
    {
      claim:
        "sessions-0 runs Debian 12, which has no such key exchange: with every host, keys are exchanged by X25519.",
      of: { operatingSystem: "debian-12" },
      found: { node: [otherGroup] },
    },
    {
      claim:
        "sessions-0 runs Debian 13: keys are exchanged by X25519MLKEM768, which is X25519 and ML-KEM-768 (FIPS 203) together;",
      of: { operatingSystem: "debian-13" },
      found: { node: [otherGroup] },
    },
    {
      claim: "All nodes run Debian 12, which has no such key exchange: with every host, keys are exchanged by X25519.",
      of: { ...sharded(), operatingSystem: "debian-12" },
      found: { answers: [seenByNodes] },
    },
    {
      claim:
        "All nodes run Debian 13: keys are exchanged by X25519MLKEM768, which is X25519 and ML-KEM-768 (FIPS 203) together;",
      of: { ...sharded(), operatingSystem: "debian-13" },
      found: { answers: [seenByNodes] },
    },
    {
      claim: "with a host that doesn't have it, such as one of Debian 12, by X25519.",
      of: { operatingSystem: "debian-13" },
      found: { node: [otherGroup] },
    },
    {
      claim:
        "Which app hosts are such, the cache does not know: their own checks tell how they exchange keys, and HAProxy's log on each node tells it of each connection.",
      of: { operatingSystem: "debian-13" },
      unseen: "Which app hosts are such, the cache does not know",
    },
    {
      claim: "Which app hosts are such, the cache does not know: their own checks tell how they exchange keys.",
      of: { operatingSystem: "debian-13", tunnel: "stunnel" },
      unseen: "Which app hosts are such, the cache does not know",
    },
    {
      claim: "together, and by nothing else.",
      of: { operatingSystem: "debian-13", requireHybridKeyExchange: true },
      found: { node: [otherGroup] },
    },
    {
      claim:
        "HIPAA doesn't ask for it today: no paragraph names a key exchange, and nothing binding from HHS does. It is prudent, since patient data stays sensitive for a lifetime. NIST IR 8547, of which the initial public draft of 2024-11 is cited here, would disallow, after 2035, key exchange that a quantum computer breaks. Executive Order 14412 of 2026-06-22 (91 FR 38483) has guidance issued by which federal agencies are to have another one by 2030-12-31 in high-value assets and high-impact systems, national security systems apart. For contractors it has a rule proposed, and no more.",
      noState: "It says what the law asks.",
    },
  ],
};
