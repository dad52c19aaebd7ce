import type { Ports } from "./facts.js";

const protocolNames: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp" };

/** The nft expression for an AWS rule's protocol and ports; empty when it matches every packet. */
export function matchPorts({ protocol, from, to }: Ports): string {
  const name = protocolNames[protocol] ?? protocol;
  if (name === "-1") return "";
  if (name === "icmp") return matchIcmp(from ?? -1, to ?? -1);
  if (name === "tcp" || name === "udp") {
    if (from === undefined || to === undefined || from === -1) return `meta l4proto ${name}`;
    return `${name} dport ${from === to ? from : `${from}-${to}`}`;
  }
  if (!/^\d+$/.test(name)) {
    throw new Error(
      `A firewall rule names the protocol "${protocol}"; the lab knows tcp, udp, icmp, -1 and protocol numbers.`,
    );
  }
  return `meta l4proto ${name}`;
}

function matchIcmp(type: number, code: number): string {
  if (type === -1) return "meta l4proto icmp";
  return code === -1 ? `icmp type ${type}` : `icmp type ${type} icmp code ${code}`;
}

/** The nft expression for an address or CIDR block; empty when it is every address. */
export function matchSource(side: "saddr" | "daddr", block: string): string {
  return block === "0.0.0.0/0" ? "" : `ip ${side} ${block}`;
}
