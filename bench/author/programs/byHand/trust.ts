import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";
import { cacheAddress } from "../surroundings";

export interface Trust {
  readonly kmsKeyArn: pulumi.Output<string>;
  readonly nodeSecretArn: pulumi.Output<string>;
  readonly clientSecretArn: pulumi.Output<string>;
  readonly secretVersion: pulumi.Resource;
}

interface Authority {
  readonly key: tls.PrivateKey;
  readonly certificate: tls.SelfSignedCert;
}

const keyType = { algorithm: "ECDSA", ecdsaCurve: "P256" };
const validityPeriodHours = 90 * 24;
const authorityValidityHours = 365 * 24;

/** A cache's key, authority, certificates, passwords and secrets; the next authority and password are ready, too. */
export function createTrust(name: string, index: number): Trust {
  const key = new aws.kms.Key(name, {
    description: `Secrets of ${name}`,
    enableKeyRotation: true,
    tags: { Name: name },
  });
  const authority = createAuthority(`${name}-ca-1`);
  const nextAuthority = createAuthority(`${name}-ca-2`);
  const trusted = pulumi.concat(authority.certificate.certPem, nextAuthority.certificate.certPem);
  const password = createPassword(`${name}-client-web-1`);
  const nextPassword = createPassword(`${name}-client-web-2`);
  const client = issue(`${name}-client-web`, "client_auth", [], authority);
  const node = issue(`${name}-0-server`, "server_auth", [cacheAddress(index)], authority);
  const clientSecret = createSecret(`${name}-client-web`, key.arn, { ...client, trusted, password });
  const redisUsers = pulumi
    .all([password, nextPassword])
    .apply((clear) => `user web reset on ${clear.map((one) => `#${sha256(one)}`).join(" ")} ~* &* +@all\n`);
  const admitted = pulumi.output(`${name}-client-web.internal\n`);
  const nodeSecret = createSecret(`${name}-0-server`, key.arn, { ...node, trusted, admitted, redisUsers });
  return {
    kmsKeyArn: key.arn,
    nodeSecretArn: nodeSecret.arn,
    clientSecretArn: clientSecret.arn,
    secretVersion: nodeSecret.version,
  };
}

function createAuthority(name: string): Authority {
  const key = new tls.PrivateKey(name, keyType);
  const certificate = new tls.SelfSignedCert(name, {
    privateKeyPem: key.privateKeyPem,
    isCaCertificate: true,
    setSubjectKeyId: true,
    subject: { commonName: name },
    allowedUses: ["cert_signing", "crl_signing"],
    validityPeriodHours: authorityValidityHours,
  });
  return { key, certificate };
}

function createPassword(name: string): pulumi.Output<string> {
  return new random.RandomPassword(name, { length: 64, special: false }).result;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function issue(
  name: string,
  usage: string,
  ipAddresses: string[],
  authority: Authority,
): { certificate: pulumi.Output<string>; privateKey: pulumi.Output<string> } {
  const dnsName = `${name}.internal`;
  const key = new tls.PrivateKey(`${name}-1.1`, keyType);
  const request = new tls.CertRequest(name, {
    privateKeyPem: key.privateKeyPem,
    subject: { commonName: dnsName },
    dnsNames: [dnsName],
    ipAddresses,
  });
  const certificate = new tls.LocallySignedCert(name, {
    certRequestPem: request.certRequestPem,
    caPrivateKeyPem: authority.key.privateKeyPem,
    caCertPem: authority.certificate.certPem,
    allowedUses: ["digital_signature", usage],
    setSubjectKeyId: true,
    validityPeriodHours,
    earlyRenewalHours: 30 * 24,
  });
  return { certificate: certificate.certPem, privateKey: key.privateKeyPem };
}

function createSecret(
  name: string,
  kmsKeyId: pulumi.Output<string>,
  fields: Record<string, pulumi.Output<string>>,
): { arn: pulumi.Output<string>; version: pulumi.Resource } {
  const secret = new aws.secretsmanager.Secret(name, {
    description: `Credentials ${name}`,
    kmsKeyId,
    recoveryWindowInDays: 0,
    tags: { Name: name },
  });
  const version = new aws.secretsmanager.SecretVersion(
    name,
    { secretId: secret.id, secretString: pulumi.jsonStringify(fields) },
    { additionalSecretOutputs: ["secretString"] },
  );
  return { arn: secret.arn, version };
}
