import { onePort, type PortRange } from "../plan/ports";
import { awsTypes } from "./awsTypes";
import { addUpToInternet, isInternet } from "./internet";
import { listAt, notKnown, valueAt, type StackResource } from "./resource";
import { compliant, undecided, violation, worst, type Verdict } from "./verdict";

/** Every type of resource that can let traffic in through a security group. */
export const typesThatOpen = [
  awsTypes.securityGroup,
  awsTypes.defaultSecurityGroup,
  awsTypes.securityGroupIngressRule,
  awsTypes.securityGroupRule,
] as const;

export interface Opening {
  readonly protocol: unknown;
  readonly fromPort: unknown;
  readonly toPort: unknown;
  /** The networks that it lets in. */
  readonly sources: readonly unknown[];
}

/** Finds what lets the whole world in where `refused` says so of its ports. */
export function judgeOpenings(
  resource: StackResource,
  refused: (protocol: string, ports: PortRange) => boolean,
): Verdict {
  const openings = openingsOf(resource);
  if (openings === notKnown) return undecided("ingress is not known yet");
  return worst(openings.map((opening) => judgeOpening(opening, refused)));
}

/** For rules about TCP ports: whether one of `ports` is let in. */
export function tcpAmong(ports: readonly number[]): (protocol: string, range: PortRange) => boolean {
  return (protocol, { fromPort, toPort }) =>
    protocol !== "udp" && ports.some((port) => fromPort <= port && port <= toPort);
}

export function openingsOf({ type, props }: StackResource): readonly Opening[] | typeof notKnown {
  switch (type) {
    case awsTypes.securityGroupIngressRule:
      return [opening(props, "ipProtocol", ["cidrIpv4", "cidrIpv6"])];
    case awsTypes.securityGroupRule:
      return props.type === "egress" ? [] : [opening(props, "protocol", ["cidrBlocks", "ipv6CidrBlocks"])];
    default: {
      const rules = listAt(props, "ingress");
      return rules === notKnown
        ? notKnown
        : rules.map((rule) => opening(rule, "protocol", ["cidrBlocks", "ipv6CidrBlocks"]));
    }
  }
}

function opening(rule: unknown, protocol: string, sources: readonly string[]): Opening {
  return {
    protocol: valueAt(rule, protocol),
    fromPort: valueAt(rule, "fromPort"),
    toPort: valueAt(rule, "toPort"),
    sources: sources.flatMap((path) => {
      const values = listAt(rule, path);
      return values === notKnown ? [notKnown] : values;
    }),
  };
}

function judgeOpening(
  { protocol, fromPort, toPort, sources }: Opening,
  refused: (protocol: string, ports: PortRange) => boolean,
): Verdict {
  const world = addUpToInternet(sources);
  if (!world && !sources.includes(notKnown)) return compliant;
  if ([protocol, fromPort, toPort].includes(notKnown)) return undecided("its ports are not known yet");
  const name = protocolName(protocol);
  if (name === undefined) return compliant;
  const ports = portsOf(name, fromPort, toPort);
  if (!refused(name, ports)) return compliant;
  if (!world) return undecided("the networks that it lets in are not known yet");
  const which =
    ports.fromPort === ports.toPort ? `port ${ports.fromPort}` : `ports ${ports.fromPort} to ${ports.toPort}`;
  const whole = sources.filter(isInternet);
  return violation(
    `opens ${which} to ${whole.length > 0 ? whole.join(" and ") : "networks that add up to the internet"}`,
  );
}

/** By name or by number (IANA); what has no ports, such as ICMP, is nothing that these rules speak of. */
export function protocolName(protocol: unknown): "tcp" | "udp" | "all" | undefined {
  switch (String(protocol).toLowerCase()) {
    case "tcp":
    case "6":
      return "tcp";
    case "udp":
    case "17":
      return "udp";
    case "-1":
    case "all":
      return "all";
    default:
      return undefined;
  }
}

export function portsOf(protocol: string, from: unknown, to: unknown): PortRange {
  if (protocol === "all" || from === -1 || to === -1) return { fromPort: 0, toPort: 65535 };
  if (from === undefined && to === undefined) return { fromPort: 0, toPort: 65535 };
  return to === undefined ? onePort(Number(from)) : { fromPort: Number(from ?? 0), toPort: Number(to) };
}
