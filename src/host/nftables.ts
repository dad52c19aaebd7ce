import type { LocalPorts, NodePorts } from "./clientWays";
import { metadataService } from "../plan/amazonServices";
import { withoutHostPrefix, type Cidr } from "../plan/cidr";
import type { PeersPlan } from "../plan/peers";
import { redisPort } from "../plan/ports";
import { inDirection, judgedByHost, type CallerLimits, type Flow, type PortFlow } from "../plan/flow";

/** The node's own firewall (nft(8)): shut both ways but for the flows. */
export function nodeFirewall(node: {
  flows: readonly Flow[];
  /** The Unix users that they run as. */
  redisAccount: string;
  tunnelAccount: string;
  /** Where the nodes are on this host, where there are several. */
  peers?: Pick<PeersPlan, "loopbackCidrBlock" | "loopbackPorts">;
}): string {
  const flows = judgedByHost(node.flows);
  const egress = inDirection("egress", flows);
  const serviceAccounts = [node.redisAccount, node.tunnelAccount];
  const toPeers = egress.filter(({ amongNodes }) => amongNodes);
  return table([
    ...flows.filter(({ limits }) => limits !== undefined).flatMap(callers),
    chain("input", "drop", [
      // Errors that belong to a connection, ICMP's "fragmentation needed" among them, are related.
      "ct state established,related accept",
      'iif "lo" accept',
      ...inDirection("ingress", flows).flatMap(admit),
      ...egress.flatMap(answers),
    ]),
    chain("forward", "drop", []),
    chain("output", "drop", [
      ...metadataForRootAlone,
      // They are called and call nobody: one that is taken over has no way to send anything out.
      ...(node.peers === undefined ? [] : onLoopback(node.peers, serviceAccounts)),
      ...toPeers.map((flow) => `meta skuid "${node.tunnelAccount}" ${to(flow)} accept`),
      `meta skuid ${users(serviceAccounts)} ct state new reject`,
      "ct state established,related accept",
      'oif "lo" accept',
      ...egress.filter((flow) => !toPeers.includes(flow)).map((flow) => `${to(flow)} accept`),
    ]),
  ]);
}

/**
 * Redis, Sentinel and the near ends of the tunnels to other nodes are for each other and for root, and nobody else answers there while one
 * of them is away: Redis and Sentinel would send it their password.
 */
function onLoopback(
  { loopbackCidrBlock, loopbackPorts }: Pick<PeersPlan, "loopbackCidrBlock" | "loopbackPorts">,
  accounts: readonly string[],
): string[] {
  const theirs = users(["root", ...accounts]);
  return [
    `ip daddr ${loopbackCidrBlock} ct state new meta skuid ${theirs} accept`,
    `ip daddr ${loopbackCidrBlock} ct state new reject with tcp reset`,
    `ip saddr ${loopbackCidrBlock} tcp sport ${set(loopbackPorts.map(String))} meta skuid != ${theirs} drop`,
  ];
}

function to(flow: PortFlow): string {
  return `ip daddr ${addresses(flow.cidrBlocks)} ${calling(flow)}`;
}

/** Who calls a port of the tunnel, with the connections that each has: all that they may have, and what they may have in a crowd. */
function callers(flow: PortFlow): string[] {
  return [callersOf(flow), `large_${callersOf(flow)}`].map(
    (name) => `  set ${name} {\n    type ipv4_addr; size 65535; flags dynamic;\n  }`,
  );
}

function callersOf({ port }: PortFlow): string {
  return port === redisPort ? "callers" : `callers_${port}`;
}

/** Of a packet: its host has more than its share of a crowd. */
const large = 1;

/**
 * The tunnel's port has a limit for each caller, and a lower one while it is crowded. Each is counted from the first connection
 * on: what is not counted while there is room is not known when there is none (nft(8), "ct count"). There is none to how often they come: when a node has been replaced, all
 * applications come at once, and handshakes that don't finish are let go by the tunnel.
 */
function admit(flow: PortFlow): string[] {
  const wanted = `ip saddr ${addresses(flow.cidrBlocks)} ${calling(flow)}`;
  return [...(flow.limits === undefined ? [] : counted(wanted, callersOf(flow), flow.limits)), `${wanted} accept`];
}

function counted(wanted: string, sets: string, { connectionsFromOneHost, crowd }: CallerLimits): string[] {
  return [
    `add @${sets} { ip saddr ct count over ${connectionsFromOneHost} } reject with tcp reset`,
    `add @large_${sets} { ip saddr ct count over ${crowd.connectionsFromOneHost} } meta mark set ${large}`,
    `ct count over ${crowd.connections} meta mark ${large} reject with tcp reset`,
  ].map((rule) => `${wanted} ct state new ${rule}`);
}

/** The ports of who calls and who is called. */
function calling({ protocols, port, ownPort }: PortFlow): string {
  const [protocol = "", second] = protocols;
  const from = ownPort === undefined ? "" : `${protocol} sport ${ownPort} `;
  const to = second === undefined ? `${protocol} dport ${port}` : `meta l4proto ${set(protocols)} th dport ${port}`;
  return `${from}${to}`;
}

/** What comes to a port of the node's own may belong to no connection. */
function answers({ cidrBlocks, protocols, port, ownPort }: PortFlow): string[] {
  if (ownPort === undefined) return [];
  return protocols.map(
    (protocol) => `ip saddr ${addresses(cidrBlocks)} ${protocol} sport ${port} ${protocol} dport ${ownPort} accept`,
  );
}

/** One address stands by itself. */
function addresses(cidrBlocks: readonly Cidr[]): string {
  const elements = cidrBlocks.map(withoutHostPrefix);
  return elements.length === 1 && elements[0] !== cidrBlocks[0] ? elements.join() : set(elements);
}

/**
 * The wall on an app host, whose other traffic is its owner's: the tunnel is for the application's user, and the
 * metadata service, which hands out the role that can read the private key, for root alone. Nobody but the tunnel answers
 * on its port, not even while it is away: the application would send the password to whoever does. Containers have no Unix
 * user here: their packets are forwarded, and come from no loopback, so they get to none of it, nor to the cache itself.
 */
export function appHostFirewall(host: {
  appUser: string;
  tunnelAccount: string;
  localPorts: LocalPorts;
  nodes: readonly NodePorts[];
}): string {
  const { appUser, localPorts, tunnelAccount, nodes } = host;
  const local = { addresses: oneOrSet(localPorts.addresses), ports: oneOrSet(localPorts.ports) };
  return table([
    chain("input", "accept", [
      `iif != "lo" ip daddr ${local.addresses} tcp dport ${local.ports} reject with tcp reset`,
    ]),
    chain("forward", "accept", [
      `ip daddr ${metadataService.ipv4} reject`,
      `ip6 daddr ${metadataService.ipv6} reject`,
      ...nodes.map(({ address, ports }) => `ip daddr ${address} tcp dport ${oneOrSet(ports)} reject with tcp reset`),
    ]),
    chain("output", "accept", [
      ...metadataForRootAlone,
      // It calls the cache alone: not even a resolver on the loopback. What it called counts, not where something leads it.
      `meta skuid "${tunnelAccount}" ct state new ct original ip daddr != ${oneOrSet(nodes.map(({ address }) => address))} reject`,
      `ip daddr ${local.addresses} tcp dport ${local.ports} meta skuid != ${users(["root", appUser])} reject with tcp reset`,
      `ip saddr ${local.addresses} tcp sport ${local.ports} meta skuid != ${users(["root", tunnelAccount])} drop`,
    ]),
  ]);
}

const metadataForRootAlone = [
  `ip daddr ${metadataService.ipv4} meta skuid != "root" reject`,
  `ip6 daddr ${metadataService.ipv6} meta skuid != "root" reject`,
];

/** Loading it again replaces this table and leaves every other one alone. */
function table(parts: readonly string[]): string {
  return [
    "table inet hipaa_redis {}",
    "delete table inet hipaa_redis",
    `table inet hipaa_redis {\n${parts.join("\n")}\n}`,
    "",
  ].join("\n");
}

function chain(hook: "input" | "forward" | "output", policy: "accept" | "drop", rules: readonly string[]): string {
  const lines = [`type filter hook ${hook} priority filter; policy ${policy};`, ...rules];
  return `  chain ${hook} {\n${lines.map((line) => `    ${line}\n`).join("")}  }`;
}

function users(names: readonly string[]): string {
  return set(names.map((name) => `"${name}"`));
}

/** One stands by itself. */
function oneOrSet(elements: readonly (string | number)[]): string {
  const texts = elements.map(String);
  return texts.length === 1 ? texts.join() : set(texts);
}

function set(elements: readonly string[]): string {
  return `{ ${elements.join(", ")} }`;
}
