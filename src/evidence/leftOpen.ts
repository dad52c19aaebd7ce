import type { CacheArguments } from "../arguments/cacheArguments";
import type { CachePlan } from "../plan/cachePlan";
import { counted } from "../plan/counted";
import { anywhere } from "./anywhere";

/** What a default leaves open, or a choice of the user's of which this library knows nothing: no control is weakened by it. */
export interface LeftOpen {
  /** The argument's name; `one-node` where there is none. */
  readonly name: string;
  /** What is so here. */
  readonly here: string;
  /** What is left open. */
  readonly leavesOpen: string;
  /** What closes it, or makes it less. */
  readonly closes: string;
  /** The id of the control whose risk it is. */
  readonly control: string;
}

interface Opening {
  readonly leavesOpen: string;
  readonly closes: string;
  readonly control: string;
  /** What is so here; nothing where it is closed. */
  readonly here: (shape: CacheArguments, plan: CachePlan<string>) => string | undefined;
}

const openings = {
  httpsEgressCidrBlocks: {
    control: "way-out",
    leavesOpen:
      "The firewalls let the node open HTTPS connections to addresses anywhere. Whoever breaks into a process that has a network can send data out, as far as a route leads.",
    closes: "Name the networks of VPC endpoints and of your own mirror.",
    here: (_, { flows }) => {
      const wide = anywhere(flows);
      return wide.length === 0 ? undefined : wide.join(", ");
    },
  },
  clientSecurityGroups: {
    control: "flows-only",
    leavesOpen:
      "Every machine in the applications' networks may open connections to the tunnel, and take its places. Without a certificate it gets no further.",
    closes: "Set `clientSecurityGroups`, or name the applications' own groups in `appSecurityGroupIds`.",
    here: ({ appSecurityGroupIds, appCidrBlocks }, { clientSecurityGroups }) =>
      clientSecurityGroups || hasAny(appSecurityGroupIds) ? undefined : `whoever is in ${appCidrBlocks.join(", ")}`,
  },
  bastionSecurityGroupIds: {
    control: "flows-only",
    leavesOpen: "Every machine in the bastion hosts' networks may try to sign in. Without an operator's key it can't.",
    closes: "Name the bastion hosts' security groups.",
    here: ({ bastionSecurityGroupIds, bastionCidrBlocks = [] }, { operators }) =>
      operators.length === 0 || hasAny(bastionSecurityGroupIds)
        ? undefined
        : `whoever is in ${bastionCidrBlocks.join(", ")}`,
  },
  secretAdministratorArns: {
    control: "least-privilege",
    leavesOpen: "Whoever may read any secret in this AWS account can read the cache's: its keys and passwords.",
    closes: "Name those who run `pulumi up`: the secrets' own policies then deny it to everybody else.",
    here: (_, { secretAdministratorArns }) =>
      secretAdministratorArns.length > 0 ? undefined : "none: the account's IAM alone decides",
  },
  "one-node": {
    control: "contingency-plan",
    leavesOpen:
      "When the node fails, is restarted for an update or is replaced, there is no cache until it is back, and then an empty one.",
    closes: "Set `replicas`; or applications that run without the cache, and a system of record that bears it.",
    here: (_, { nodes }) => (nodes.length > 1 ? undefined : counted(nodes.length, "node")),
  },
  imageId: {
    control: "security-updates",
    leavesOpen:
      "The image is not Debian's own: who made it, from what and when, this library does not know. Whoever may change it has root on the node.",
    closes: "Your organisation's own record of how the image is made; or leave it out, for Debian's.",
    here: ({ imageId }) => imageId,
  },
} as const satisfies Readonly<Partial<Record<keyof CacheArguments | "one-node", Opening>>>;

/** The names of all that can be left open. */
export type OpeningName = keyof typeof openings;

/** What is as open as the defaults leave it. */
export function leftOpen(shape: CacheArguments, plan: CachePlan<string>): LeftOpen[] {
  return Object.entries<Opening>(openings).flatMap(([name, { here, leavesOpen, closes, control }]) => {
    const found = here(shape, plan);
    return found === undefined ? [] : [{ name, here: found, leavesOpen, closes, control }];
  });
}

function hasAny(groups: object = {}): boolean {
  return Object.keys(groups).length > 0;
}
