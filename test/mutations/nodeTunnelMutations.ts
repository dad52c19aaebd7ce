import { hostPaths } from "../../src/host/hostPaths.js";
import { serverCertificate } from "../../src/plan/certificates.js";
import { hybridGroup } from "../../src/plan/keyExchange.js";
import type { TunnelEngine } from "../../src/plan/tunnel.js";
import { selfSigned } from "./commonMutations.js";
import { edited, runningWith, tunnelConfig, unitPath, type Restart } from "./hostChange.js";
import { appHost, node, type MutationThere } from "./hostMutation.js";

/** How each program's configuration is weakened: scripts for sed(1). */
const weaker: Readonly<
  Record<
    TunnelEngine,
    { olderToo: string; olderOnly: string; anySuite: string; anybody: string; anyAuthority: string; resumed: string }
  >
> = {
  haproxy: {
    olderToo: "s/ssl-min-ver TLSv1.3/ssl-min-ver TLSv1.2/",
    olderOnly: "s/ssl-min-ver TLSv1.3/ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.2/; /bind-curves/d",
    anySuite: "s/^  ssl-default-bind-options/  ssl-default-bind-ciphers DEFAULT@SECLEVEL=0\\n&/",
    anybody: "s/verify required/verify optional/",
    anyAuthority: "s/verify required/verify required ca-ignore-err all crt-ignore-err all/",
    resumed: "s/ no-tls-tickets//",
  },
  stunnel: {
    olderToo: "s/^sslVersionMin = .*/sslVersionMin = TLSv1.2/",
    olderOnly: "s/^sslVersionMin = .*/sslVersion = TLSv1.2/; /^curves/d",
    anySuite: "s/^ciphersuites/securityLevel = 0\\n&/",
    anybody: "s/^verifyChain = yes/&\\nrequireCert = no/",
    anyAuthority: "s/^verifyChain = yes/requireCert = yes/; /^include/d",
    resumed: "s/^sessionResume = no/sessionResume = yes/",
  },
};

/** The same, with one cipher suite more. */
function withSuite(name: string): string {
  return `s/TLS_AES_128_GCM_SHA256$/TLS_AES_128_GCM_SHA256:${name}/`;
}

/** What the app host sees of the node's tunnel. */
export const checksFromAppHost = {
  refusesAnybody: appHost.check("mutual-authentication", "sessions-0 refuses whoever shows no certificate"),
  refusesStranger: appHost.check(
    "mutual-authentication",
    "sessions-0 refuses a certificate of a client's name that somebody else has signed",
  ),
  speaks13: appHost.check("tls", "sessions-0 speaks TLS 1.3"),
  refuses12: appHost.check("tls", "sessions-0 refuses TLS 1.2"),
  cipher: appHost.check("transmission-integrity", "sessions-0 chooses an authenticated cipher"),
  otherSuites: appHost.check("transmission-integrity", "sessions-0 refuses every other cipher"),
  admitsOwn: appHost.check(
    "mutual-authentication",
    "sessions-0 shows a certificate of its own name, and admits this host's",
  ),
  noTickets: appHost.check("transmission-integrity", "sessions-0 resumes no session"),
  group: appHost.check("hybrid-key-exchange", "sessions-0 exchanges keys as planned"),
} as const;

/** Where none are named, OpenSSL's own list is in force. */
const otherGroup: Readonly<Record<TunnelEngine, string>> = {
  haproxy: "s/^  ssl-default-bind-options/  ssl-default-bind-curves P-384\\n&/",
  stunnel: "s/^renegotiation/curves = P-384\\n&/",
};

const { dnsName } = serverCertificate("sessions", "sessions-0", "");

/** A node's tunnel that runs with another configuration than the one that is there. */
export function nodeTunnelMutations(tunnel: TunnelEngine): readonly MutationThere[] {
  const path = tunnelConfig(tunnel);
  const tunnelWith = (script: string): Restart => runningWith("tunnel", path, `sed -i '${script}' ${path}`);
  const { olderToo, olderOnly, anySuite, anybody, anyAuthority, resumed } = weaker[tunnel];
  const { speaks13, refuses12, refusesAnybody, refusesStranger, cipher, otherSuites, admitsOwn, noTickets, group } =
    checksFromAppHost;
  const { admitted, certificate, privateKey, trusted } = hostPaths;
  return [
    {
      what: "run the tunnel with TLS 1.2 as well",
      breaks: [refuses12],
      change: tunnelWith(olderToo),
      ofTunnel: true,
    },
    {
      what: "run the tunnel with TLS 1.2 only",
      // No suite of TLS 1.3 is left, and the older version refuses in other words who has no certificate. It needs the certificates' own curve.
      breaks: [speaks13, refuses12, refusesAnybody, cipher, otherSuites, noTickets, group],
      change: tunnelWith(olderOnly),
      alone: "What else the tunnel takes would be refused for its version.",
      ofTunnel: true,
    },
    {
      what: "run the tunnel with a cipher whose tag is short",
      breaks: [otherSuites],
      // OpenSSL 3.5 takes it at its lowest security level alone.
      change: tunnelWith(`${withSuite("TLS_AES_128_CCM_8_SHA256")}; ${anySuite}`),
      ofTunnel: true,
    },
    {
      what: "run the tunnel with a cipher that is as good, but not planned",
      breaks: [otherSuites],
      change: tunnelWith(withSuite("TLS_AES_128_CCM_SHA256")),
      ofTunnel: true,
    },
    {
      what: "run the tunnel with sessions that are resumed",
      breaks: [noTickets],
      change: tunnelWith(resumed),
      ofTunnel: true,
    },
    {
      what: "run the tunnel with a key exchange that is not planned",
      breaks: [group],
      change: runningWith(
        "tunnel",
        path,
        `if grep --quiet ${hybridGroup} ${path}; then sed -i 's/${hybridGroup}://' ${path}; else sed -i '${otherGroup[tunnel]}' ${path}; fi`,
      ),
      ofTunnel: true,
    },
    {
      what: "run the tunnel with a certificate of its name that its authority has not signed",
      breaks: [admitsOwn],
      change: runningWith("tunnel", certificate, selfSigned(dnsName, 90)),
    },
    {
      what: "run the tunnel with another authority in the place of its own",
      breaks: [admitsOwn],
      change: runningWith(
        "tunnel",
        trusted,
        `openssl req -new -x509 -key ${privateKey} -subj /CN=Somebody -days 2 >/run/mutated && cat /run/mutated >${trusted}`,
      ),
    },
    {
      what: "run the tunnel with any number of files",
      breaks: [node.check("limits", "the tunnel's files, which bound its connections, and its memory are limited")],
      change: runningWith(
        "tunnel",
        unitPath("tunnel"),
        `sed -i 's/^LimitNOFILE=.*/LimitNOFILE=100000/' ${unitPath("tunnel")}`,
      ),
    },
    {
      what: "run the tunnel for whoever has no certificate",
      breaks: [refusesAnybody],
      change: tunnelWith(anybody),
      ofTunnel: true,
    },
    {
      what: "run the tunnel for whoever has a certificate of any authority",
      breaks: [refusesStranger],
      change: tunnelWith(anyAuthority),
      ofTunnel: true,
    },
    {
      what: "admit one more client",
      breaks: [node.check("mutual-authentication", "the clients on the list, and no other, are admitted")],
      change: edited(
        admitted,
        `sed 's/web[.]client/eve.client/' ${admitted} >/run/mutated && cat /run/mutated >>${admitted}`,
      ),
    },
    {
      what: "run Redis with a network",
      breaks: [node.check("tls", "Redis has no network")],
      change: runningWith("redis", unitPath("redis"), `sed -i '/^PrivateNetwork=/d' ${unitPath("redis")}`),
    },
  ];
}
