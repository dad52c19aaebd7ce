import type { Unwrap } from "@pulumi/pulumi";
import type { SelfSignedCertArgs } from "@pulumi/tls";
import { list, oneOf } from "../framework/kinds.js";
import { resourceType } from "../framework/resourceType.js";
import { certificateDefaults, issue, readCertificate, renewalDue } from "./certificate.js";
import { signingKeys } from "../../x509/keys.js";
import { alternativeNames, distinguishedName, subjectKind } from "./subject.js";
import { allowedUses } from "./uses.js";
import * as x509 from "../../x509/x509.js";

/** A certificate signed with its own key: the root of a private CA. */
export const selfSignedCert = resourceType<Unwrap<SelfSignedCertArgs>>({
  properties: {
    allowedUses: list(oneOf(...allowedUses)),
    dnsNames: list("string"),
    earlyRenewalHours: "number",
    ipAddresses: list("string"),
    isCaCertificate: "boolean",
    maxPathLength: "number",
    privateKeyPem: "string",
    setAuthorityKeyId: "boolean",
    setSubjectKeyId: "boolean",
    subject: subjectKind,
    uris: list("string"),
    validityPeriodHours: "number",
  },
  required: ["allowedUses", "privateKeyPem", "validityPeriodHours"],
  defaults: { ...certificateDefaults, setAuthorityKeyId: false },
  replaceOn: [
    "allowedUses",
    "dnsNames",
    "ipAddresses",
    "isCaCertificate",
    "maxPathLength",
    "privateKeyPem",
    "setAuthorityKeyId",
    "setSubjectKeyId",
    "subject",
    "uris",
    "validityPeriodHours",
  ],
  secretOutputs: ["privateKeyPem"],
  dueForReplacement: renewalDue,
  async create(inputs) {
    const keys = await signingKeys(inputs.privateKeyPem ?? "");
    const subject = distinguishedName(inputs.subject);
    const { publicKey } = keys.pair;
    const { keyId } = await x509.SubjectKeyIdentifierExtension.create(publicKey);
    const issuer = { name: subject, keys, keyId: inputs.setAuthorityKeyId === true ? keyId : undefined };
    const names = alternativeNames(inputs, subject);
    const issued = await issue({ inputs, subject, publicKey, alternativeNames: names, issuer });
    return { ...issued, outputs: { ...issued.outputs, keyAlgorithm: keys.algorithm } };
  },
  read: readCertificate,
  // Only earlyRenewalHours changes in place, and nothing hangs on it until the next renewal.
  update: () => Promise.resolve(undefined),
});
