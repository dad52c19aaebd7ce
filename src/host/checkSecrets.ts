import type { Problem } from "../arguments/problems";
import type { CachePlan } from "../plan/cachePlan";
import { counted } from "../plan/counted";
import { membersText } from "../plan/members";
import { passwordLength } from "../plan/passwords";
import { admittedField } from "./admitted";
import { redisUsersField, sentinelUsersConf } from "./redisUsers";
import { scriptArchive } from "./scriptArchive";
import type { ClusterField, NodeField, PeerField } from "./secretFiles";

/** What Secrets Manager takes (Secrets Manager User Guide, "AWS Secrets Manager quotas"). */
export const secretLimitBytes = 65_536;

/** Whether the secret of every node fits into that limit, found out before any resource exists. */
export function secretProblems(plan: CachePlan): Problem[] {
  const bytes = mostSecretBytes(plan);
  if (bytes <= secretLimitBytes) return [];
  const { clients, nodes } = plan;
  return [
    {
      path: "clients",
      got: `a node's secret of ${bytes} bytes with ${counted(clients.length, "client")} and ${counted(nodes.length, "node")}`,
      allowed: `Secrets Manager takes ${secretLimitBytes} bytes: give fewer clients, or clients with shorter names, or fewer nodes, or make a second cache.`,
    },
  ];
}

/** Of all nodes, with three generations of authorities and passwords: what is not known yet is stood in for by what is as long or longer. */
export function mostSecretBytes(plan: CachePlan): number {
  return Buffer.byteLength(JSON.stringify(longestFields(plan)));
}

/** Of PEM (ECDSA P-256) and its line breaks; names in certificates are at most so long. */
const certificateText = `${"c".repeat(1200)}\n`;
const privateKeyText = `${"k".repeat(280)}\n`;
const hash = "f".repeat(64);
const generations = 3;

function longestFields(plan: CachePlan): Record<NodeField, string> & Partial<Record<PeerField | ClusterField, string>> {
  const passwordsSha256 = Array<string>(generations).fill(hash);
  const clients = plan.clients.map(({ certificate }) => certificate.dnsName);
  const users = plan.clients.map(({ client }) => ({ name: client, passwordsSha256 }));
  const isAlone = plan.cluster === undefined && plan.replication === undefined;
  const peers = isAlone ? undefined : { passwordsSha256, areCluster: plan.cluster !== undefined };
  return {
    certificate: certificateText,
    privateKey: privateKeyText,
    trusted: certificateText.repeat(generations),
    admitted: admittedField(clients),
    redisUsers: redisUsersField(users, peers),
    ...(plan.replication === undefined ? {} : ofReplicas(plan, clients, passwordsSha256)),
    ...(plan.cluster === undefined ? {} : ofShards(plan.cluster.members)),
  };
}

const password = "p".repeat(passwordLength);

function ofReplicas(
  { nodes }: CachePlan,
  clients: readonly string[],
  passwordsSha256: readonly string[],
): Record<PeerField, string> {
  const peers = nodes.map(({ certificate }) => certificate.dnsName);
  return {
    admittedPeers: admittedField(peers),
    admittedToSentinel: admittedField([...peers, ...clients]),
    peerPassword: password,
    configCommand: password,
    sentinelUsers: sentinelUsersConf({ passwordsSha256 }),
  };
}

function ofShards(members: Parameters<typeof membersText>[0]): Record<ClusterField, string> {
  return { members: membersText(members), peerPassword: password, scripts: scriptArchive() };
}
