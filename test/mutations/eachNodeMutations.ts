import type { TunnelEngine } from "../../src/plan/tunnel.js";
import type { CheckName } from "./checkName.js";
import { node, type MutationThere } from "./hostMutation.js";
import { nodeFirewallMutations } from "./nodeFirewallMutations.js";
import { nodeRedisMutations } from "./nodeRedisMutations.js";
import { nodeTunnelMutations } from "./nodeTunnelMutations.js";

/** Of what is done to a lone node, what a check has to find on each of several: lists, firewall and users are there by another plan. */
const onEach = [
  "let in whatever no rule is about",
  "open a way out to another network",
  "take any number of connections from one host",
  "let every user ask for the node's role",
  "add a user of Redis",
  "let in who names no user",
  "give a client one more password",
  "give a client every command beside its own",
  "give the node's agent every key",
  "admit one more client",
];

export function eachNodeMutations(tunnel: TunnelEngine): readonly MutationThere[] {
  const known = [...nodeFirewallMutations, ...nodeRedisMutations, ...nodeTunnelMutations(tunnel)];
  return onEach.map((what) => {
    const mutation = known.find((one) => one.what === what);
    if (mutation === undefined) throw new Error(`Nobody does this to a lone node: ${what}.`);
    const [own, ...others] = mutation.breaks;
    return { ...mutation, breaks: [...amongNodes(own), ...others.flatMap(amongNodes)] };
  });
}

/** A check of a lone node, as it is called on one among others. */
function amongNodes(check: CheckName): [CheckName, ...CheckName[]] {
  return amongOthers.get(check) ?? [check];
}

const amongOthers: ReadonlyMap<CheckName, [CheckName, ...CheckName[]]> = new Map([
  [
    node.check("client-passwords", "the clients, and the node's own agent, are users, and nobody else is"),
    [node.check("client-passwords", "the clients, the node's own agent and its peers are users, and nobody else is")],
  ],
  [
    node.check("mutual-authentication", "the clients on the list, and no other, are admitted"),
    [
      node.check("mutual-authentication", "the clients on the list, and no other, are admitted"),
      node.check("mutual-authentication", "no name but those of clients is admitted to the clients' service"),
    ],
  ],
]);
