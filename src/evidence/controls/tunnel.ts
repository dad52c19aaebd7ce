import { tunnelProgram } from "../../host/tunnelProgram";
import { unitNames } from "../../host/units";
import { tunnelRules } from "../../plan/tunnel";
import { onHost, type Check } from "../check";
import { clusterListenersCheck } from "../clusterChecks";
import type { Control, Subject } from "../control";
import { processOf } from "../hostCommands";
import { listening } from "../listening";
import { peerEncryptionChecks, peerIntegrityChecks } from "../peerTunnelChecks";
import { listenersCheck } from "../replicationChecks";
import { hasPeers } from "../shape";
import { handshakeCommand, resuming, tls13Spoken, withOtherSuites } from "../tunnelCommands";

export const encryption: Control = {
  id: "tls",
  title: "Encryption in transit",
  hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"],
  article: ["in-flight"],
  nist: ["SC-8", "SC-8(1)", "SC-13"],
  proposed: ["proposed 164.312(b)", "proposed 164.312(g)"],
  demand: "PHI that moves across a network between application and cache is encrypted.",
  owners: ["component"],
  how: ({ plan }) => [
    `${tunnelProgram(plan.tunnel).packageName} on the node accepts only TLS 1.3, with ${tunnelRules.cipherSuites.split(":").join(", ")}; ${networkInWords(plan)}. Every other cipher suite of TLS 1.3 is refused (\`transmission-integrity\`).`,
    "SC-13: the cryptography is that of Debian's OpenSSL, which is not a FIPS-validated module. The Security Rule doesn't ask for one.",
  ],
  checks: (subject) => [
    ...listening(subject).flatMap(({ at, onAppHost }) => [
      onAppHost("speaks TLS 1.3", handshakeCommand(at, "-tls1_3"), tls13Spoken),
      onAppHost("refuses TLS 1.2", handshakeCommand(at, "-tls1_2"), "alert protocol version"),
    ]),
    ...peerEncryptionChecks(subject.plan),
    networkCheck(subject.plan),
  ],
  risk: {
    remains:
      "Between the application and its own host's tunnel, and between the node's tunnel and Redis, data is in clear, in the memory of these hosts. What is encrypted on the way is not surely \"secured\" PHI, whose loss is no breach to notify (45 CFR 164.402): HHS's guidance (74 FR 42740, 42742) counts encryption in motion that complies, as appropriate, with NIST SP 800-52, 800-77 or 800-113, or is FIPS 140-2 validated. What is in memory is not encrypted, and never is.",
    mitigation:
      "The wall on the app host (`wall`) and the sandbox on both (`sandbox`). Don't count on the safe harbour without the advice of counsel: treat a break-in as a breach until a risk assessment says otherwise.",
  },
};

function networkInWords(plan: Subject["plan"]): string {
  if (!hasPeers(plan)) return "Redis itself has no network";
  const who = plan.cluster === undefined ? "Redis and Sentinel" : "Redis and its bus";
  return `${who} listen on the node's own loopback alone, and what nodes say to each other goes through the same tunnel`;
}

function networkCheck({ replication, cluster, engine }: Subject["plan"]): Check {
  if (cluster !== undefined) return clusterListenersCheck(engine);
  return replication === undefined ? redisHasNoNetwork : listenersCheck(replication, engine);
}

const redisHasNoNetwork = onHost(
  ["cache"],
  "Redis has no network",
  `nsenter --target=${processOf(unitNames.redis)} --net ip -brief link | awk '{ print $1 }' | paste --serial --delimiters=' '`,
  "^lo$",
);

export const transmissionIntegrity: Control = {
  id: "transmission-integrity",
  title: "Integrity in transit",
  hipaa: ["164.312(e)(2)(i)"],
  article: ["in-flight"],
  nist: ["SC-8", "SC-8(1)"],
  proposed: ["proposed 164.312(e)", "proposed 164.312(g)"],
  demand: "PHI that is transmitted can't be changed without being noticed.",
  owners: ["component"],
  how: () => [
    `Every cipher that the tunnel takes is authenticated (AEAD: ${tunnelRules.cipherSuites.split(":").join(", ")}): a changed byte ends the connection. No session is resumed, so that each connection has its certificate checked.`,
  ],
  checks: (subject) => [
    ...listening(subject).flatMap(({ at, behind, onAppHost }) => [
      onAppHost(
        "chooses an authenticated cipher",
        handshakeCommand(at, "-tls1_3"),
        `Cipher is (${tunnelRules.cipherSuites.split(":").join("|")})`,
      ),
      onAppHost("refuses every other cipher", handshakeCommand(at, withOtherSuites), "alert handshake failure"),
      onAppHost("resumes no session", resuming(at, behind), String.raw`^New, TLSv1\.3$`),
    ]),
    ...peerIntegrityChecks(subject.plan),
  ],
  risk: {
    remains: "What the application itself writes wrongly is transmitted as it is.",
    mitigation: "The application checks what it reads (`integrity`).",
  },
};
