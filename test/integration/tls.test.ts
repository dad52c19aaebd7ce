import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { X509Certificate } from "node:crypto";
import { execa } from "execa";
import * as tls from "@pulumi/tls";
import { changes, withStack } from "./support.js";

interface Choice {
  algorithm: string;
  ecdsaCurve?: string;
  rsaBits?: number;
  earlyRenewalHours?: number;
}

/** A private CA and one certificate for a server, as the cache makes them. */
const chain = (choice: Choice) => () => {
  const { earlyRenewalHours, ...key } = choice;
  const caKey = new tls.PrivateKey("ca", key);
  const ca = new tls.SelfSignedCert("ca", {
    privateKeyPem: caKey.privateKeyPem,
    subject: { commonName: "Test CA", organization: "Test" },
    isCaCertificate: true,
    setSubjectKeyId: true,
    setAuthorityKeyId: true,
    allowedUses: ["cert_signing", "crl_signing"],
    validityPeriodHours: 48,
  });
  const serverKey = new tls.PrivateKey("server", key);
  const request = new tls.CertRequest("server", {
    privateKeyPem: serverKey.privateKeyPem,
    subject: { commonName: "server" },
    dnsNames: ["server.cache.internal"],
    ipAddresses: ["10.0.100.4"],
    uris: ["spiffe://cache/server"],
  });
  const server = new tls.LocallySignedCert("server", {
    caCertPem: ca.certPem,
    caPrivateKeyPem: caKey.privateKeyPem,
    certRequestPem: request.certRequestPem,
    allowedUses: ["digital_signature", "server_auth"],
    validityPeriodHours: 24,
    earlyRenewalHours,
  });
  return Promise.resolve({ ca: ca.certPem, server: server.certPem, key: serverKey.privateKeyPem });
};

async function openssl(...args: string[]): Promise<string> {
  return (await execa("openssl", args)).stdout;
}

describe("plugin tls", () => {
  let folder = "";

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "pulumi-hipaa-redis-tls-"));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  const choices: Choice[] = [
    { algorithm: "ECDSA", ecdsaCurve: "P256" },
    { algorithm: "ECDSA", ecdsaCurve: "P384" },
    { algorithm: "RSA", rsaBits: 2048 },
    { algorithm: "ED25519" },
  ];
  for (const choice of choices) {
    it(`makes a chain that openssl accepts: ${choice.ecdsaCurve ?? choice.algorithm}`, async () => {
      await withStack("tls", chain(choice), async (stack) => {
        const { outputs } = await stack.up();
        const files = { ca: join(folder, "ca.pem"), server: join(folder, "server.pem") };
        writeFileSync(files.ca, String(outputs.ca?.value));
        writeFileSync(files.server, String(outputs.server?.value));
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

        assert.equal(outputs.key?.secret, true);
        assert.equal(outputs.server?.secret, false);
        assert.deepEqual(changes((await stack.up()).summary.resourceChanges), {});
      });
    });
  }

  it("renews a certificate that is due, and no other", async () => {
    const choice = { algorithm: "ECDSA", ecdsaCurve: "P256" };
    await withStack("tls-renewal", chain({ ...choice, earlyRenewalHours: 1 }), async (stack) => {
      const first = await stack.up();
      const early = await stack.up({ program: chain({ ...choice, earlyRenewalHours: 2 }) });
      assert.deepEqual(changes(early.summary.resourceChanges), { update: 1 });
      const due = await stack.up({ program: chain({ ...choice, earlyRenewalHours: 25 }) });
      assert.deepEqual(changes(due.summary.resourceChanges), { replace: 1 });
      const serial = (pem: unknown) => new X509Certificate(String(pem)).serialNumber;
      assert.equal(serial(early.outputs.server?.value), serial(first.outputs.server?.value));
      assert.notEqual(serial(due.outputs.server?.value), serial(first.outputs.server?.value));
      assert.equal(due.outputs.ca?.value, first.outputs.ca?.value);
    });
  });
});
