import { Instance } from "@pulumi/aws/ec2/instance";
import { NetworkInterface } from "@pulumi/aws/ec2/networkInterface";
import { all, output, type CustomResourceOptions, type Input, type Output, type Resource } from "@pulumi/pulumi";
import { nodeUserData } from "../host/nodeUserData";
import { encodeUserData } from "../host/userData";
import { nameTags } from "../resources/nameTags";
import type { CachePlan, NodePlan } from "../plan/cachePlan";
import { metadataOptions, rootVolume } from "../plan/instance";
import type { NodeImage } from "./image";
import type { OthersOf, RollingChange, Turn } from "./rollingChange";

export interface CacheNodeInputs {
  readonly subnetId: Input<string>;
  readonly securityGroupId: Input<string>;
  readonly secretArn: Input<string>;
  readonly region: Input<string>;
  readonly kmsKeyArn: Input<string>;
  readonly instanceProfileName: Input<string>;
  readonly image: NodeImage;
  readonly readyWhen: Resource[];
  /** Where there are several: they are changed one after the other. */
  readonly changedAfter?: {
    readonly others: OthersOf;
    readonly rollingChange: RollingChange;
    readonly instanceProfileArn: Input<string>;
  };
}

export interface CacheNode {
  readonly plan: NodePlan;
  readonly instanceId: Output<string>;
  readonly instanceType: Output<string>;
  readonly privateIp: Output<string>;
  readonly imageId: Output<string>;
  /** Where there are replicas. */
  readonly turn?: Turn;
  readonly imageCreated?: Output<string>;
}

/** One cache host: a network interface that keeps its address, and an instance that can be replaced behind it. */
export function createCacheNode(
  plan: CachePlan<Input<string>>,
  node: NodePlan,
  inputs: CacheNodeInputs,
  opts: CustomResourceOptions,
): CacheNode {
  const tags = nameTags(plan.tags, node.name);
  const userDataBase64 = all([inputs.region, inputs.secretArn]).apply(([region, secretArn]) =>
    encodeUserData(nodeUserData(plan, node, { region, secretArn })),
  );
  const turn = turnOf(plan, node, inputs, userDataBase64);
  const networkInterface = new NetworkInterface(
    node.name,
    {
      subnetId: inputs.subnetId,
      privateIps: [node.privateIp],
      securityGroups: [inputs.securityGroupId],
      description: `HIPAA Redis cache node ${node.name}`,
      tags,
    },
    // It has a fixed address, which its successor takes over.
    { ...opts, ...(turn === undefined ? {} : { dependsOn: [turn.parameter] }), deleteBeforeReplace: true },
  );
  const instance = new Instance(
    node.name,
    {
      ami: inputs.image.id,
      instanceType: plan.instanceType,
      tenancy: plan.tenancy,
      primaryNetworkInterface: { networkInterfaceId: whenItsTurn(networkInterface.id, turn) },
      iamInstanceProfile: inputs.instanceProfileName,
      userDataBase64,
      userDataReplaceOnChange: true,
      metadataOptions,
      monitoring: true,
      rootBlockDevice: { ...rootVolume, kmsKeyId: inputs.kmsKeyArn },
      tags,
      volumeTags: tags,
    },
    {
      ...opts,
      dependsOn: turn === undefined ? inputs.readyWhen : [...inputs.readyWhen, turn.parameter],
      // The interface can be attached to one instance at a time.
      deleteBeforeReplace: true,
    },
  );
  return {
    plan: node,
    instanceId: whenItsTurn(instance.id, turn),
    instanceType: whenItsTurn(instance.instanceType, turn),
    privateIp: whenItsTurn(networkInterface.privateIp, turn),
    imageId: whenItsTurn(instance.ami, turn),
    ...(turn === undefined ? {} : { turn }),
    ...(inputs.image.created === undefined ? {} : { imageCreated: inputs.image.created }),
  };
}

/** What the node's resources wait for where there are replicas. */
function turnOf(
  plan: CachePlan<Input<string>>,
  { name, privateIp }: NodePlan,
  { changedAfter, image }: CacheNodeInputs,
  userDataBase64: Input<string>,
): Turn | undefined {
  if (changedAfter === undefined) return undefined;
  const { others, rollingChange, instanceProfileArn } = changedAfter;
  const wanted = output({ imageId: image.id, instanceType: plan.instanceType, userDataBase64, privateIp });
  return rollingChange.turnOf(name, instanceProfileArn, wanted, others);
}

/** The same value, which fails where the node's turn never comes. */
function whenItsTurn(value: Output<string>, turn: Turn | undefined): Output<string> {
  return turn === undefined ? value : all([value, turn.comes]).apply(([first]) => first);
}
