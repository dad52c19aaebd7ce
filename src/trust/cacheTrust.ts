import { Key } from "@pulumi/aws/kms/key";
import { all, output, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import { redisUsersConf } from "../host/redisUsers";
import type { ClientField, NodeField } from "../host/secretFiles";
import { tunnelProgram } from "../host/tunnelProgram";
import { nameTags, type Tags } from "../network/naming";
import type { CachePlan } from "../plan/cachePlan";
import { cacheKey } from "../plan/instance";
import { createAuthority, type CertificateDates } from "./authority";
import { createHostSecret, type HostSecret } from "./hostSecret";
import { createClientPassword } from "./passwords";

/** Everything secret of a cache: one key, and one secret for each host that uses it. */
export interface CacheTrust {
  readonly kmsKeyArn: Output<string>;
  readonly nodeSecrets: ReadonlyMap<string, HostSecret>;
  readonly clientSecrets: ReadonlyMap<string, HostSecret>;
  /** From when to when each certificate is valid. */
  readonly certificates: readonly Output<CertificateDates>[];
}

type Fields<Name extends string> = Record<Name, Output<string>>;

/** Makes the authority, the certificates, the passwords and the secrets that carry them to the hosts. */
export function createCacheTrust(plan: CachePlan, tags: Tags, opts: CustomResourceOptions): CacheTrust {
  const kmsKeyArn = createKey(plan.name, tags, opts);
  const authority = createAuthority(plan.name, plan.rotation, plan.validity, opts);
  const secretFor = (name: string, description: string, fields: Record<string, Output<string>>): HostSecret =>
    createHostSecret({ name, description, kmsKeyArn, fields, tags }, opts);

  const clients = plan.clients.map(({ client, certificate }) => ({
    client,
    certificate,
    issued: authority.issue(certificate),
    password: createClientPassword(certificate.name, plan.rotation.passwords, opts),
  }));
  const clientSecrets = clients.map(({ client, certificate, issued, password }): [string, HostSecret] => {
    const fields: Fields<ClientField> = {
      certificate: issued.certificatePem,
      privateKey: issued.privateKeyPem,
      trusted: authority.trustedPem,
      password: password.current,
    };
    const description = `Credentials of client ${client} of cache ${plan.name}`;
    return [client, secretFor(certificate.name, description, fields)];
  });

  const admitted = tunnelProgram(plan.tunnel).admitted.content(
    clients.map(({ certificate }) => certificate.dnsName),
  );
  const redisUsers = all(
    clients.map(({ client, password }) =>
      password.acceptedSha256.apply((passwordsSha256) => ({ name: client, passwordsSha256 })),
    ),
  ).apply((users) => redisUsersConf(users, plan.lockedCommands));
  const nodes = plan.nodes.map((node) => ({ node, issued: authority.issue(node.certificate) }));
  const nodeSecrets = nodes.map(({ node, issued }): [string, HostSecret] => {
    const fields: Fields<NodeField> = {
      certificate: issued.certificatePem,
      privateKey: issued.privateKeyPem,
      trusted: authority.trustedPem,
      admitted: output(admitted),
      redisUsers,
    };
    return [node.name, secretFor(node.certificate.name, `Credentials of cache node ${node.name}`, fields)];
  });

  const certificates = [...authority.dates, ...[...nodes, ...clients].map(({ issued }) => issued.dates)];
  return {
    kmsKeyArn,
    nodeSecrets: new Map(nodeSecrets),
    clientSecrets: new Map(clientSecrets),
    certificates,
  };
}

function createKey(name: string, tags: Tags, opts: CustomResourceOptions): Output<string> {
  const key = new Key(
    name,
    {
      description: `Secrets and root volumes of the HIPAA Redis cache ${name}`,
      ...cacheKey,
      tags: nameTags(tags, name),
    },
    opts,
  );
  return key.arn;
}
