import { Address4 } from "ip-address";
import {
  deviceName,
  internetDevice,
  metadataAddress,
  resolverAddress,
  timeAddress,
  type InterfaceFacts,
  type NetworkFacts,
  type SubnetFacts,
} from "./facts.js";
import { matchPorts, matchSource } from "./matchPacket.js";
import { compileRoutes } from "./compileRoutes.js";
import { aclChain, routeChain, securityGroupChain } from "./chainNames.js";

/** The nftables table that the router of a VPC holds. */
export const firewallTable = "vpc";

/**
 * Compiles what AWS would do with the packets inside a VPC to an nftables ruleset for the lab's router, to be
 * loaded in one go. Every packet passes, in this order: source check, routes, network ACLs (stateless, not
 * between hosts of one subnet), connection tracking, security groups (egress of the source, ingress of the
 * destination). What no rule allows is dropped, and a named counter says why.
 */
export function compileFirewall(facts: NetworkFacts): string {
  const chains = [
    prerouting(facts),
    input(facts),
    forward(facts),
    resolverChain(facts),
    natChain(),
    networkAclDispatch(facts),
    securityGroupDispatch(facts),
    ...facts.subnets.flatMap((subnet) => compileRoutes(subnet, facts)),
    ...facts.networkAcls.flatMap(({ id }) => [networkAcl(facts, id, true), networkAcl(facts, id, false)]),
    ...facts.interfaces.flatMap((each) => [
      securityGroups(facts, each, "egress"),
      securityGroups(facts, each, "ingress"),
    ]),
  ];
  const body = [...counters(chains).map((name) => `counter ${name} { }`), ...chains].map(indent).join("\n");
  return `table ip ${firewallTable}\ndelete table ip ${firewallTable}\ntable ip ${firewallTable} {\n${body}\n}\n`;
}

function counters(chains: readonly string[]): string[] {
  const names = chains.flatMap((chain) => [...chain.matchAll(/counter name (\w+)/g)].map(([, name]) => name));
  return [...new Set(names)].filter((name) => name !== undefined).sort();
}

function chain(name: string, lines: readonly string[]): string {
  return `chain ${name} {\n${lines.map(indent).join("\n")}\n}`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

function set(names: readonly string[]): string {
  return `{ ${names.join(", ")} }`;
}

function devices(interfaces: readonly InterfaceFacts[]): string[] {
  return interfaces.map(({ id }) => deviceName(id));
}

function prerouting({ interfaces }: NetworkFacts): string {
  return chain("prerouting", [
    "type filter hook prerouting priority filter; policy accept;",
    ...interfaces.map(
      ({ id, addresses }) => `iifname ${deviceName(id)} ip saddr != ${set(addresses)} counter name foreign_source drop`,
    ),
  ]);
}

/** The router itself answers only as the instance metadata service, the resolver and the time server, as AWS does. */
function input({ interfaces }: NetworkFacts): string {
  const fromHosts = interfaces.length === 0 ? [] : [`iifname ${set(devices(interfaces))}`];
  return chain("input", [
    "type filter hook input priority filter; policy drop;",
    "iifname lo accept",
    ...fromHosts.flatMap((from) => [
      `${from} ip daddr ${metadataAddress} tcp dport 80 accept`,
      `${from} ip daddr ${resolverAddress} meta l4proto { tcp, udp } th dport 53 accept`,
      `${from} ip daddr ${timeAddress} udp dport 123 accept`,
    ]),
    "ct state established,related accept",
    "counter name to_router drop",
  ]);
}

function forward({ interfaces, subnets }: NetworkFacts): string {
  const known = set([internetDevice, ...devices(interfaces)]);
  const routes = interfaces.map(({ id, subnetId }) => `${deviceName(id)} : jump ${routeChain(subnetId, "to")}`);
  const replies = interfaces.map(({ id, subnetId }) => `${deviceName(id)} : jump ${routeChain(subnetId, "from")}`);
  return chain("forward", [
    "type filter hook forward priority filter; policy drop;",
    `iifname != ${known} counter name unknown_device drop`,
    `oifname != ${known} counter name unknown_device drop`,
    `iifname ${internetDevice} ct state new counter name from_internet drop`,
    ...(interfaces.length === 0 || subnets.length === 0
      ? []
      : [`iifname vmap ${set(routes)}`, `iifname ${internetDevice} oifname vmap ${set(replies)}`]),
    "jump network_acls",
    "ct state established,related accept",
    "ct state invalid counter name invalid drop",
    "jump security_groups",
    "accept",
  ]);
}

/** The VPC's own address of Amazon's resolver, its base plus two, leads to the link-local one. */
function resolverChain({ cidrBlocks }: NetworkFacts): string {
  return chain("resolver", [
    "type nat hook prerouting priority dstnat; policy accept;",
    ...cidrBlocks.map((block) => {
      const resolver = Address4.fromBigInt(new Address4(block).startAddress().bigInt() + 2n).address;
      return `ip daddr ${resolver} meta l4proto { tcp, udp } th dport 53 dnat to ${resolverAddress}`;
    }),
  ]);
}

function natChain(): string {
  return chain("nat", [
    "type nat hook postrouting priority srcnat; policy accept;",
    `oifname ${internetDevice} masquerade`,
  ]);
}

function networkAclDispatch({ subnets, interfaces }: NetworkFacts): string {
  const members = (subnet: SubnetFacts) => devices(interfaces.filter(({ subnetId }) => subnetId === subnet.id));
  const inhabited = subnets.filter((subnet) => members(subnet).length > 0);
  const verdicts = (egress: boolean) =>
    set(
      inhabited.flatMap((subnet) =>
        members(subnet).map((device) => `${device} : jump ${aclChain(subnet.networkAclId, egress)}`),
      ),
    );
  return chain("network_acls", [
    ...inhabited.map((subnet) => `iifname ${set(members(subnet))} oifname ${set(members(subnet))} return`),
    ...(inhabited.length === 0 ? [] : [`iifname vmap ${verdicts(true)}`, `oifname vmap ${verdicts(false)}`]),
  ]);
}

/** The rules of one direction in the order of their numbers: the first that matches decides. */
function networkAcl(facts: NetworkFacts, id: string, egress: boolean): string {
  const name = aclChain(id, egress);
  const entries = facts.networkAcls
    .flatMap((acl) => (acl.id === id ? acl.entries : []))
    .filter((entry) => entry.egress === egress)
    .sort((a, b) => a.ruleNumber - b.ruleNumber);
  return chain(name, [
    ...entries.map((entry) =>
      [
        matchSource(egress ? "daddr" : "saddr", entry.cidrBlock),
        matchPorts(entry),
        entry.action === "allow" ? "counter return" : `counter name ${name}_denied drop`,
        `comment "rule ${entry.ruleNumber}"`,
      ]
        .filter(Boolean)
        .join(" "),
    ),
    `counter name ${name}_denied drop`,
  ]);
}

function securityGroupDispatch({ interfaces }: NetworkFacts): string {
  const verdicts = (direction: "egress" | "ingress") =>
    set(interfaces.map(({ id }) => `${deviceName(id)} : jump ${securityGroupChain(id, direction)}`));
  return chain(
    "security_groups",
    interfaces.length === 0 ? [] : [`iifname vmap ${verdicts("egress")}`, `oifname vmap ${verdicts("ingress")}`],
  );
}

function securityGroups(facts: NetworkFacts, each: InterfaceFacts, direction: "egress" | "ingress"): string {
  const name = securityGroupChain(each.id, direction);
  const rules = facts.securityGroups
    .filter(({ id }) => each.securityGroupIds.includes(id))
    .flatMap((group) => group[direction].map((rule) => ({ ...rule, group: group.id })));
  return chain(name, [
    ...rules.flatMap((rule) =>
      [...rule.cidrBlocks, ...rule.groupIds.flatMap((id) => addressesOf(facts, id))].map((peer) =>
        [
          matchSource(direction === "egress" ? "daddr" : "saddr", peer),
          matchPorts(rule),
          "counter return",
          `comment "${rule.group}"`,
        ]
          .filter(Boolean)
          .join(" "),
      ),
    ),
    `counter name ${name}_denied drop`,
  ]);
}

function addressesOf({ interfaces }: NetworkFacts, groupId: string): string[] {
  return interfaces
    .filter(({ securityGroupIds }) => securityGroupIds.includes(groupId))
    .flatMap(({ addresses }) => addresses);
}
