import { ended, type Answers } from "./answer.js";

const authority = (generation: number): string => `HIPAA Redis cache sessions CA ${generation}`;

/** As the sample has it. */
const authorityKey = (generation: number): string => String(generation).repeat(64);
const keys = [1, 2].map(authorityKey).join(",");

export const tunnelAnswers: Answers = {
  tls: [
    [
      "sessions-0 speaks TLS 1.3",
      "New, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384",
      "New, TLSv1.2, Cipher is X",
      // What OpenSSL 3.5 says of a handshake that was refused.
      "New, (NONE), Cipher is (NONE)\nProtocol: TLSv1.3",
    ],
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
      "sessions-0 refuses a certificate of a client's name that somebody else has signed",
      "SSL alert number 48 tlsv1 alert unknown ca",
      "-NOAUTH Authentication required.",
      "SSL alert number 116 tlsv13 alert certificate required",
      "",
    ],
    [
      "sessions-0 shows a certificate of its own name, and admits this host's",
      "+OK",
      "",
      "-ERR max number of clients reached",
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
      `${authority(1)}: ${authority(1)},${authority(2)} ${keys} signed`,
      `${authority(1)}: ${authority(1)} ${authorityKey(1)} signed`,
      `${authority(2)}: ${authority(1)},${authority(2)} ${keys} signed`,
      `${authority(1)}: ${authority(1)},${authority(2)},Somebody ${keys},${authorityKey(3)} signed`,
      `${authority(1)}: ${authority(1)},${authority(2)} ${authorityKey(1)},${authorityKey(3)} signed`,
      `${authority(1)}: ${authority(1)},${authority(2)} ${keys}`,
      ": ",
    ],
    [
      "the node's certificate has its name",
      "i-0123456789abcdef0 DNS:sessions-0.node.sessions.hipaa-redis.internal, IP Address:10.0.0.100",
      "i-0123456789abcdef0 DNS:web.client.sessions.hipaa-redis.internal",
      "i-0123456789abcdef0 DNS:sessions-1.node.sessions.hipaa-redis.internal, IP Address:10.0.0.101",
      "i-0123456789abcdef0 DNS:sessions-0.node.sessions.hipaa-redis.internal, IP Address:10.0.0.101",
      "i-0123456789abcdef0 DNS:eve, DNS:sessions-0.node.sessions.hipaa-redis.internal, IP Address:10.0.0.100",
      " DNS:sessions-0.node.sessions.hipaa-redis.internal, IP Address:10.0.0.100",
    ],
    [
      "the host's certificate has the name of a client",
      "DNS:web.client.sessions.hipaa-redis.internal",
      "DNS:web.client.sessions.hipaa-redis.internal, DNS:web",
      "DNS:sessions-0.node.sessions.hipaa-redis.internal, IP Address:10.0.0.100",
      "DNS:eve.web.client.sessions.hipaa-redis.internal",
      "DNS:worker.client.sessions.hipaa-redis.internal",
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
    [
      "each client has as many passwords as generations are accepted, and shares none of them",
      "2, 2 of them different",
      "3, 3 of them different",
      "2, 1 of them different",
      "20, 20 of them different",
    ],
    ["Redis answers nobody without a password", "NOAUTH Authentication required.", "(nil)", "hello NOAUTH"],
    [
      "root owns the application's password, and the application's own group alone reads it",
      "440 root web of web",
      "444 root web of web",
      "440 web web of web",
      "440 root www-data of web",
      "440 root  of ",
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
      "sessions-0 refuses every other cipher",
      "SSL alert number 40 sslv3 alert handshake failure",
      "New, TLSv1.3, Cipher is TLS_AES_128_CCM_8_SHA256",
      "New, TLSv1.3, Cipher is TLS_AES_128_CCM_SHA256",
    ],
    ["sessions-0 resumes no session", "New, TLSv1.3", "Reused, TLSv1.3", ""],
  ],
  "hybrid-key-exchange": [
    [
      "sessions-0 exchanges keys as planned",
      "Server Temp Key: X25519, 253 bits",
      "Server Temp Key: ECDH, prime256v1, 256 bits",
      "Server Temp Key: X448, 448 bits",
    ],
  ],
  "certificate-life": [
    ["the certificate in use has so many hours left", "2159", "0", "-3", "87599, more than 2160"],
    [
      "the certificate in use is not in the last sixth of its life",
      "Certificate will not expire",
      ended(1, "Certificate will expire"),
      "Certificate will expire",
    ],
    ["the host raises no alarm", "null", "the secret could not be read"],
    ["what the host says of that is of its last looks", "212 seconds ago", "901 seconds ago", "-5 seconds ago"],
    ["the host looks for new certificates", "active", ended(3, "inactive"), "inactive"],
  ],
};
