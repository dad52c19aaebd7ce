import { hostPaths } from "../../host/hostPaths";
import { authorityCommonName, authorityName, serverName, type CertificatePlan } from "../../plan/certificates";
import { hostKinds } from "../../plan/hostKinds";
import { literally, onHost, type Check } from "../check";
import { environment } from "../clusterAwk";
import type { Control, Subject } from "../control";
import { metadata } from "../hostCommands";
import { listening } from "../listening";
import { admittedChecks, nodesKnownChecks, usagesCheck } from "../peerChecks";
import { peerAuthenticationChecks } from "../peerTunnelChecks";
import { shapeOf, type Shape } from "../shape";
import { asNobody, asOneself, asStranger } from "../tunnelCommands";

export const authentication: Control = {
  id: "mutual-authentication",
  title: "Mutual authentication",
  hipaa: ["164.312(d)", "164.312(a)(1)"],
  article: ["access", "in-flight", "certificates"],
  nist: ["IA-3", "IA-5(2)", "SC-23", "SC-17"],
  proposed: ["proposed 164.312(a)(2)(i)", "proposed 164.312(a)(2)(vii)", "proposed 164.312(f)"],
  demand:
    "The cache is only accessible by the application, with correct credentials; the application knows the cache it talks to.",
  owners: ["component"],
  how: ({ plan }) => [
    `The cache has an authority of its own. The node admits the certificates that it has signed for clients, with one of the names ${plan.clients.map(({ certificate }) => certificate.dnsName).join(", ")}.`,
    ...amongNodes[shapeOf(plan)],
    `Clients trust ${trustedNames(plan)} alone, with a certificate that the authority has signed for servers.`,
    `Each host has a key of its own, of generation ${plan.rotation.keys}: the authority's number and that of \`rotation.keys\`. Raising either gives all of them new keys.`,
    `A client that is taken off the list is locked out within ${plan.refreshIntervalSeconds} s, or half a minute later if it keeps Redis so busy that Redis has to be restarted.`,
    "Authorities are known by their keys, and each host's certificate by the authority that has signed it. Checks try a tunnel that runs with a host's own certificate, with none, and with one that a stranger has signed. Which names it admits they can't ask it: they read the list that it takes at its start and at each change. Which of the clients an app host is, its certificate alone says; which name its tunnel trusts is its configuration, which is compared (`configuration-drift`). Which generation a host's key is of, no check sees. How soon a client is locked out, the library's tests see.",
  ],
  checks: ({ plan, deployed }) => [
    ...nodesKnownChecks(plan),
    ...listening({ plan, deployed }).map(({ at, onAppHost }) =>
      onAppHost("refuses whoever shows no certificate", asNobody(at), "alert certificate required"),
    ),
    ...listening({ plan, deployed }).map(({ at, onAppHost }) =>
      onAppHost(
        "refuses a certificate of a client's name that somebody else has signed",
        asStranger(at, plan.clients[0]?.certificate.dnsName ?? plan.name),
        "alert unknown ca",
      ),
    ),
    ...listening({ plan, deployed }).map(({ at, serverName, behind, onAppHost }) =>
      onAppHost(
        "shows a certificate of its own name, and admits this host's",
        asOneself(at, serverName, behind),
        behind.answer,
      ),
    ),
    ...peerAuthenticationChecks(plan),
    onHost(
      ["cache"],
      "the clients on the list, and no other, are admitted",
      `grep --only-matching --extended-regexp '[a-z0-9-]+\\.client\\.${plan.name}\\.[a-z.-]+' ${hostPaths.admitted} | sort --unique | tr '\\n' ' '`,
      `^${plan.clients
        .map(({ certificate }) => literally(certificate.dnsName))
        .sort()
        .join(" ")} $`,
    ),
    ...admittedChecks(plan),
    onHost(
      hostKinds,
      "the host's certificate is of the authority in use, and the planned authorities alone are trusted",
      `echo "$(openssl x509 -noout -issuer -in ${hostPaths.certificate} | sed 's/^issuer=CN *= *//'): $(openssl storeutl -noout -text -certs ${hostPaths.trusted} | sed --quiet 's/^ *Subject: CN *= *//p' | paste --serial --delimiters=,) $(${trustedKeys})$(openssl verify -no-CApath -no-CAstore -CAfile ${hostPaths.trusted} ${hostPaths.certificate} 2>/dev/null | sed --quiet 's/^.*: OK$/ signed/p')"`,
      `^${authorityCommonName(plan.name, plan.rotation.authority.current)}: ${plan.rotation.authority.accepted.map((generation) => authorityCommonName(plan.name, generation)).join(",")} ${plan.rotation.authority.accepted.map((generation) => keyOf(generation, { plan, deployed })).join(",")} signed$`,
    ),
    certificateNameCheck({ plan, deployed }),
    ...usagesCheck(plan),
    onHost(
      ["client"],
      "the host's certificate has the name of a client",
      certificateNames,
      `^(${plan.clients.map(({ certificate }) => names(certificate)).join("|")})$`,
    ),
  ],
  risk: {
    remains:
      "Whoever steals a key from a host's memory, as root, can pass for that host until the authority is retired; for a client, taking its name off the list ends that too. Connections that are open by then stay open.",
    mitigation:
      'Raise `rotation.authority`, which changes all keys, retire the one before it, and restart the node\'s tunnel (docs/rotation.md, "After a leak").',
  },
};

const amongNodes: Readonly<Record<Shape, readonly string[]>> = {
  alone: [],
  replicas: [
    "What nodes copy from each other, and Sentinel, are services of their own on the tunnel, each with a list of its own: nodes alone are admitted to the first, nodes and clients to the second, and no node to the clients' service. A node's certificate is good for both ends, as nodes call each other.",
  ],
  shards: [
    "What nodes copy from each other, and the cluster's bus, are services of their own on the tunnel, to which nodes alone are admitted, and no node to the clients' service. A node's certificate is good for both ends, as nodes call each other. Each node calls those of its own shard and of the next one, to see whom they admit: where every node was looked at, each was called. Which nodes a host has ways to follows from its secret, and is compared with the plan.",
  ],
};

function trustedNames({ nodes, cluster }: Subject["plan"]): string {
  const all = nodes.map(({ certificate }) => certificate.dnsName);
  return cluster === undefined ? all.join(", ") : `the names of the nodes, such as ${all[0] ?? ""},`;
}

/** A node of a cluster says its place, which its user data gives it, and the list of members the address there. */
function certificateNameCheck({ plan, deployed }: Subject): Check {
  const shows = "the node's certificate has its name";
  if (plan.cluster !== undefined) {
    const place = String.raw`(\d+-\d)`;
    const ofPlace = serverName(plan.name, `${plan.name}-PLACE`);
    return onHost(
      ["cache"],
      shows,
      `${environment} && place=$(awk -v self="$HIPAA_REDIS_NODE_ID" '$3 == self { print $1 }' ${hostPaths.clusterMembers}) && echo "$(awk -v place="$place" '$1 == place' ${hostPaths.members}) $(${certificateNames})"`,
      `^${place} (\\S+) DNS:${literally(ofPlace).replace("PLACE", "\\1")}, IP Address:\\2$`,
    );
  }
  return onHost(
    ["cache"],
    shows,
    `echo "$(${metadata("meta-data/instance-id")}) $(${certificateNames})"`,
    `^(${plan.nodes.map((node, index) => `${deployed.nodes[index]?.instanceId ?? "no instance"} ${names(node.certificate)}`).join("|")})$`,
  );
}

/** The SHA-256 of each trusted authority's public key, as PEM. */
const trustedKeys = `awk '{ print | digest } /^-----END/ { close(digest) }' digest='openssl x509 -noout -pubkey | sha256sum' ${hostPaths.trusted} | cut --characters=1-64 | paste --serial --delimiters=,`;

/** Its certificate is renewed with the same key. An evidence that was made before this was in it has none. */
function keyOf(generation: number, { plan, deployed }: Subject): string {
  const authority = deployed.certificates.find(({ name }) => name === authorityName(plan.name, generation));
  return authority?.publicKeySha256 ?? "[0-9a-f]{64}";
}

/** All of a certificate's names, as OpenSSL prints them. */
function names({ dnsName, ipAddresses }: CertificatePlan): string {
  return literally([`DNS:${dnsName}`, ...ipAddresses.map((address) => `IP Address:${address}`)].join(", "));
}

const certificateNames = `openssl x509 -noout -ext subjectAltName -in ${hostPaths.certificate} | sed --quiet 's/^ *DNS:/DNS:/p'`;
