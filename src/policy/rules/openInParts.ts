import { httpsPort } from "../../plan/ports";
import { awsTypes } from "../awsTypes";
import { addUpToInternet } from "../internet";
import { openingsOf, portsOf, protocolName, type Opening } from "../openings";
import { notKnown, type StackResource } from "../resource";
import type { StackRule } from "../rule";
import { compliant, undecided, violation, worst, type Verdict } from "../verdict";

export const openInParts: StackRule = {
  name: "security-group-open-in-parts",
  description:
    "Rules of one security group do not together let in the internet that none of them lets in alone.",
  control: "flows-only",
  hipaa: ["164.308(a)(3)(i)", "164.308(a)(4)(i)", "164.312(a)(1)", "164.312(e)(1)"],
  remediation: "Let in the networks or security groups of your own hosts only.",
  note: "More public addresses than a /8 has, or a /13 of IPv6. HTTPS over TCP is authorised.",
  types: [awsTypes.securityGroupIngressRule, awsTypes.securityGroupRule],
  judgeInStack(rule, stack) {
    const beside = stack
      .filter((one) => openInParts.types.includes(one.type) && groupOf(one) === groupOf(rule))
      .flatMap(openings);
    return worst(openings(rule).map((opening) => judgeOpening(opening, beside)));
  },
};

function judgeOpening(opening: Opening, beside: readonly Opening[]): Verdict {
  if (addUpToInternet(opening.sources) || isHttps(opening)) return compliant;
  if (opening.sources.includes(notKnown)) return undecided("the networks that it lets in are not known yet");
  const others = beside.filter((other) => covers(other, opening) && !addUpToInternet(other.sources));
  const sources = others.flatMap((other) => other.sources);
  return addUpToInternet(sources)
    ? violation("opens, with other rules of its group, a port to networks that add up to the internet")
    : compliant;
}

function openings(rule: StackResource): readonly Opening[] {
  const found = openingsOf(rule);
  return found === notKnown ? [] : found;
}

/** The group by what its id is computed from, which is known in a preview too, or by the id. */
function groupOf({ props, madeFrom }: StackResource): unknown {
  return (madeFrom.securityGroupId ?? []).map(({ urn }) => urn).join() || props.securityGroupId;
}

/** Whether one lets in whatever passes another. */
function covers(outer: Opening, inner: Opening): boolean {
  const [o, i] = [protocolName(outer.protocol), protocolName(inner.protocol)];
  if (o === undefined || i === undefined || (o !== "all" && o !== i)) return false;
  const [wide, narrow] = [portsOf(o, outer.fromPort, outer.toPort), portsOf(i, inner.fromPort, inner.toPort)];
  return wide.fromPort <= narrow.fromPort && narrow.toPort <= wide.toPort;
}

function isHttps({ protocol, fromPort, toPort }: Opening): boolean {
  return protocolName(protocol) === "tcp" && Number(fromPort) === httpsPort && Number(toPort) === httpsPort;
}
