import { firewallAndFile, firewallEdited, firewallWithout, nft } from "./hostChange.js";
import { node, type MutationThere } from "./hostMutation.js";
import { checksFromAppHost } from "./nodeTunnelMutations.js";

const { rulesInForce } = node;

const dropped = (chain: string) => node.check("host-firewall", `what is not allowed is dropped (${chain})`);
const flow = (name: string) => node.check("host-firewall", `the flow ${name} has a rule`);
const shut = firewallWithout("tcp dport 6379 accept");

/** The firewall that is in force on a node. */
export const nodeFirewallMutations: readonly MutationThere[] = [
  {
    what: "let in whatever no rule is about",
    breaks: [dropped("input"), rulesInForce],
    change: nft("chain inet hipaa_redis input '{ policy accept; }'"),
  },
  {
    what: "let out whatever no rule is about",
    breaks: [dropped("output"), rulesInForce],
    change: nft("chain inet hipaa_redis output '{ policy accept; }'"),
  },
  {
    what: "forward packets of others",
    breaks: [dropped("forward"), rulesInForce],
    change: nft("chain inet hipaa_redis forward '{ policy accept; }'"),
  },
  {
    what: "put a rule before all others that lets everything in",
    breaks: [rulesInForce],
    change: nft("insert rule inet hipaa_redis input accept"),
  },
  {
    what: "open a way out to another network",
    breaks: [rulesInForce],
    change: nft("add rule inet hipaa_redis output ip daddr 192.0.2.0/24 accept"),
  },
  {
    what: "let in another network in the place of the bastions'",
    breaks: [rulesInForce],
    change: firewallEdited("s|ip saddr { [^}]* } tcp dport 22 |ip saddr { 192.0.2.0/24 } tcp dport 22 |"),
  },
  {
    what: "load other rules, and leave them in the file",
    breaks: [node.files],
    change: firewallAndFile("0,/iif .lo. accept/s//&\\n    ip saddr 192.0.2.0\\/24 accept/"),
  },
  {
    what: "shut applications out",
    breaks: [flow("apps-to-redis"), rulesInForce, ...Object.values(checksFromAppHost)],
    // With a reset nobody waits for an answer.
    change: {
      ...shut,
      does: `${shut.does} && nft add rule inet hipaa_redis input tcp dport 6379 reject with tcp reset`,
    },
    alone: "What can't be reached can't be seen to be sound.",
  },
  {
    what: "shut operators out",
    breaks: [flow("bastions-to-ssh"), rulesInForce],
    change: firewallWithout("tcp dport 22 accept"),
  },
  {
    what: "shut every way out",
    breaks: [
      flow("node-to-https"),
      flow("node-to-metadata"),
      flow("node-to-dns"),
      flow("node-to-time"),
      flow("node-to-dhcp"),
      rulesInForce,
      // They ask instance metadata.
      node.check("documentation", "this is a node that the report speaks of"),
      node.check("mutual-authentication", "the node's certificate has its name"),
      node.check("configuration-drift", "the user data is the one that was planned for sessions-0"),
    ],
    change: firewallWithout("dport (80|53|123|67|443) accept"),
  },
  {
    what: "take any number of connections from one host",
    breaks: [node.check("limits", "connections from one host are limited"), rulesInForce],
    change: firewallWithout("ct count over"),
  },
  {
    what: "let every user ask for the node's role",
    breaks: [
      node.check("instance-metadata", "the firewall refuses others"),
      node.check("instance-metadata", "another user gets no token"),
      rulesInForce,
    ],
    change: firewallWithout("169[.]254[.]169[.]254 meta skuid"),
  },
];
