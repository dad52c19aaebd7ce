import type { Unwrap } from "@pulumi/pulumi";
import type { CertRequestArgs } from "@pulumi/tls";
import { createHash } from "node:crypto";
import { list } from "../framework/kinds.js";
import { resourceType } from "../framework/resourceType.js";
import { signingKeys } from "../../x509/keys.js";
import { alternativeNames, distinguishedName, subjectKind } from "./subject.js";
import * as x509 from "../../x509/x509.js";

/** A request for a certificate (PKCS #10). */
export const certRequest = resourceType<Unwrap<CertRequestArgs>>({
  properties: {
    dnsNames: list("string"),
    ipAddresses: list("string"),
    privateKeyPem: "string",
    subject: subjectKind,
    uris: list("string"),
  },
  required: ["privateKeyPem"],
  replaceOn: "every",
  secretOutputs: ["privateKeyPem"],
  async create(inputs) {
    const keys = await signingKeys(inputs.privateKeyPem ?? "");
    const name = distinguishedName(inputs.subject);
    const request = await x509.Pkcs10CertificateRequestGenerator.create({
      name,
      keys: keys.pair,
      signingAlgorithm: keys.signing,
      extensions: alternativeNames(inputs, name),
    });
    const certRequestPem = `${request.toString("pem")}\n`;
    const id = createHash("sha1").update(certRequestPem).digest("hex");
    return { id, outputs: { certRequestPem, keyAlgorithm: keys.algorithm } };
  },
});
