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

const keyType = { algorithm: "ECDSA", ecdsaCurve: "P256" };
const fiveYearsInHours = 1826 * 24;

/** A cache's key, authority, certificates, passwords and secrets. */
export function createTrust(name: string, index: number): Trust {
  const key = new aws.kms.Key(name, {
    description: `Secrets of ${name}`,
    enableKeyRotation: true,
    tags: { Name: name },
  });
  const caKey = new tls.PrivateKey(`${name}-ca`, keyType);
  const ca = new tls.SelfSignedCert(`${name}-ca`, {
    privateKeyPem: caKey.privateKeyPem,
    isCaCertificate: true,
    setSubjectKeyId: true,
    subject: { commonName: `${name} CA` },
    allowedUses: ["cert_signing", "crl_signing"],
    validityPeriodHours: 2 * fiveYearsInHours,
  });
  const password = new random.RandomPassword(name, { length: 64, special: false }).result;
  const config = new random.RandomPassword(`${name}-command-config`, { length: 32, special: false }).result;
  const client = issue(`${name}-client-web`, "client_auth", [], caKey, ca);
  const node = issue(`${name}-0-server`, "server_auth", [cacheAddress(index)], caKey, ca);
  const clientSecret = createSecret(`${name}-client-web`, key.arn, {
    ...client,
    password,
    trusted: ca.certPem,
  });
  const nodeSecret = createSecret(`${name}-0-server`, key.arn, {
    ...node,
    trusted: ca.certPem,
    redisConfig: pulumi.interpolate`requirepass ${password}\nrename-command CONFIG ${config}\n`,
    admitted: client.certificate,
  });
  return {
    kmsKeyArn: key.arn,
    nodeSecretArn: nodeSecret.arn,
    clientSecretArn: clientSecret.arn,
    secretVersion: nodeSecret.version,
  };
}

function issue(
  name: string,
  usage: string,
  ipAddresses: string[],
  caKey: tls.PrivateKey,
  ca: tls.SelfSignedCert,
): { certificate: pulumi.Output<string>; privateKey: pulumi.Output<string> } {
  const dnsName = `${name}.internal`;
  const key = new tls.PrivateKey(name, keyType);
  const request = new tls.CertRequest(name, {
    privateKeyPem: key.privateKeyPem,
    subject: { commonName: dnsName },
    dnsNames: [dnsName],
    ipAddresses,
  });
  const certificate = new tls.LocallySignedCert(name, {
    certRequestPem: request.certRequestPem,
    caPrivateKeyPem: caKey.privateKeyPem,
    caCertPem: ca.certPem,
    allowedUses: ["digital_signature", usage],
    setSubjectKeyId: true,
    validityPeriodHours: fiveYearsInHours,
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
