import type { CustomResourceOptions, Output } from "@pulumi/pulumi";
import { CertRequest } from "@pulumi/tls/certRequest";
import { LocallySignedCert } from "@pulumi/tls/locallySignedCert";
import { PrivateKey } from "@pulumi/tls/privateKey";
import { SelfSignedCert } from "@pulumi/tls/selfSignedCert";
import {
  authorityValidityHours,
  certificateValidityHours,
  earlyRenewalHours,
  type CertificatePlan,
} from "../plan/certificates";

/** A private certificate authority of one cache. Its key never leaves the component. */
export interface Authority {
  readonly certificatePem: Output<string>;
  issue(plan: CertificatePlan): IssuedCertificate;
}

export interface IssuedCertificate {
  readonly certificatePem: Output<string>;
  readonly privateKeyPem: Output<string>;
}

const keyType = { algorithm: "ECDSA", ecdsaCurve: "P256" };

/** Makes the authority of a cache; leaf certificates are issued from it one by one. */
export function createAuthority(cache: string, opts: CustomResourceOptions): Authority {
  const name = `${cache}-ca`;
  const key = new PrivateKey(name, keyType, opts);
  const certificate = new SelfSignedCert(
    name,
    {
      privateKeyPem: key.privateKeyPem,
      isCaCertificate: true,
      setSubjectKeyId: true,
      subject: { commonName: `HIPAA Redis cache ${cache} CA` },
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: authorityValidityHours,
    },
    opts,
  );
  return {
    certificatePem: certificate.certPem,
    issue: (plan) => issueCertificate(plan, key, certificate, opts),
  };
}

function issueCertificate(
  plan: CertificatePlan,
  caKey: PrivateKey,
  ca: SelfSignedCert,
  opts: CustomResourceOptions,
): IssuedCertificate {
  const key = new PrivateKey(plan.name, keyType, opts);
  const request = new CertRequest(
    plan.name,
    {
      privateKeyPem: key.privateKeyPem,
      subject: { commonName: plan.dnsName },
      dnsNames: [plan.dnsName],
      ipAddresses: [...plan.ipAddresses],
    },
    opts,
  );
  const certificate = new LocallySignedCert(
    plan.name,
    {
      certRequestPem: request.certRequestPem,
      caPrivateKeyPem: caKey.privateKeyPem,
      caCertPem: ca.certPem,
      allowedUses: ["digital_signature", plan.usage],
      setSubjectKeyId: true,
      validityPeriodHours: certificateValidityHours,
      earlyRenewalHours,
    },
    opts,
  );
  return { certificatePem: certificate.certPem, privateKeyPem: key.privateKeyPem };
}
