import type { Statements } from "./statement.js";

const anotherName = "give the host a certificate with another name";
const anotherAuthority = "have the host trust another authority of the same name in the place of its own";
const tenYears = "leave the host with a certificate that lasts for ten years";
const anyAuthority = "run the tunnel for whoever has a certificate of any authority";

/** What src/evidence/controls says of the tunnel, its certificates and passwords. */
export const tunnelStatements: Statements = {
  tls: [
    {
      claim: "PHI that moves across a network between application and cache is encrypted.",
      found: { node: ["run Redis with a network"] },
    },
    {
      claim: "haproxy on the node accepts only TLS 1.3",
      found: { node: ["run the tunnel with TLS 1.2 as well", "run the tunnel with TLS 1.2 only"] },
    },
    {
      claim: "with TLS_AES_256_GCM_SHA384, TLS_CHACHA20_POLY1305_SHA256, TLS_AES_128_GCM_SHA256;",
      found: { node: ["run the tunnel with a cipher whose tag is short"] },
      swapped: { node: ["run the tunnel with a cipher that is as good, but not planned"] },
    },
    { claim: "Redis itself has no network.", found: { node: ["run Redis with a network"] } },
    {
      claim: "Every other cipher suite of TLS 1.3 is refused (`transmission-integrity`).",
      swapped: { node: ["run the tunnel with a cipher that is as good, but not planned"] },
    },
    {
      claim: "SC-13: the cryptography is that of Debian's OpenSSL, which is not a FIPS-validated module.",
      noState: "It says what is not claimed.",
    },
    { claim: "The Security Rule doesn't ask for one.", noState: "It says what the law asks." },
  ],
  "mutual-authentication": [
    {
      claim: "The cache is only accessible by the application, with correct credentials;",
      found: { node: ["run the tunnel for whoever has no certificate", anyAuthority] },
    },
    {
      claim: "the application knows the cache it talks to.",
      swapped: { node: ["run the tunnel with a certificate of its name that its authority has not signed"] },
    },
    {
      claim: "The cache has an authority of its own.",
      found: { node: ["have the host trust another authority as well"] },
      swapped: {
        node: [anotherAuthority, "run the tunnel with another authority in the place of its own"],
        appHost: [anotherAuthority],
      },
    },
    {
      claim: "The node admits the certificates that it has signed for clients",
      found: { node: [anyAuthority] },
      swapped: { node: ["run the tunnel with another authority in the place of its own"] },
    },
    {
      claim: "with one of the names web.client.sessions.hipaa-redis.internal.",
      found: { node: ["admit one more client"] },
      unseen: "Which names it admits they can't ask it",
    },
    {
      claim: "Clients trust sessions-0.node.sessions.hipaa-redis.internal alone",
      swapped: { node: [anotherName] },
      unseen: "which name its tunnel trusts is its configuration, which is compared (`configuration-drift`)",
    },
    {
      claim: "with a certificate that the authority has signed for servers.",
      swapped: { node: ["run the tunnel with a certificate of its name that its authority has not signed"] },
    },
    {
      claim: "Each host has a key of its own, of generation 1.1: the authority's number and that of `rotation.keys`.",
      swapped: { node: [anotherName], appHost: [anotherName] },
      unseen: "Which generation a host's key is of, no check sees.",
    },
    {
      claim: "Raising either gives all of them new keys.",
      unseen: "Which generation a host's key is of, no check sees.",
    },
    {
      claim: "A client that is taken off the list is locked out within 300 s",
      found: { node: ["admit one more client"] },
      unseen: "How soon a client is locked out, the library's tests see.",
    },
    {
      claim: "or half a minute later if it keeps Redis so busy that Redis has to be restarted.",
      unseen: "How soon a client is locked out, the library's tests see.",
    },
    {
      claim: "Authorities are known by their keys, and each host's certificate by the authority that has signed it.",
      swapped: { node: [anotherAuthority], appHost: [anotherAuthority] },
    },
    {
      claim:
        "Checks try a tunnel that runs with a host's own certificate, with none, and with one that a stranger has signed.",
      found: { node: ["run the tunnel for whoever has no certificate", anyAuthority] },
    },
    { claim: "Which names it admits they can't ask it", unseen: "Which names it admits they can't ask it" },
    {
      claim: "Which of the clients an app host is, its certificate alone says;",
      unseen: "Which of the clients an app host is, its certificate alone says;",
    },
    {
      claim: "Which generation a host's key is of, no check sees.",
      unseen: "Which generation a host's key is of, no check sees.",
    },
    {
      claim: "How soon a client is locked out, the library's tests see.",
      unseen: "How soon a client is locked out, the library's tests see.",
    },
    {
      claim: "which name its tunnel trusts is its configuration, which is compared (`configuration-drift`).",
      unseen: "which name its tunnel trusts is its configuration, which is compared (`configuration-drift`).",
    },
  ],
  "client-passwords": [
    {
      claim: "Redis asks for a password as an additional layer of authentication.",
      found: { node: ["let in who names no user"] },
    },
    {
      claim: "Each client is a user of its own in Redis (web)",
      found: { node: ["add a user of Redis"] },
    },
    {
      claim: "with a random password of its own, of generation 1.",
      found: {
        node: ["give a client one more password"],
        appHost: ["let everybody read the application's password"],
      },
      swapped: {
        node: ["give a client one more password, in its file as well"],
        appHost: ["let another group than the application's read its password"],
      },
      unseen: "Which generation one is of, and that it is random, it can't.",
    },
    {
      claim: "The node holds only its SHA-256, and accepts generations 1, 2.",
      found: { node: ["give a client one more password", "give a client one more password, in its file as well"] },
    },
    {
      claim: "Redis's default user, for connections that name none, is off.",
      found: { node: ["let in who names no user"] },
    },
    {
      claim: "A check sees how many passwords there are, and that no two are the same.",
      found: { node: ["give a client one more password, in its file as well"] },
    },
    {
      claim: "Which generation one is of, and that it is random, it can't.",
      unseen: "Which generation one is of, and that it is random, it can't.",
    },
  ],
  "transmission-integrity": [
    {
      claim: "PHI that is transmitted can't be changed without being noticed.",
      found: { node: ["run the tunnel with a cipher whose tag is short"] },
    },
    {
      claim: "Every cipher that the tunnel takes is authenticated",
      found: { node: ["run the tunnel with a cipher whose tag is short", "run the tunnel with TLS 1.2 only"] },
      swapped: { node: ["run the tunnel with a cipher that is as good, but not planned"] },
    },
    {
      claim: "No session is resumed, so that each connection has its certificate checked.",
      found: { node: ["run the tunnel with sessions that are resumed"] },
    },
  ],
  "certificate-life": [
    {
      claim: "Certificates have a duration, and a new one is in use before the old one expires.",
      found: {
        node: ["leave the host with a certificate that has ended"],
        appHost: ["leave the host with a certificate that ends in two days"],
      },
    },
    { claim: "Certificates last 2160 hours;", found: { node: [tenYears], appHost: [tenYears] } },
    {
      claim: "`pulumi up` renews them in their last 1440.",
      unseen: "Only a deployment renews certificates",
    },
    {
      claim: "The authority's last 8760 hours.",
      unseen: "How long an authority's certificate lasts, the program says",
    },
    {
      claim: "Hosts look for a new one every 300 s",
      found: {
        node: ["look for no new certificates", "leave what the host's agent has found long ago"],
        appHost: ["look for no new certificates", "leave what the host's agent has found long ago"],
      },
    },
    {
      claim: "raise an alarm when theirs is in the last sixth of its life.",
      found: { node: ["overlook an alarm"], appHost: ["overlook an alarm"] },
    },
    {
      claim: "How long an authority's certificate lasts, the program says; checks look at the host's own.",
      unseen: "How long an authority's certificate lasts, the program says",
    },
  ],
};
