import assert from "node:assert/strict";
import { X509Certificate, createPrivateKey } from "node:crypto";
import { inDays, newIdentity, newPrivateKey, type Identity } from "../../../lab/x509/identity.js";
import * as x509 from "../../../lab/x509/x509.js";

const read = ({ certificate }: Identity): X509Certificate => new X509Certificate(certificate);
const day = 24 * 3600 * 1000;

describe("certificates of the lab", () => {
  it("signs one for a name and a use, from yesterday to in thirty days", async () => {
    const authority = await newIdentity({ subject: "CN=Ada's CA, O=Test", usage: "authority" });
    const dnsNames = ["*.one.internal", "two.internal"];
    const server = await newIdentity({
      subject: "CN=one",
      usage: "serverAuth",
      dnsNames,
      signedBy: authority,
    });
    const [ca, certificate] = [read(authority), read(server)];
    assert.ok(ca.ca && ca.verify(ca.publicKey));
    assert.equal(ca.subject, "CN=Ada's CA\nO=Test");
    assert.ok(certificate.checkIssued(ca) && certificate.verify(ca.publicKey) && !certificate.ca);
    assert.ok(certificate.checkPrivateKey(createPrivateKey(server.privateKey)));
    assert.equal(certificate.subject, "CN=one");
    assert.equal(certificate.subjectAltName, "DNS:*.one.internal, DNS:two.internal");
    assert.deepEqual(certificate.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
    const days = [certificate.validFrom, certificate.validTo].map((date) =>
      Math.round((Date.parse(date) - Date.now()) / day),
    );
    assert.deepEqual(days, [-1, 30]);
  });

  it("signs one with its own key and for other days, where that is wanted", async () => {
    const privateKey = newPrivateKey(2048);
    const own = await newIdentity({
      subject: "CN=web",
      usage: "clientAuth",
      privateKey,
      from: inDays(-30),
      to: inDays(-1),
    });
    const certificate = read(own);
    assert.equal(own.privateKey, privateKey);
    assert.ok(certificate.verify(certificate.publicKey));
    assert.equal(certificate.publicKey.asymmetricKeyType, "rsa");
    assert.deepEqual(certificate.keyUsage, ["1.3.6.1.5.5.7.3.2"]);
    assert.ok(Date.parse(certificate.validTo) < Date.now());
  });

  it("makes an authority that only its key tells from another of its name", async () => {
    const real = await newIdentity({ subject: "CN=sessions CA", usage: "authority" });
    const { subjectName } = new x509.X509Certificate(real.certificate);
    const imitation = await newIdentity({ subject: subjectName, usage: "authority" });
    const forged = await newIdentity({ subject: "CN=web", usage: "clientAuth", signedBy: imitation });
    assert.ok(read(forged).checkIssued(read(real)));
    assert.ok(!read(forged).verify(read(real).publicKey));
    assert.ok(read(forged).verify(read(imitation).publicKey));
  });
});
