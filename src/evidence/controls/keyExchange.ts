import { classicalGroup, hybridGroup, hybridReleases } from "../../plan/keyExchange";
import { releases } from "../../plan/operatingSystem";
import type { TunnelEngine } from "../../plan/tunnel";
import type { Control, Risk, Subject } from "../control";
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
    "HIPAA doesn't ask for it today: no paragraph names a key exchange, and nothing binding from HHS does. It is prudent, since patient data stays sensitive for a lifetime. NIST IR 8547, of which the initial public draft of 2024-11 is cited here, would disallow, after 2035, key exchange that a quantum computer breaks. Executive Order 14412 of 2026-06-22 (91 FR 38483) has guidance issued by which federal agencies are to have another one by 2030-12-31 in high-value assets and high-impact systems, national security systems apart. For contractors it has a rule proposed, and no more.",
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
  risk: riskWhere("preferred"),
  riskOf: (plan) => riskWhere(exchangeOf(plan)),
};

/** What nodes do with the hybrid key exchange: they lack it, prefer it to X25519 alone, or take nothing else. */
type Exchange = "missing" | "preferred" | "required";

function exchangeOf({ operatingSystem, requireHybridKeyExchange }: Subject["plan"]): Exchange {
  if (!releases[operatingSystem].hasHybridKeyExchange) return "missing";
  return requireHybridKeyExchange ? "required" : "preferred";
}

/** Of what nodes do: what app hosts run the cache does not know. */
function riskWhere(exchange: Exchange): Risk {
  const hybridTitles = hybridReleases.map((name) => releases[name].title).join(" or ");
  const forged =
    "Certificates are signed with ECDSA: who has a quantum computer on the day could forge one, and be taken for a host from then on.";
  const renewed = "Give hosts new certificates of another kind once the tunnel's programs take them.";
  const open = `${classicalGroup} alone protects what is recorded, and who has a quantum computer later can read it.`;
  return {
    missing: {
      remains: `Between a node and each app host or other node ${open} ${forged}`,
      mitigation: `Move nodes and app hosts to ${hybridTitles}, then set \`requireHybridKeyExchange\`. ${renewed}`,
    },
    preferred: {
      remains: `Between a node and an app host that doesn't have the hybrid key exchange ${open} Between hosts that have it what is recorded stays secret. ${forged}`,
      mitigation: `Move app hosts that don't have it to ${hybridTitles}, then set \`requireHybridKeyExchange\`. ${renewed}`,
    },
    required: {
      remains: `${forged} What tunnels have carried by then, with keys exchanged by ${hybridGroup}, stays secret.`,
      mitigation: renewed,
    },
  }[exchange];
}

/** Whose log on a node tells it of each connection. stunnel's does not (stunnelConf.ts). */
const logged: Readonly<Record<TunnelEngine, string>> = {
  haproxy: ", and HAProxy's log on each node tells it of each connection",
  stunnel: "",
};

function exchangeInWords(plan: Subject["plan"]): string {
  const { operatingSystem, nodes, cluster, tunnel } = plan;
  const { title } = releases[operatingSystem];
  const exchange = exchangeOf(plan);
  const named = cluster === undefined ? nodes.map(({ name }) => name).join(", ") : "All nodes";
  const run = `${named} ${nodes.length > 1 ? "run" : "runs"} ${title}`;
  if (exchange === "missing")
    return `${run}, which has no such key exchange: with every host, keys are exchanged by ${classicalGroup}.`;
  const takes = `${run}: keys are exchanged by ${hybridGroup}, which is X25519 and ML-KEM-768 (FIPS 203) together`;
  if (exchange === "required") return `${takes}, and by nothing else.`;
  return `${takes}; with a host that doesn't have it, such as one of Debian 12, by ${classicalGroup}. Which app hosts are such, the cache does not know: their own checks tell how they exchange keys${logged[tunnel]}.`;
}
