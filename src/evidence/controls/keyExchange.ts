import { classicalGroup, hybridGroup } from "../../plan/keyExchange";
import { releases } from "../../plan/operatingSystem";
import type { Control, Subject } from "../control";
import { classicalAlone, exchangeShown, groupIn, plannedGroup } from "../keyExchangeChecks";
import { listening } from "../listening";
import { peerKeyExchangeChecks } from "../peerTunnelChecks";
import { handshakeCommand } from "../tunnelCommands";

/** Of what is recorded today and read later. No paragraph in force asks for it. */
export const hybridKeyExchange: Control = {
  id: "hybrid-key-exchange",
  title: "Key exchange that a later quantum computer doesn't break",
  hipaa: [],
  article: [],
  nist: ["SC-8(1)", "SC-12"],
  demand:
    "What somebody records on the way today stays secret from a quantum computer of a later day, where both hosts have a key exchange for it.",
  owners: ["component"],
  how: ({ plan }) => [
    exchangeInWords(plan),
    "HIPAA doesn't ask for it today: no paragraph names a key exchange, and nothing binding from HHS does. It is prudent, since patient data stays sensitive for a lifetime. NIST IR 8547, a draft, disallows classical key exchange from 2035. An executive order of 2026-06-22 (91 FR 38483) wants another one by 2030-12-31, of federal agencies and their contractors.",
  ],
  checks: (subject) => [
    ...listening(subject).flatMap(({ at, onAppHost }) => [
      onAppHost(exchangeShown, groupIn(handshakeCommand(at, "-tls1_3")), `^${plannedGroup(subject.plan)}`),
      ...(subject.plan.requireHybridKeyExchange
        ? [
            onAppHost(
              `refuses ${classicalGroup} alone`,
              handshakeCommand(at, classicalAlone),
              "alert handshake failure",
            ),
          ]
        : []),
    ]),
    ...peerKeyExchangeChecks(subject.plan),
  ],
  risk: {
    remains:
      "Certificates are still signed with ECDSA. Who has a quantum computer on the day could forge one, and be taken for a host from then on; what was recorded before stays secret. Between a host that has the hybrid key exchange and one that doesn't, X25519 alone protects what is recorded.",
    mitigation:
      "Move nodes and app hosts to Debian 13, then set `requireHybridKeyExchange`. Give hosts new certificates of another kind once the tunnel's programs take them.",
  },
};

function exchangeInWords({ operatingSystem, requireHybridKeyExchange, nodes, cluster }: Subject["plan"]): string {
  const { title, hasHybridKeyExchange } = releases[operatingSystem];
  const named = cluster === undefined ? nodes.map(({ name }) => name).join(", ") : "All nodes";
  const run = `${named} ${nodes.length > 1 ? "run" : "runs"} ${title}`;
  if (!hasHybridKeyExchange)
    return `${run}, which has no such key exchange: with every host, keys are exchanged by ${classicalGroup}.`;
  const takes = `${run}: keys are exchanged by ${hybridGroup}, which is X25519 and ML-KEM-768 (FIPS 203) together`;
  if (requireHybridKeyExchange) return `${takes}, and by nothing else.`;
  return `${takes}; with a host that doesn't have it, such as one of Debian 12, by ${classicalGroup}. Which app hosts are such, the cache does not know: their own checks tell how they exchange keys, and HAProxy's log tells it of each connection.`;
}
