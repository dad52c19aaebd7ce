import { all, output, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import { CertRequest } from "@pulumi/tls/certRequest";
import { LocallySignedCert } from "@pulumi/tls/locallySignedCert";
import { PrivateKey } from "@pulumi/tls/privateKey";
import { SelfSignedCert } from "@pulumi/tls/selfSignedCert";
import { authorityCommonName, authorityName, type CertificatePlan } from "../plan/certificates";
import { getOrThrow } from "../resources/getOrThrow";
import { sha256 } from "./passwords";
import type { RotationPlan } from "../plan/rotation";
import type { ValidityPlan } from "../plan/validity";

/** A private certificate authority of one cache. Its keys never leave the component. */
export interface Authority {
  /** The certificates of every generation that hosts trust (PEM, one behind the other). */
  readonly trustedPem: Output<string>;
  /** Of the authority's own certificates. */
  readonly dates: readonly Output<CertificateDates>[];
  /** Has the generation in use sign a certificate. */
  issue(plan: CertificatePlan): IssuedCertificate;
}

export interface IssuedCertificate {
  readonly certificatePem: Output<string>;
  readonly privateKeyPem: Output<string>;
  readonly dates: Output<CertificateDates>;
}

/** From when to when a certificate is valid (RFC 3339, UTC). */
export interface CertificateDates {
  readonly name: string;
  readonly validFrom: string;
  readonly validUntil: string;
  /** Of an authority: the SHA-256 of its public key, by which it is known when its certificate is renewed. */
  readonly publicKeySha256?: string;
}

interface Signer {
  readonly key: PrivateKey;
  readonly certificate: SelfSignedCert;
}

const keyType = { algorithm: "ECDSA", ecdsaCurve: "P256" };

/** Makes the authority of a cache, all its generations; leaf certificates are issued from it one by one. */
export function createAuthority(
  cache: string,
  rotation: Pick<RotationPlan, "authority" | "keys">,
  validity: ValidityPlan,
  opts: CustomResourceOptions,
): Authority {
  const signers = new Map(
    rotation.authority.accepted.map((generation) => [
      String(generation),
      createSigner(cache, generation, validity, opts),
    ]),
  );
  const signer = getOrThrow(signers, String(rotation.authority.current));
  return {
    trustedPem: all([...signers.values()].map(({ certificate }) => certificate.certPem)).apply((pems) => pems.join("")),
    dates: [...signers].map(([generation, { certificate, key }]) =>
      all([datesOf(authorityName(cache, generation), certificate), key.publicKeyPem]).apply(
        ([dates, publicKeyPem]) => ({
          ...dates,
          publicKeySha256: sha256(`${publicKeyPem}\n`.replace(/\s+$/, "\n")),
        }),
      ),
    ),
    issue: (plan) => issueCertificate(plan, rotation.keys, signer, validity, opts),
  };
}

/** Its certificate renews with the same key and name, so that either signs for who trusts the other. */
function createSigner(cache: string, generation: number, validity: ValidityPlan, opts: CustomResourceOptions): Signer {
  const name = authorityName(cache, String(generation));
  const key = new PrivateKey(name, keyType, opts);
  const certificate = new SelfSignedCert(
    name,
    {
      privateKeyPem: key.privateKeyPem,
      isCaCertificate: true,
      setSubjectKeyId: true,
      subject: { commonName: authorityCommonName(cache, generation) },
      allowedUses: ["cert_signing", "crl_signing"],
      validityPeriodHours: validity.authorityValidityHours,
      earlyRenewalHours: validity.authorityEarlyRenewalHours,
    },
    opts,
  );
  return { key, certificate };
}

/** Renewed with the same key, until another generation of keys is in use. */
function issueCertificate(
  plan: CertificatePlan,
  keys: string,
  signer: Signer,
  { validityHours, earlyRenewalHours }: ValidityPlan,
  opts: CustomResourceOptions,
): IssuedCertificate {
  const key = new PrivateKey(`${plan.name}-${keys}`, keyType, opts);
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
      caPrivateKeyPem: signer.key.privateKeyPem,
      caCertPem: signer.certificate.certPem,
      allowedUses: ["digital_signature", ...plan.usages],
      setSubjectKeyId: true,
      validityPeriodHours: validityHours,
      earlyRenewalHours,
    },
    opts,
  );
  return {
    certificatePem: certificate.certPem,
    privateKeyPem: key.privateKeyPem,
    dates: datesOf(plan.name, certificate),
  };
}

function datesOf(name: string, certificate: LocallySignedCert | SelfSignedCert): Output<CertificateDates> {
  const { validityStartTime: validFrom, validityEndTime: validUntil } = certificate;
  return output({ name, validFrom, validUntil });
}
