import { httpsPort, type PortRange } from "../../plan/ports";
import { awsTypes } from "../awsTypes";
import { addUpToInternet } from "../internet";
import { openingsOf, portsOf, protocolName, typesThatOpen, type Opening } from "../openings";
import { partsOfTheSame } from "../partOf";
import { notKnown, type StackResource } from "../resource";
import type { StackRule } from "../rule";
import { compliant, undecided, violation, worst, type Verdict } from "../verdict";

export const openInParts: StackRule = {
  name: "security-group-open-in-parts",
  description:
    "The rules of one security group do not add up to the internet at any port, even where no single rule opens it.",
  control: "flows-only",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Let in the networks or security groups of your own hosts only.",
  note: "That is more public addresses than a /8 has, or a /13 of IPv6. HTTPS over TCP is authorised. Rules in the group and separate ones count, also where their ports only overlap.",
  types: typesThatOpen,
  judgeInStack(resource, stack) {
    const beside = partsOfTheSame(resource, stack, { types: groups, by: "securityGroupId" })
      .filter(({ type }) => openInParts.types.includes(type))
      .flatMap(openings);
    const own = openingsOf(resource);
    if (own === notKnown) return undecided("ingress is not known yet");
    return worst(own.map((opening) => judgeOpening(opening, beside)));
  },
};

const groups = [awsTypes.securityGroup, awsTypes.defaultSecurityGroup];

function judgeOpening(opening: Opening, beside: readonly Opening[]): Verdict {
  if (addUpToInternet(opening.sources)) return compliant;
  const { protocol, fromPort, toPort } = opening;
  if ([protocol, fromPort, toPort].includes(notKnown)) return undecided("its ports are not known yet");
  const range = rangeOf(opening);
  if (range === undefined) return compliant;
  if (opening.sources.includes(notKnown)) return undecided("the networks that it lets in are not known yet");
  const others = beside.filter(({ sources }) => !addUpToInternet(sources));
  const open = portsToTry(range, others).some((port) =>
    addUpToInternet(others.filter((other) => letsIn(other, range.protocol, port)).flatMap(({ sources }) => sources)),
  );
  return open
    ? violation("opens, with other rules of its group, a port to networks that add up to the internet")
    : compliant;
}

function openings(resource: StackResource): readonly Opening[] {
  const found = openingsOf(resource);
  return found === notKnown ? [] : found;
}

interface Range extends PortRange {
  readonly protocol: "tcp" | "udp" | "all";
}

function rangeOf({ protocol, fromPort, toPort }: Opening): Range | undefined {
  const name = protocolName(protocol);
  return name === undefined ? undefined : { protocol: name, ...portsOf(name, fromPort, toPort) };
}

/** What is open changes only where a range begins. Where one does at HTTPS's port, which is authorised, the next one tells of the rest. */
function portsToTry({ protocol, fromPort, toPort }: Range, others: readonly Opening[]): readonly number[] {
  const begins = [fromPort, httpsPort + 1, ...others.map((other) => rangeOf(other)?.fromPort ?? fromPort)];
  return begins.filter((port) => fromPort <= port && port <= toPort && !(protocol === "tcp" && port === httpsPort));
}

/** Whether one lets in, at a port, whatever passes a protocol. */
function letsIn(opening: Opening, protocol: Range["protocol"], port: number): boolean {
  const range = rangeOf(opening);
  if (range === undefined || (range.protocol !== "all" && range.protocol !== protocol)) return false;
  return range.fromPort <= port && port <= range.toPort;
}
