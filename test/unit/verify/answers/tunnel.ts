import { ended, type Answers } from "./answer.js";

const authority = (generation: number): string => `HIPAA Redis cache sessions CA ${generation}`;

export const tunnelAnswers: Answers = {
  tls: [
    ["sessions-0 speaks TLS 1.3", "New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384", "New, TLSv1.2, Cipher is X"],
    [
      "sessions-0 refuses TLS 1.2",
      "SSL alert number 70 tlsv1 alert protocol version",
      "New, TLSv1.2, Cipher is ECDHE",
      "connect: refused",
    ],
    ["Redis has no network", "lo", "lo eth0", "eth0"],
  ],
  "mutual-authentication": [
    [
      "sessions-0 refuses whoever shows no certificate",
      "SSL alert number 116 tlsv13 alert certificate required",
      "SSL alert number 48 alert unknown ca",
    ],
    [
      "the clients on the list, and no other, are admitted",
      "web.client.sessions.hipaa-redis.internal ",
      "eve.client.sessions.hipaa-redis.internal web.client.sessions.hipaa-redis.internal ",
      "web.client.sessions.hipaa-redis.internal.eve ",
      "webxclient.sessions.hipaa-redis.internal ",
    ],
    [
      "the host's certificate is of the authority in use, and the planned authorities alone are trusted",
      `${authority(1)}: ${authority(1)},${authority(2)}`,
      `${authority(1)}: ${authority(1)}`,
      `${authority(2)}: ${authority(1)},${authority(2)}`,
      `${authority(1)}: ${authority(1)},${authority(2)},Somebody`,
      ": ",
    ],
    [
      "the node's certificate has its name",
      "X509v3 Subject Alternative Name: \n    DNS:sessions-0.node.sessions.hipaa-redis.internal",
      "    DNS:web.client.sessions.hipaa-redis.internal",
      "    DNS:sessions-0.node.sessions.hipaa-redis.internal.eve",
    ],
    [
      "the host's certificate has the name of a client",
      "    DNS:web.client.sessions.hipaa-redis.internal, DNS:web",
      "    DNS:sessions-0.node.sessions.hipaa-redis.internal",
      "    DNS:eve.web.client.sessions.hipaa-redis.internal",
    ],
  ],
  "client-passwords": [
    ["Redis's default user is off", "user default off ", ended(1), "user default on "],
    [
      "the clients, and the node's own agent, are users, and nobody else is",
      "OK _agent default web",
      "OK _agent default eve web",
      "OK _agent default",
      "ERR _agent default web",
    ],
    [
      "each of them has to give a password that is in the node's files",
      "3 users as in their files",
      "2 users as in their files",
      "13 users as in their files",
      "not as in their files: _agent web",
      ended(1),
    ],
    ["Redis answers nobody without a password", "NOAUTH Authentication required.", "(nil)", "hello NOAUTH"],
    [
      "root owns the application's password, and the application's own group alone reads it",
      "440 root",
      "444 root",
      "440 web",
    ],
  ],
  "transmission-integrity": [
    [
      "sessions-0 chooses an authenticated cipher",
      "New, TLSv1.3, Cipher is TLS_CHACHA20_POLY1305_SHA256",
      "New, (NONE), Cipher is (NONE)",
      "New, TLSv1.3, Cipher is TLS_AES_128_CCM_SHA256",
    ],
    [
      "sessions-0 refuses one whose authentication is cut short",
      "SSL alert number 40 sslv3 alert handshake failure",
      "New, TLSv1.3, Cipher is TLS_AES_128_CCM_8_SHA256",
    ],
  ],
  "certificate-life": [
    ["the certificate in use has so many hours left", "2159", "0", "-3"],
    [
      "the certificate in use is not in the last sixth of its life",
      "Certificate will not expire",
      ended(1, "Certificate will expire"),
      "Certificate will expire",
    ],
    ["the host raises no alarm", "null", "the secret could not be read"],
    ["the host looks for new certificates", "active", ended(3, "inactive"), "inactive"],
  ],
};
