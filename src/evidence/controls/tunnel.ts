import { tunnelProgram } from "../../host/tunnelProgram";
import { unitNames } from "../../host/units";
import { authorityCommonName, clientCertificate } from "../../plan/certificates";
import { hostPaths } from "../../host/hostPaths";
import { ofService } from "../../plan/flow";
import { tunnelRules } from "../../plan/tunnel";
import { hostKinds, type HostKind } from "../../plan/hostKinds";
import { literally, onHost, type Check, type HostCheck } from "../check";
import type { Control, Subject } from "../control";
import { askRedis, compareUsers, processOf } from "../hostCommands";

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
    `${tunnelProgram(plan.tunnel).packageName} on the node accepts only TLS 1.3, with ${tunnelRules.cipherSuites.split(":").join(", ")}; Redis itself has no network.`,
    "SC-13: the cryptography is that of Debian's OpenSSL, which is not a FIPS-validated module. The Security Rule doesn't ask for one.",
  ],
  checks: (subject) => [
    ...tunnels(subject).flatMap(({ name, at }) => [
      handshake(`${name} speaks TLS 1.3`, at, "-tls1_3", { prints: "TLSv1\\.3" }),
      handshake(`${name} refuses TLS 1.2`, at, "-tls1_2", { prints: "alert protocol version" }),
    ]),
    onHost(
      ["cache"],
      "Redis has no network",
      `nsenter --target=${processOf(unitNames.redis)} --net ip -brief link | awk '{ print $1 }' | paste --serial --delimiters=' '`,
      "^lo$",
    ),
  ],
  risk: {
    remains:
      "Between the application and its own host's tunnel, and between the node's tunnel and Redis, data is in clear, in the memory of these hosts. What is encrypted on the way is not surely \"secured\" PHI, whose loss is no breach to notify (45 CFR 164.402): HHS's guidance (74 FR 42740, 42742) counts encryption in motion that complies, as appropriate, with NIST SP 800-52, 800-77 or 800-113, or is FIPS 140-2 validated. What is in memory is not encrypted, and never is.",
    mitigation:
      "The wall on the app host (`wall`) and the sandbox on both (`sandbox`). Don't count on the safe harbour without the advice of counsel: treat a break-in as a breach until a risk assessment says otherwise.",
  },
};

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
    `Clients trust ${plan.nodes.map(({ certificate }) => certificate.dnsName).join(", ")} alone, with a certificate that the authority has signed for servers.`,
    `Each host has a key of its own, of generation ${plan.rotation.keys}: the authority's number and that of \`rotation.keys\`. Raising either gives all of them new keys.`,
    `A client that is taken off the list is locked out within ${plan.refreshIntervalSeconds} s, or half a minute later if it keeps Redis so busy that Redis has to be restarted.`,
  ],
  checks: ({ plan, deployed }) => [
    ...tunnels({ plan, deployed }).map(({ name, at }) =>
      onHost(
        ["client"],
        `${name} refuses whoever shows no certificate`,
        // Who writes may meet the reset behind the alert before the alert is read.
        `timeout 10 openssl s_client -quiet -connect ${at} </dev/null 2>&1 || true`,
        "alert certificate required",
      ),
    ),
    onHost(
      ["cache"],
      "the clients on the list, and no other, are admitted",
      `grep --only-matching --extended-regexp '[a-z0-9-]+\\.client\\.${plan.name}\\.[a-z.-]+' ${hostPaths.admitted} | sort --unique | tr '\\n' ' '`,
      `^${plan.clients
        .map(({ certificate }) => literally(certificate.dnsName))
        .sort()
        .join(" ")} $`,
    ),
    onHost(
      hostKinds,
      "the host's certificate is of the authority in use, and the planned authorities alone are trusted",
      `echo "$(openssl x509 -noout -issuer -in ${hostPaths.certificate} | sed 's/^issuer=CN *= *//'): $(openssl storeutl -noout -text -certs ${hostPaths.trusted} | sed --quiet 's/^ *Subject: CN *= *//p' | paste --serial --delimiters=,)"`,
      `^${authorityCommonName(plan.name, plan.rotation.authority.current)}: ${plan.rotation.authority.accepted.map((generation) => authorityCommonName(plan.name, generation)).join(",")}$`,
    ),
    certificateCheck("cache", ...plan.nodes.map(({ certificate }) => certificate.dnsName)),
    certificateCheck("client", ...plan.clients.map(({ client }) => clientCertificate(plan.name, client).dnsName)),
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
      "the clients, and the node's own agent, are users, and nobody else is",
      askRedis("ACL USERS"),
      `^OK ${["_agent", "default", ...plan.clients.map(({ client }) => client)].sort().join(" ")}$`,
    ),
    onHost(
      ["cache"],
      "each of them has to give a password that is in the node's files",
      compareUsers("passwords"),
      `^${plan.clients.length + 2} users as in their files$`,
    ),
    onHost(
      ["cache"],
      "Redis answers nobody without a password",
      `redis-cli -s ${hostPaths.redisSocket} GET hipaa-redis-check 2>&1 || true`,
      "^(\\(error\\) )?NOAUTH",
    ),
    onHost(
      ["client"],
      "root owns the application's password, and the application's own group alone reads it",
      `stat --dereference --format='%a %U' ${hostPaths.password}`,
      "^440 root$",
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
    `Every cipher that the tunnel takes is authenticated (AEAD: ${tunnelRules.cipherSuites.split(":").join(", ")}): a changed byte ends the connection. No session is resumed without a check of the certificate.`,
  ],
  checks: (subject) =>
    tunnels(subject).flatMap(({ name, at }) => [
      handshake(`${name} chooses an authenticated cipher`, at, "-tls1_3", {
        prints: `Cipher is (${tunnelRules.cipherSuites.split(":").join("|")})`,
      }),
      handshake(
        `${name} refuses one whose authentication is cut short`,
        at,
        "-tls1_3 -ciphersuites TLS_AES_128_CCM_8_SHA256",
        { prints: "alert handshake failure" },
      ),
    ]),
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
    `Certificates last ${plan.validity.validityHours} hours; \`pulumi up\` renews them in their last ${plan.validity.earlyRenewalHours}. The authority's last ${plan.validity.authorityValidityHours} hours.`,
    `Hosts look for a new one every ${plan.refreshIntervalSeconds} s and raise an alarm when theirs is in the last sixth of its life.`,
  ],
  checks: ({ plan }) => [
    onHost(
      hostKinds,
      "the certificate in use has so many hours left",
      `echo $((($(date --date "$(openssl x509 -noout -enddate -in ${hostPaths.certificate} | cut --delimiter='=' --fields=2)" +%s) - $(date +%s)) / 3600))`,
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

/** Where each node's tunnel listens. */
function tunnels({ plan, deployed }: Subject): { readonly name: string; readonly at: string }[] {
  const ports = ofService("redis", plan.flows).map(({ port }) => port);
  return deployed.nodes.flatMap(({ name, privateIp }) => ports.map((port) => ({ name, at: `${privateIp}:${port}` })));
}

/** Seen from the application's host, which alone reaches the node's port. */
function handshake(shows: string, at: string, version: string, expect: HostCheck["expect"]): Check {
  const command = `timeout 10 openssl s_client -connect ${at} ${version} </dev/null 2>&1 || true`;
  return { by: "host", hosts: ["client"], shows, command, expect };
}

function certificateCheck(kind: HostKind, ...names: readonly string[]): Check {
  return onHost(
    [kind],
    kind === "cache" ? "the node's certificate has its name" : "the host's certificate has the name of a client",
    `openssl x509 -noout -ext subjectAltName -in ${hostPaths.certificate}`,
    `DNS:(${names.map(literally).join("|")})(,|$)`,
  );
}

export const tunnelControls: readonly Control[] = [
  encryption,
  authentication,
  passwords,
  transmissionIntegrity,
  certificateLife,
];
