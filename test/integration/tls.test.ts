import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { X509Certificate } from "node:crypto";
import { execa } from "execa";
import type { OutputMap } from "@pulumi/pulumi/automation/index.js";
import * as tls from "@pulumi/tls";
import { up } from "../../lab/engine/operations.js";
import { changes, sharedStack } from "./support.js";

interface Choice {
  algorithm: string;
  ecdsaCurve?: string;
  rsaBits?: number;
}

const choices = {
  P256: { algorithm: "ECDSA", ecdsaCurve: "P256" },
  P384: { algorithm: "ECDSA", ecdsaCurve: "P384" },
  RSA: { algorithm: "RSA", rsaBits: 2048 },
  ED25519: { algorithm: "ED25519" },
} as const satisfies Record<string, Choice>;

/** A private CA and one certificate for a server, as the cache makes them. */
function chain(name: string, key: Choice, earlyRenewalHours?: number) {
  const caKey = new tls.PrivateKey(`${name}-ca`, key);
  const ca = new tls.SelfSignedCert(`${name}-ca`, {
    privateKeyPem: caKey.privateKeyPem,
    subject: { commonName: "Test CA", organization: "Test" },
    isCaCertificate: true,
    setSubjectKeyId: true,
    setAuthorityKeyId: true,
    allowedUses: ["cert_signing", "crl_signing"],
    validityPeriodHours: 48,
  });
  const serverKey = new tls.PrivateKey(`${name}-server`, key);
  const request = new tls.CertRequest(`${name}-server`, {
    privateKeyPem: serverKey.privateKeyPem,
    subject: { commonName: "server" },
    dnsNames: ["server.cache.internal"],
    ipAddresses: ["10.0.100.4"],
    uris: ["spiffe://cache/server"],
  });
  const server = new tls.LocallySignedCert(`${name}-server`, {
    caCertPem: ca.certPem,
    caPrivateKeyPem: caKey.privateKeyPem,
    certRequestPem: request.certRequestPem,
    allowedUses: ["digital_signature", "server_auth"],
    validityPeriodHours: 24,
    earlyRenewalHours,
  });
  return {
    [`${name}-ca`]: ca.certPem,
    [`${name}-server`]: server.certPem,
    [`${name}-key`]: serverKey.privateKeyPem,
  };
}

/** A chain for each choice; the one of P256 may be renewed early. */
const chains = (earlyRenewalHours: number) => () =>
  Promise.resolve({
    ...chain("P256", choices.P256, earlyRenewalHours),
    ...chain("P384", choices.P384),
    ...chain("RSA", choices.RSA),
    ...chain("ED25519", choices.ED25519),
  });

async function openssl(...args: string[]): Promise<string> {
  return (await execa("openssl", args)).stdout;
}

describe("plugin tls", () => {
  const stack = sharedStack("tls", chains(1));
  let folder = "";
  let first: OutputMap;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-hipaa-redis-tls-"));
    await up(stack());
    first = await stack().outputs();
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const name of Object.keys(choices)) {
    it(`makes a chain that openssl accepts: ${name}`, async () => {
      const { [`${name}-ca`]: ca, [`${name}-server`]: server, [`${name}-key`]: key } = first;
      const files = { ca: join(folder, "ca.pem"), server: join(folder, "server.pem") };
      writeFileSync(files.ca, String(ca?.value));
      writeFileSync(files.server, String(server?.value));
      const names = ["-verify_hostname", "server.cache.internal", "-verify_ip", "10.0.100.4"];
      const strict = ["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", files.ca];
      await openssl(...strict, ...names, files.server);
      await assert.rejects(openssl(...strict, "-verify_hostname", "other.cache.internal", files.server));
      await assert.rejects(
        openssl("verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", files.ca, files.server),
      );

      const text = await openssl("x509", "-in", files.server, "-noout", "-text");
      assert.match(text, /Basic Constraints: critical\s+CA:FALSE/);
      assert.match(text, /Key Usage: critical\s+Digital Signature\s/);
      assert.match(text, /Extended Key Usage:\s+TLS Web Server Authentication\s/);
      assert.match(text, /DNS:server.cache.internal, IP Address:10.0.100.4, URI:spiffe:\/\/cache\/server/);
      const caText = await openssl("x509", "-in", files.ca, "-noout", "-text");
      assert.match(caText, /Basic Constraints: critical\s+CA:TRUE/);
      assert.match(caText, /Key Usage: critical\s+Certificate Sign, CRL Sign\s/);

      assert.equal(key?.secret, true);
      assert.equal(server?.secret, false);
    });
  }

  it("keeps all of them", async () => {
    assert.deepEqual(changes(await up(stack())), {});
  });

  it("renews a certificate that is due, and no other", async () => {
    assert.deepEqual(changes(await up(stack(), { program: chains(2) })), { update: 1 });
    const early = await stack().outputs();
    assert.deepEqual(changes(await up(stack(), { program: chains(25) })), { replace: 1 });
    const due = await stack().outputs();
    const serial = (pem: unknown) => new X509Certificate(String(pem)).serialNumber;
    const server = (outputs: OutputMap): unknown => outputs["P256-server"]?.value;
    assert.equal(serial(server(early)), serial(server(first)));
    assert.notEqual(serial(server(due)), serial(server(first)));
    assert.equal(due["P256-ca"]?.value, first["P256-ca"]?.value);
  });
});
