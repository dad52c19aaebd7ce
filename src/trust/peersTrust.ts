import { output, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword";
import { admittedField } from "../host/admitted";
import { sentinelUsersConf, type Peers } from "../host/redisUsers";
import { scriptArchive } from "../host/scriptArchive";
import type { ClusterField, PeerField } from "../host/secretFiles";
import type { CachePlan, NodePlan } from "../plan/cachePlan";
import type { ClusterPlan } from "../plan/cluster";
import { membersText } from "../plan/members";
import { createClientPassword, type ClientPassword } from "./passwords";

/** What nodes know for each other's sake. */
export interface PeersTrust {
  /** As the node that is called knows them. */
  readonly peers: Output<Peers>;
  /** The fields that a node's secret has because it has peers. */
  readonly fieldsOf: (node: NodePlan) => Readonly<Partial<Record<PeerField | ClusterField, Output<string>>>>;
}

/** Nobody guesses it in a lifetime, and it is the name of a command: 32 letters and digits, of which Redis does not tell capital ones from small ones, are more than 160 bits. */
const commandNameLength = 32;

/** Makes what nodes come to each other with, where there are several. */
export function createPeersTrust(plan: CachePlan<Input<string>>, opts: CustomResourceOptions): PeersTrust | undefined {
  if (plan.cluster !== undefined) return ofShards(plan, plan.cluster, opts);
  return plan.replication === undefined ? undefined : ofReplicas(plan, opts);
}

/** Whom a node admits follows from who the members are, on the node itself, and CONFIG has another name on each. */
function ofShards(plan: CachePlan<Input<string>>, cluster: ClusterPlan, opts: CustomResourceOptions): PeersTrust {
  const password = peersPassword(plan, opts);
  const members = output(membersText(cluster.members));
  const scripts = output(scriptArchive());
  return {
    peers: password.acceptedSha256.apply((passwordsSha256) => ({ passwordsSha256, areCluster: true })),
    fieldsOf: () => ({ members, peerPassword: password.current, scripts }),
  };
}

function peersPassword(plan: CachePlan<Input<string>>, opts: CustomResourceOptions): ClientPassword {
  return createClientPassword(`${plan.name}-peers`, plan.rotation.passwords, opts);
}

/** CONFIG has one name on all of them: Sentinel needs it. */
function ofReplicas(plan: CachePlan<Input<string>>, opts: CustomResourceOptions): PeersTrust {
  const password = peersPassword(plan, opts);
  const configCommand = new RandomPassword(
    `${plan.name}-config-command`,
    { length: commandNameLength, special: false },
    opts,
  ).result;
  const peers = password.acceptedSha256.apply((passwordsSha256) => ({ passwordsSha256 }));
  const clients = plan.clients.map(({ certificate }) => certificate.dnsName);
  return {
    peers,
    fieldsOf: (node) => {
      const others = plan.nodes.filter((one) => one.name !== node.name).map(({ certificate }) => certificate.dnsName);
      return {
        admittedPeers: output(admittedField(others)),
        admittedToSentinel: output(admittedField([...others, ...clients])),
        peerPassword: password.current,
        configCommand,
        sentinelUsers: peers.apply(sentinelUsersConf),
      };
    },
  };
}
