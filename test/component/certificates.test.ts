import assert from "node:assert/strict";
import type { Registered } from "./mocks.js";
import { theOtherProgram, theQuickstart } from "./programs.js";
import { ofCache } from "./specification.js";

const keyPair = {
  algorithm: "ECDSA",
  ecdsaCurve: "P256",
  options: { additionalSecretOutputs: ["privateKeyOpenssh", "privateKeyPem", "privateKeyPemPkcs8"] },
};
const signedKey = { options: { additionalSecretOutputs: ["privateKeyPem", "privateKeyPemWo"] } };
const signingKey = { options: { additionalSecretOutputs: ["caPrivateKeyPem", "caPrivateKeyPemWo"] } };

/** A certificate that signs others. */
function authority(cache: string, generation: number, hours: readonly [number, number]): object {
  return {
    [`PrivateKey ${cache}-ca-${generation}`]: keyPair,
    [`SelfSignedCert ${cache}-ca-${generation}`]: {
      privateKeyPem: { secret: `key-of-${cache}-ca-${generation}` },
      subject: { commonName: `HIPAA Redis cache ${cache} CA ${generation}` },
      isCaCertificate: true,
      setSubjectKeyId: true,
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: hours[0],
      earlyRenewalHours: hours[1],
      ...signedKey,
    },
  };
}

interface Leaf {
  readonly name: string;
  readonly dnsName: string;
  readonly ipAddresses: readonly string[];
  readonly use: string;
  readonly signer: string;
  /** The generation of its key. */
  readonly keys: string;
  readonly hours: readonly [number, number];
}

/** A certificate of a host, with its key. */
function leaf({ name, dnsName, ipAddresses, use, signer, keys, hours }: Leaf): object {
  return {
    [`PrivateKey ${name}-${keys}`]: keyPair,
    [`CertRequest ${name}`]: {
      privateKeyPem: { secret: `key-of-${name}-${keys}` },
      subject: { commonName: dnsName },
      dnsNames: [dnsName],
      ipAddresses,
      ...signedKey,
    },
    [`LocallySignedCert ${name}`]: {
      certRequestPem: `request-of-${name}`,
      caPrivateKeyPem: { secret: `key-of-${signer}` },
      caCertPem: `certificate-of-${signer}`,
      allowedUses: ["digital_signature", use],
      setSubjectKeyId: true,
      validityPeriodHours: hours[0],
      earlyRenewalHours: hours[1],
      ...signingKey,
    },
  };
}

const defaults = { hours: [2160, 1440], signer: "sessions-ca-1", keys: "1.1" } as const;
const given = { hours: [200, 50], signer: "ledger-ca-3", keys: "3.2" } as const;

const certificates = {
  ...authority("sessions", 1, [8760, 2160]),
  ...authority("sessions", 2, [8760, 2160]),
  ...leaf({
    name: "sessions-0-server",
    use: "server_auth",
    ...defaults,
    ipAddresses: ["10.0.0.100"],
    dnsName: "sessions-0.node.sessions.hipaa-redis.internal",
  }),
  ...leaf({
    name: "sessions-client-web",
    use: "client_auth",
    ...defaults,
    ipAddresses: [],
    dnsName: "web.client.sessions.hipaa-redis.internal",
  }),
};

const otherCertificates = {
  ...authority("ledger", 2, [1000, 200]),
  ...authority("ledger", 3, [1000, 200]),
  ...authority("ledger", 4, [1000, 200]),
  ...leaf({
    name: "ledger-0-server",
    use: "server_auth",
    ...given,
    ipAddresses: ["10.0.0.116"],
    dnsName: "ledger-0.node.ledger.hipaa-redis.internal",
  }),
  ...leaf({
    name: "ledger-client-api",
    use: "client_auth",
    ...given,
    ipAddresses: [],
    dnsName: "api.client.ledger.hipaa-redis.internal",
  }),
  ...leaf({
    name: "ledger-client-worker",
    use: "client_auth",
    ...given,
    ipAddresses: [],
    dnsName: "worker.client.ledger.hipaa-redis.internal",
  }),
};

describe("the certificates of a cache, against mocks", () => {
  let quickstart: readonly Registered[];
  let others: readonly Registered[];
  before(async () => {
    quickstart = (await theQuickstart()).resources;
    others = (await theOtherProgram()).resources;
  });

  it("are for one use each, by an authority in two generations, and last as long as by default", () => {
    assert.deepEqual(ofCache(quickstart, /^tls:/), certificates);
  });

  it("are those of the generations and lifetimes that are given", () => {
    assert.deepEqual(ofCache(others, /^tls:/), otherCertificates);
  });
});
