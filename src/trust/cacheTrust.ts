import { Key } from "@pulumi/aws/kms/key";
import { all, output, type CustomResourceOptions, type Output } from "@pulumi/pulumi";
import { redisSecretsConf } from "../host/redisConf";
import type { ClientField, IdentityField } from "../host/secretFiles";
import { tunnelProgram } from "../host/tunnelProgram";
import { nameTags, type Tags } from "../network/naming";
import type { CachePlan } from "../plan/cachePlan";
import { createAuthority, type Authority } from "./authority";
import { createHostSecret, type HostSecret } from "./hostSecret";
import { createPassword, createSecretNames, passwordSha256 } from "./passwords";

/** Everything secret of a cache: one key, and one secret for each host that uses it. */
export interface CacheTrust {
  readonly kmsKeyArn: Output<string>;
  readonly nodeSecrets: ReadonlyMap<string, HostSecret>;
  readonly clientSecrets: ReadonlyMap<string, HostSecret>;
}

type Fields<Name extends string> = Record<Name, Output<string>>;

/** Makes the authority, the certificates, the password and the secrets that carry them to the hosts. */
export function createCacheTrust(plan: CachePlan, tags: Tags, opts: CustomResourceOptions): CacheTrust {
  const kmsKeyArn = createKey(plan.name, tags, opts);
  const authority = createAuthority(plan.name, opts);
  const password = createPassword(plan.name, opts);
  const secretFor = (name: string, description: string, fields: Record<string, Output<string>>): HostSecret =>
    createHostSecret({ name, description, kmsKeyArn, fields, tags }, opts);

  const clients = plan.clients.map(({ client, certificate }) => ({
    client,
    name: certificate.name,
    issued: authority.issue(certificate),
  }));
  const clientSecrets = clients.map(({ client, name, issued }): [string, HostSecret] => {
    const fields: Fields<ClientField> = {
      certificate: issued.certificatePem,
      privateKey: issued.privateKeyPem,
      trusted: authority.certificatePem,
      password,
    };
    return [client, secretFor(name, `Credentials of client ${client} of cache ${plan.name}`, fields)];
  });

  const admitted = clients.map(({ issued }) => issued.certificatePem);
  const redisConfig = createRedisConfig(plan, password, opts);
  const nodeSecrets = plan.nodes.map((node): [string, HostSecret] => {
    const issued = authority.issue(node.certificate);
    const fields: Fields<IdentityField | "redisConfig"> = {
      certificate: issued.certificatePem,
      privateKey: issued.privateKeyPem,
      redisConfig,
      ...admissionFields(plan, authority, admitted),
    };
    return [node.name, secretFor(node.certificate.name, `Credentials of cache node ${node.name}`, fields)];
  });

  return { kmsKeyArn, nodeSecrets: new Map(nodeSecrets), clientSecrets: new Map(clientSecrets) };
}

function createKey(name: string, tags: Tags, opts: CustomResourceOptions): Output<string> {
  const key = new Key(
    name,
    {
      description: `Secrets and root volumes of the HIPAA Redis cache ${name}`,
      enableKeyRotation: true,
      tags: nameTags(tags, name),
    },
    opts,
  );
  return key.arn;
}

/** What the node trusts: the authority, and each client's certificate itself. One that is not listed is refused. */
function admissionFields(
  plan: CachePlan,
  authority: Authority,
  admitted: readonly Output<string>[],
): Record<string, Output<string>> {
  const admission = all([authority.certificatePem, all([...admitted])]);
  return Object.fromEntries(
    tunnelProgram(plan.tunnel).admissionFiles.map(({ field, content }) => [
      field,
      admission.apply(([ca, certificates]) => content({ authority: ca, admitted: certificates })),
    ]),
  );
}

function createRedisConfig(
  plan: CachePlan,
  password: Output<string>,
  opts: CustomResourceOptions,
): Output<string> {
  const names = createSecretNames(plan.name, plan.lockedCommands, opts);
  return all([password, output(names)]).apply(([clear, renamed]) =>
    redisSecretsConf({ passwordSha256: passwordSha256(clear), commands: plan.lockedCommands, renamed }),
  );
}
