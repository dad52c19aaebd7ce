import type { Unwrap } from "@pulumi/pulumi";
import type { LocallySignedCertArgs } from "@pulumi/tls";
import { list, oneOf } from "../framework/kinds.js";
import { resourceType } from "../framework/resourceType.js";
import { certificateDefaults, issue, readCertificate, renewalDue } from "./certificate.js";
import { signingKeys } from "../../x509/keys.js";
import { allowedUses } from "./uses.js";
import * as x509 from "../../x509/x509.js";

const subjectAlternativeName = "2.5.29.17";

/** A certificate for a request, signed with the key of a CA. */
export const locallySignedCert = resourceType<Unwrap<LocallySignedCertArgs>>({
  properties: {
    allowedUses: list(oneOf(...allowedUses)),
    caCertPem: "string",
    caPrivateKeyPem: "string",
    certRequestPem: "string",
    earlyRenewalHours: "number",
    isCaCertificate: "boolean",
    maxPathLength: "number",
    setSubjectKeyId: "boolean",
    validityPeriodHours: "number",
  },
  required: ["allowedUses", "caCertPem", "caPrivateKeyPem", "certRequestPem", "validityPeriodHours"],
  defaults: certificateDefaults,
  replaceOn: [
    "allowedUses",
    "caCertPem",
    "caPrivateKeyPem",
    "certRequestPem",
    "isCaCertificate",
    "maxPathLength",
    "setSubjectKeyId",
    "validityPeriodHours",
  ],
  secretOutputs: ["caPrivateKeyPem"],
  dueForReplacement: renewalDue,
  async create(inputs) {
    const request = new x509.Pkcs10CertificateRequest(inputs.certRequestPem);
    if (!(await request.verify())) throw new Error("certRequestPem: its signature is not valid");
    const ca = new x509.X509Certificate(inputs.caCertPem);
    const keys = await signingKeys(inputs.caPrivateKeyPem ?? "");
    if (!keys.spki.equals(Buffer.from(ca.publicKey.rawData))) {
      throw new Error("caPrivateKeyPem is not the key of caCertPem");
    }
    const keyId = ca.getExtension(x509.SubjectKeyIdentifierExtension)?.keyId;
    const names = request.getExtension(subjectAlternativeName);
    const issued = await issue({
      inputs,
      subject: request.subjectName,
      publicKey: request.publicKey,
      alternativeNames: names === null ? [] : [names],
      issuer: { name: ca.subjectName, keys, keyId },
    });
    return { ...issued, outputs: { ...issued.outputs, caKeyAlgorithm: keys.algorithm } };
  },
  read: readCertificate,
  // Only earlyRenewalHours changes in place, and nothing hangs on it until the next renewal.
  update: () => Promise.resolve(undefined),
});
