import { awsTypes } from "../awsTypes";
import { addUpToInternet } from "../internet";
import { partsOfTheSame } from "../partOf";
import { listAt, notKnown, valueAt, type StackResource } from "../resource";
import type { StackRule } from "../rule";
import { compliant, undecided, violation } from "../verdict";

export const prefixListNotInternet: StackRule = {
  name: "prefix-list-not-internet",
  description: "No prefix list holds networks that add up to the internet.",
  control: "flows-only",
  hipaa: ["164.312(a)(1)", "164.312(e)(1)"],
  remediation: "List the networks of your own hosts only.",
  note: "It judges each list, whatever security group or route names it, so that the rules about these need not look into it.",
  types: [awsTypes.managedPrefixList, awsTypes.managedPrefixListEntry],
  judgeInStack(resource, stack) {
    const own = networksIn(resource);
    if (own.length === 0) return compliant;
    if (own.includes(notKnown)) return undecided("the networks that it lists are not known yet");
    if (addUpToInternet(own)) return violation("lists networks that add up to the internet");
    return resource.type === awsTypes.managedPrefixListEntry && addUpToInternet(inSameList(resource, stack))
      ? violation("adds a network to others of its list that add up to the internet with it")
      : compliant;
  },
};

function inSameList(entry: StackResource, stack: readonly StackResource[]): readonly unknown[] {
  const owner = { types: [awsTypes.managedPrefixList], by: "prefixListId" };
  return partsOfTheSame(entry, stack, owner)
    .filter(({ type }) => prefixListNotInternet.types.includes(type))
    .flatMap(networksIn);
}

function networksIn({ type, props }: StackResource): readonly unknown[] {
  if (type === awsTypes.managedPrefixListEntry) return [valueAt(props, "cidr")];
  const entries = listAt(props, "entries");
  return entries === notKnown ? [notKnown] : entries.map((entry) => valueAt(entry, "cidr"));
}
