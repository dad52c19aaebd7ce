import { Key } from "@pulumi/aws/kms/key";
import { all, output, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { admittedField } from "../host/admitted";
import { redisUsersField } from "../host/redisUsers";
import type { ClientField, ClusterField, MembersField, NodeField, PeerField } from "../host/secretFiles";
import { nameTags, type Tags } from "../resources/nameTags";
import type { CachePlan } from "../plan/cachePlan";
import type { CertificatePlan } from "../plan/certificates";
import type { HostKind } from "../plan/hostKinds";
import { cacheKey } from "../plan/instance";
import { membersText } from "../plan/members";
import { hostRolePath } from "../plan/secretPolicy";
import { createAuthority, type CertificateDates } from "./authority";
import { createHostSecret, type HostSecret } from "./hostSecret";
import { createClientPassword } from "./passwords";
import { createPeersTrust } from "./peersTrust";
import { trustPolicies } from "./policies";

/** Everything secret of a cache: one key, and one secret for each host that uses it. */
export interface CacheTrust {
  readonly kmsKeyArn: Output<string>;
  readonly nodeSecrets: ReadonlyMap<string, HostSecret>;
  readonly clientSecrets: ReadonlyMap<string, HostSecret>;
  /** From when to when each certificate is valid. */
  readonly certificates: readonly Output<CertificateDates>[];
}

type Fields<Name extends string, Some extends string> = Record<Name, Output<string>> &
  Partial<Record<Some, Output<string>>>;

/** Makes the authority, the certificates, the passwords and the secrets that carry them to the hosts. */
export function createCacheTrust(
  plan: CachePlan<Input<string>>,
  region: Output<string>,
  opts: CustomResourceOptions,
): CacheTrust {
  const { tags, secretAdministratorArns } = plan;
  const policies = trustPolicies(plan.name, region, secretAdministratorArns, opts);
  const kmsKeyArn = createKey(plan.name, policies.ofKey, tags, opts);
  const authority = createAuthority(plan.name, plan.rotation, plan.validity, opts);
  const secretFor = (
    kind: HostKind,
    host: string,
    { name }: CertificatePlan,
    fields: Record<string, Output<string>>,
  ): HostSecret => {
    const policy = policies.ofSecret(hostRolePath(plan.name, { kind, name: host }));
    const description =
      kind === "cache" ? `Credentials of cache node ${host}` : `Credentials of client ${host} of cache ${plan.name}`;
    return createHostSecret({ name, description, kmsKeyArn, policy, fields, tags }, opts);
  };

  const clients = plan.clients.map(({ client, certificate }) => ({
    client,
    certificate,
    issued: authority.issue(certificate),
    password: createClientPassword(certificate.name, plan.rotation.passwords, opts),
  }));
  const ofCluster = plan.cluster === undefined ? {} : { members: output(membersText(plan.cluster.members)) };
  const clientSecrets = clients.map(({ client, certificate, issued, password }): [string, HostSecret] => {
    const fields: Fields<ClientField, MembersField> = {
      certificate: issued.certificatePem,
      privateKey: issued.privateKeyPem,
      trusted: authority.trustedPem,
      password: password.current,
      ...ofCluster,
    };
    return [client, secretFor("client", client, certificate, fields)];
  });

  const admitted = admittedField(clients.map(({ certificate }) => certificate.dnsName));
  const peersTrust = createPeersTrust(plan, opts);
  const users = all(
    clients.map(({ client, password }) =>
      password.acceptedSha256.apply((passwordsSha256) => ({ name: client, passwordsSha256 })),
    ),
  );
  const redisUsers = all([users, output(peersTrust?.peers)]).apply(([clients, peers]) =>
    redisUsersField(clients, peers),
  );
  const nodes = plan.nodes.map((node) => ({ node, issued: authority.issue(node.certificate) }));
  const nodeSecrets = nodes.map(({ node, issued }): [string, HostSecret] => {
    const fields: Fields<NodeField, PeerField | ClusterField> = {
      certificate: issued.certificatePem,
      privateKey: issued.privateKeyPem,
      trusted: authority.trustedPem,
      admitted: output(admitted),
      redisUsers,
      ...peersTrust?.fieldsOf(node),
    };
    return [node.name, secretFor("cache", node.name, node.certificate, fields)];
  });

  const certificates = [...authority.dates, ...[...nodes, ...clients].map(({ issued }) => issued.dates)];
  return {
    kmsKeyArn,
    nodeSecrets: new Map(nodeSecrets),
    clientSecrets: new Map(clientSecrets),
    certificates,
  };
}

function createKey(name: string, policy: Output<string>, tags: Tags, opts: CustomResourceOptions): Output<string> {
  const key = new Key(
    name,
    {
      description: `Secrets and root volumes of the HIPAA Redis cache ${name}`,
      ...cacheKey,
      policy,
      tags: nameTags(tags, name),
    },
    opts,
  );
  return key.arn;
}
