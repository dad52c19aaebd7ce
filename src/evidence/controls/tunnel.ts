import { tunnelProgram } from "../../host/tunnelProgram";
import { unitNames } from "../../host/units";
import { authorityCommonName, authorityName, serverCertificate, type CertificatePlan } from "../../plan/certificates";
import { hostPaths } from "../../host/hostPaths";
import { tunnelRules } from "../../plan/tunnel";
import { hostKinds } from "../../plan/hostKinds";
import { redisPort, sentinelPort } from "../../plan/ports";
import { sentinelsOf } from "../../plan/replication";
import { literally, onHost, upTo, type Check, type HostCheck } from "../check";
import type { Control, Subject } from "../control";
import { askRedis, compareUsers, metadata, peerUsersOf, processOf, userCount } from "../hostCommands";
import { admittedChecks, sentinelUserChecks, usagesCheck } from "../peerChecks";
import { peerAuthenticationChecks, peerEncryptionChecks, peerIntegrityChecks } from "../peerTunnelChecks";
import { listenersCheck } from "../replicationChecks";
import {
  asNobody,
  asOneself,
  asStranger,
  behindRedis,
  behindSentinel,
  handshakeCommand,
  otherSuites,
  resuming,
  type Behind,
} from "../tunnelCommands";

const encryption: Control = {
  id: "tls",
  title: "Encryption in transit",
  hipaa: ["164.312(e)(1)", "164.312(e)(2)(ii)"],
  article: ["in-flight"],
  nist: ["SC-8", "SC-8(1)", "SC-13"],
  proposed: ["proposed 164.312(b)", "proposed 164.312(g)"],
  demand: "PHI that moves across a network between application and cache is encrypted.",
  owners: ["component"],
  how: ({ plan }) => [
    `${tunnelProgram(plan.tunnel).packageName} on the node accepts only TLS 1.3, with ${tunnelRules.cipherSuites.split(":").join(", ")}; ${plan.replication === undefined ? "Redis itself has no network" : "Redis and Sentinel listen on the node's own loopback alone, and what nodes say to each other goes through the same tunnel"}. Every other cipher suite of TLS 1.3 is refused (\`transmission-integrity\`).`,
    "SC-13: the cryptography is that of Debian's OpenSSL, which is not a FIPS-validated module. The Security Rule doesn't ask for one.",
  ],
  checks: (subject) => [
    ...tunnels(subject).flatMap(({ name, at }) => [
      handshake(`${name} speaks TLS 1.3`, at, "-tls1_3", { prints: "TLSv1\\.3" }),
      handshake(`${name} refuses TLS 1.2`, at, "-tls1_2", { prints: "alert protocol version" }),
    ]),
    ...peerEncryptionChecks(subject.plan),
    subject.plan.replication === undefined ? redisHasNoNetwork : listenersCheck(subject.plan.replication),
  ],
  risk: {
    remains:
      "Between the application and its own host's tunnel, and between the node's tunnel and Redis, data is in clear, in the memory of these hosts. What is encrypted on the way is not surely \"secured\" PHI, whose loss is no breach to notify (45 CFR 164.402): HHS's guidance (74 FR 42740, 42742) counts encryption in motion that complies, as appropriate, with NIST SP 800-52, 800-77 or 800-113, or is FIPS 140-2 validated. What is in memory is not encrypted, and never is.",
    mitigation:
      "The wall on the app host (`wall`) and the sandbox on both (`sandbox`). Don't count on the safe harbour without the advice of counsel: treat a break-in as a breach until a risk assessment says otherwise.",
  },
};

const redisHasNoNetwork = onHost(
  ["cache"],
  "Redis has no network",
  `nsenter --target=${processOf(unitNames.redis)} --net ip -brief link | awk '{ print $1 }' | paste --serial --delimiters=' '`,
  "^lo$",
);

const authentication: Control = {
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
    ...(plan.replication === undefined
      ? []
      : [
          "What nodes copy from each other, and Sentinel, are services of their own on the tunnel, each with a list of its own: nodes alone are admitted to the first, nodes and clients to the second, and no node to the clients' service. A node's certificate is good for both ends, as nodes call each other.",
        ]),
    `Clients trust ${plan.nodes.map(({ certificate }) => certificate.dnsName).join(", ")} alone, with a certificate that the authority has signed for servers.`,
    `Each host has a key of its own, of generation ${plan.rotation.keys}: the authority's number and that of \`rotation.keys\`. Raising either gives all of them new keys.`,
    `A client that is taken off the list is locked out within ${plan.refreshIntervalSeconds} s, or half a minute later if it keeps Redis so busy that Redis has to be restarted.`,
    "Authorities are known by their keys, and each host's certificate by the authority that has signed it. Checks try a tunnel that runs with a host's own certificate, with none, and with one that a stranger has signed. Which names it admits they can't ask it: they read the list that it takes at its start and at each change. Which of the clients an app host is, its certificate alone says; which name its tunnel trusts is its configuration, which is compared (`configuration-drift`). Which generation a host's key is of, no check sees. How soon a client is locked out, the library's tests see.",
  ],
  checks: ({ plan, deployed }) => [
    ...tunnels({ plan, deployed }).map(({ name, at }) =>
      onHost(["client"], `${name} refuses whoever shows no certificate`, asNobody(at), "alert certificate required"),
    ),
    ...tunnels({ plan, deployed }).map(({ name, at }) =>
      onHost(
        ["client"],
        `${name} refuses a certificate of a client's name that somebody else has signed`,
        asStranger(at, plan.clients[0]?.certificate.dnsName ?? plan.name),
        "alert unknown ca",
      ),
    ),
    ...tunnels({ plan, deployed }).map(({ name, at, serverName, behind }) =>
      onHost(
        ["client"],
        `${name} shows a certificate of its own name, and admits this host's`,
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
    onHost(
      ["cache"],
      "the node's certificate has its name",
      `echo "$(${metadata("meta-data/instance-id")}) $(${certificateNames})"`,
      `^(${plan.nodes.map((node, index) => `${deployed.nodes[index]?.instanceId ?? "no instance"} ${names(node.certificate)}`).join("|")})$`,
    ),
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

const passwords: Control = {
  id: "client-passwords",
  title: "A password for each application",
  hipaa: ["164.312(d)", "164.312(a)(1)"],
  article: ["access"],
  nist: ["IA-5(1)", "IA-9"],
  demand: "Redis asks for a password as an additional layer of authentication.",
  owners: ["component"],
  how: ({ plan }) => [
    `Each client is a user of its own in Redis (${plan.clients.map(({ client }) => client).join(", ")}) with a random password of its own, of generation ${plan.rotation.passwords.current}. The node holds only its SHA-256, and accepts generations ${plan.rotation.passwords.accepted.join(", ")}.`,
    "Redis's default user, for connections that name none, is off.",
    ...(plan.replication === undefined
      ? []
      : [
          "Nodes have a password for each other, random and of the same generation: for two users of Redis, of which one copies and the other watches and has a replica take over, and for one of Sentinel. Sentinel has users of its own; a client may ask it who leads, and nothing else.",
        ]),
    "A check sees how many passwords there are, and that no two are the same. Which generation one is of, and that it is random, it can't.",
  ],
  checks: ({ plan }) => [
    onHost(
      ["cache"],
      "Redis's default user is off",
      `${askRedis("ACL LIST")} | grep --only-matching 'user default off '`,
      "^user default off $",
    ),
    onHost(
      ["cache"],
      plan.replication === undefined
        ? "the clients, and the node's own agent, are users, and nobody else is"
        : "the clients, the node's own agent and its peers are users, and nobody else is",
      askRedis("ACL USERS"),
      `^OK ${["_agent", "default", ...peerUsersOf(plan), ...plan.clients.map(({ client }) => client)].sort().join(" ")}$`,
    ),
    onHost(
      ["cache"],
      "each of them has to give a password that is in the node's files",
      compareUsers("passwords"),
      `^${userCount(plan)} users as in their files$`,
    ),
    onHost(
      ["cache"],
      plan.replication === undefined
        ? "each client has as many passwords as generations are accepted, and shares none of them"
        : "each client has as many passwords as generations are accepted, and shares none of them; peers have as many",
      `hashes=$(grep --only-matching '#[0-9a-f]*' ${hostPaths.redisUsers}); echo "$(echo "$hashes" | wc --lines), $(echo "$hashes" | sort --unique | wc --lines) of them different"`,
      `^${passwordCount(plan).all}, ${passwordCount(plan).different} of them different$`,
    ),
    onHost(
      ["cache"],
      "Redis answers nobody without a password",
      `redis-cli -s ${hostPaths.redisSocket} GET hipaa-redis-check 2>&1 || true`,
      "^(\\(error\\) )?NOAUTH",
    ),
    ...sentinelUserChecks(plan),
    onHost(
      ["client"],
      "root owns the application's password, and the application's own group alone reads it",
      `echo "$(stat --dereference --format='%a %U %G' ${hostPaths.password}) of $(awk '$1 == "password" { print $4 }' ${hostPaths.secretFilesTable})"`,
      String.raw`^440 root (\S+) of \1$`,
    ),
  ],
  risk: {
    remains: "The application knows its password: whoever breaks into the application has it.",
    mitigation:
      "Without the host's tunnel it opens nothing; after a break-in, raise `rotation.passwords` and retire the older ones.",
  },
};

const transmissionIntegrity: Control = {
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
    ...tunnels(subject).flatMap(({ name, at, behind }) => [
      handshake(`${name} chooses an authenticated cipher`, at, "-tls1_3", {
        prints: `Cipher is (${tunnelRules.cipherSuites.split(":").join("|")})`,
      }),
      handshake(`${name} refuses every other cipher`, at, `-tls1_3 -ciphersuites ${otherSuites}`, {
        prints: "alert handshake failure",
      }),
      onHost(["client"], `${name} resumes no session`, resuming(at, behind), String.raw`^New, TLSv1\.3$`),
    ]),
    ...peerIntegrityChecks(subject.plan),
  ],
  risk: {
    remains: "What the application itself writes wrongly is transmitted as it is.",
    mitigation: "The application checks what it reads (`integrity`).",
  },
};

const certificateLife: Control = {
  id: "certificate-life",
  title: "Certificates expire and are renewed",
  hipaa: ["164.312(d)"],
  article: ["certificates"],
  nist: ["SC-12", "SC-17", "IA-5"],
  demand: "Certificates have a duration, and a new one is in use before the old one expires.",
  owners: ["component", "organisation"],
  how: ({ plan }) => [
    `Certificates last ${plan.validity.validityHours} hours; \`pulumi up\` renews them in their last ${plan.validity.earlyRenewalHours}. The authority's last ${plan.validity.authorityValidityHours} hours. How long an authority's certificate lasts, the program says; checks look at the host's own.`,
    `Hosts look for a new one every ${plan.refreshIntervalSeconds} s and raise an alarm when theirs is in the last sixth of its life.`,
  ],
  checks: ({ plan }) => [
    onHost(
      hostKinds,
      "the certificate in use has so many hours left",
      `hours=$((($(date --date "$(openssl x509 -noout -enddate -in ${hostPaths.certificate} | cut --delimiter='=' --fields=2)" +%s) - $(date +%s)) / 3600)); [ "$hours" -le ${plan.validity.validityHours} ] && echo "$hours" || echo "$hours, more than ${plan.validity.validityHours}"`,
      "^[1-9][0-9]*$",
    ),
    {
      by: "host",
      hosts: hostKinds,
      shows: "the certificate in use is not in the last sixth of its life",
      command: `openssl x509 -noout -checkend ${plan.validity.validityHours * 600} -in ${hostPaths.certificate}`,
      expect: { prints: "will not expire" },
    },
    onHost(hostKinds, "the host raises no alarm", `jq --raw-output .alarm ${hostPaths.status}`, "^null$"),
    onHost(
      hostKinds,
      "what the host says of that is of its last looks",
      `echo "$(($(date +%s) - $(date --date "$(jq --raw-output .checked ${hostPaths.status})" +%s))) seconds ago"`,
      `^${upTo(3 * plan.refreshIntervalSeconds)} seconds ago$`,
    ),
    onHost(
      hostKinds,
      "the host looks for new certificates",
      `systemctl is-active ${unitNames.refreshTimer}`,
      "^active$",
    ),
  ],
  risk: {
    remains: "Only a deployment renews certificates: if nobody runs `pulumi up` for too long, clients are refused.",
    mitigation: "Schedule one a month, and watch the hosts' alarm (docs/rotation.md).",
  },
};

interface Listening {
  readonly name: string;
  readonly at: string;
  readonly serverName: string;
  readonly behind: Behind;
}

/** Where each node's tunnel listens for applications, and the name in its certificate. */
function tunnels({ plan, deployed }: Subject): Listening[] {
  const withSentinel = plan.replication === undefined ? [] : sentinelsOf(plan.replication).map(({ name }) => name);
  return deployed.nodes.flatMap(({ name, privateIp }) => {
    const serverName = serverCertificate(plan.name, name, privateIp).dnsName;
    const redis = { name, at: `${privateIp}:${redisPort}`, serverName, behind: behindRedis };
    const sentinel = {
      ...redis,
      name: `${name}'s Sentinel`,
      at: `${privateIp}:${sentinelPort}`,
      behind: behindSentinel,
    };
    return withSentinel.includes(name) ? [redis, sentinel] : [redis];
  });
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

/** Peers are two users with one password. */
function passwordCount({ clients, rotation, replication }: Subject["plan"]): { all: number; different: number } {
  const each = rotation.passwords.accepted.length;
  const [users, owners] = replication === undefined ? [0, 0] : [2, 1];
  return { all: (clients.length + users) * each, different: (clients.length + owners) * each };
}

/** Seen from the application's host, which alone reaches the node's port. */
function handshake(shows: string, at: string, version: string, expect: HostCheck["expect"]): Check {
  return { by: "host", hosts: ["client"], shows, command: handshakeCommand(at, version), expect };
}

export const tunnelControls: readonly Control[] = [
  encryption,
  authentication,
  passwords,
  transmissionIntegrity,
  certificateLife,
];
