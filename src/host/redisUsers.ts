import { aclRules, type LockedCommand } from "../plan/commands";
import { encodeLines } from "./encode";

/** A client as Redis and Sentinel know it. */
export interface RedisUser {
  readonly name: string;
  /** Each password that is accepted, as SHA-256: the node need not know them in clear. */
  readonly passwordsSha256: readonly string[];
}

/** What nodes with replicas are to each other: one password for all of it. */
export type Peers = Pick<RedisUser, "passwordsSha256"> & { readonly areCluster?: boolean };

const nobody = "default reset off";

/**
 * The users of Redis as a node's secret has them: one for each client, two for nodes with replicas, and none for who names none. What each
 * may do differs between servers, and nodes run different ones while a cache goes from one to another: each host adds it (`redisUsersEdit`).
 */
export function redisUsersField(users: readonly RedisUser[], peers?: Peers): string {
  const ofPeers = peers === undefined ? [] : peerRights(peers.areCluster).map(([name]) => ({ name, ...peers }));
  return usersConf([...users, ...ofPeers].map(withPasswords));
}

/** What each line of that field must be (extended regular expression). */
export function redisUsersFieldLine(hasPeers = false, areCluster = false): string {
  const ofPeers = hasPeers ? peerRights(areCluster).map(([name]) => name) : [];
  return anyLine([`(${[clientName, ...ofPeers].join("|")})${passwords}`]);
}

/** For sed(1): makes of that field the users of Redis, with what each may do on this host's server. */
export function redisUsersEdit(commands: readonly LockedCommand[], hasPeers = false, areCluster = false): string {
  const edit = (name: string, its: string): string => `/^user ${name}.*#/s/$/ ${its.replaceAll("&", "\\&")}/\n`;
  const ofPeers = hasPeers ? peerRights(areCluster).map(([name, its]) => edit(name, its)) : [];
  return [edit("[a-z]", rights(commands)), ...ofPeers].join("");
}

/**
 * The users of Redis (redis.io, "ACL") as the host makes them. Redis reads them at its start; when they change, `apply-users` has the running
 * Redis take them.
 */
export function redisUsersConf(users: readonly RedisUser[], commands: readonly LockedCommand[], peers?: Peers): string {
  return usersConf([
    ...users.map((user) => withRights(user, rights(commands))),
    ...(peers === undefined
      ? []
      : peerRights(peers.areCluster).map(([name, its]) => withRights({ name, ...peers }, its))),
  ]);
}

/**
 * The users of a Sentinel, which has its own, without the clients: these are made of the users of Redis where both are
 * (`sentinelClientsEdit`), so that a secret has them once.
 */
export function sentinelUsersConf(peers: Peers): string {
  return usersConf([withRights({ name: sentinelPeer, ...peers }, decidingRights)]);
}

/** For `sed -En`: turns the clients among the users of Redis into those of Sentinel, and prints nobody else. */
export const sentinelClientsEdit = `s/^(user [a-z][a-z0-9-]* reset on( #[0-9a-f]{64})+) .*$/\\1 ${askingRights().replaceAll("&", "\\&")}/p`;

/** What each line of these must be, as `verify` looks at them (extended regular expression). */
export function redisUsersLine(commands: readonly LockedCommand[], hasReplicas = false, areCluster = false): string {
  const ofPeers = hasReplicas ? peerRights(areCluster).map(([name, its]) => lineOf(name, its)) : [];
  return anyLine([lineOf(clientName, rights(commands)), ...ofPeers]);
}

/** The same of the users of a Sentinel. */
export function sentinelUsersLine(): string {
  return anyLine([lineOf(sentinelPeer, decidingRights)]);
}

/** Who copies the primary, and as whom Sentinels come to Redis. No client can be called so. */
export const replicaUser = "_replica";
export const sentinelUser = "_sentinel";

/** As whom the scripts of nodes of a cluster come to Redis. No client can be called so. */
export const nodeUser = "_node";

/** As whom Sentinels, and the scripts of nodes, come to a Sentinel. */
export const sentinelPeer = "_peer";

/** No more than copying takes, than Sentinel needs to watch Redis and to fail over (without `config|rewrite` or `client|kill` it never does), and in a cluster than scripts of nodes say. */
function peerRights(areCluster = false): readonly (readonly [name: string, rights: string])[] {
  return [
    [replicaUser, "-@all +psync +replconf +ping"],
    areCluster
      ? [nodeUser, nodeRights()]
      : [
          sentinelUser,
          "&__sentinel__:* -@all +multi +exec +slaveof +replicaof +ping +info +role +publish +subscribe +config|rewrite +client|setname +client|kill",
        ],
  ];
}

/**
 * What the scripts of a node of a cluster ask and tell the others. MEMORY USAGE tells how much a value takes, MIGRATE reads and deletes keys of one,
 * and has the other take them by SELECT and RESTORE-ASKING.
 */
function nodeRights(): string {
  const commands = [
    "info",
    "nodes",
    "failover",
    "meet",
    "forget",
    "replicate",
    "setslot",
    "getkeysinslot",
    "countkeysinslot",
  ];
  return `~* -@all +info ${commands.map((name) => `+cluster|${name}`).join(" ")} +memory|usage +migrate +select +restore-asking`;
}

/** Where the primary and its replicas are, and when there is another primary. */
function askingRights(): string {
  const questions = ["get-master-addr-by-name", "replicas", "sentinels"].map((name) => `+sentinel|${name}`);
  return `&+switch-master -@all +auth +hello +ping +client|setname ${questions.join(" ")} +subscribe`;
}

/** What Sentinels say to each other, what a node's scripts ask and tell its own, and what is looked at of them. */
const deciding = [
  ...[
    "is-master-down-by-addr",
    "get-master-addr-by-name",
    "master",
    "ckquorum",
    "failover",
    "set",
    "config",
    "debug",
  ].map((name) => `sentinel|${name}`),
  ...["users", "list", "setuser", "deluser"].map((name) => `acl|${name}`),
].map((name) => `+${name}`);
const decidingRights = `&__sentinel__:hello -@all +auth +hello +ping +client|setname +publish +info ${deciding.join(" ")}`;

/** Every key, every channel, and the commands that are not locked. */
function rights(commands: readonly LockedCommand[]): string {
  return `~* &* ${aclRules(commands)}`;
}

function usersConf(users: readonly string[]): string {
  return encodeLines([nobody, ...users].map((user) => ["user", user]));
}

function withRights(user: RedisUser, its: string): string {
  return `${withPasswords(user)} ${its}`;
}

function withPasswords({ name, passwordsSha256 }: RedisUser): string {
  return `${name} reset on ${passwordsSha256.map((hash) => `#${hash}`).join(" ")}`;
}

const clientName = "[a-z][a-z0-9-]*";
const passwords = " reset on( #[0-9a-f]{64}){1,3}";

function lineOf(name: string, its: string): string {
  return `${name}${passwords} ${literally(its)}`;
}

function anyLine(users: readonly string[]): string {
  return `user (${[nobody, ...users].join("|")})`;
}

function literally(text: string): string {
  return text.replaceAll(/[*+|.]/g, "[$&]");
}
