import type { CacheArguments, OperatorArguments, SubnetArguments } from "./cacheArguments";
import { certificatesProblems } from "./certificatesProblems";
import {
  anyList,
  argumentsIn,
  atMost,
  every,
  flag,
  list,
  once,
  oneOf,
  optional,
  wholeNumber,
  type Check,
  type Checks,
} from "./check";
import { addressProblems, apart, networkCidrProblems, peerCidrProblems } from "./cidrProblems";
import { engine, generation, httpsEgressCidrBlocks, operatingSystem, refreshIntervalSeconds, tunnel } from "./common";
import { idOf, leaf } from "./leaves";
import { named } from "./named";
import { evictionPolicies } from "../plan/eviction";
import { isKeyspaceEvents } from "../plan/keyspaceEvents";
import { memoryPercentRange, valueBytesRange } from "../plan/limits";
import { loopbackProblems } from "./loopbackProblems";
import { nameOf } from "./names";
import { quoted } from "./problems";
import { rotationProblems } from "./rotationProblems";
import { replicasProblems, shardsProblems } from "./replicasProblems";
import { sshPublicKeyProblems } from "./sshPublicKey";
import { updateWindowProblems } from "./updateWindow";
import { tags } from "./tags";

/** Clients whose names and passwords' hashes fit, with room to spare, in the 64 KiB that Secrets Manager allows a secret. */
const mostClients = 60;

/** They are in the policy of every secret, which AWS allows 20,480 characters. */
const mostAdministrators = 20;

/** As many as a DHCP options set names (VPC User Guide, "DHCP option sets"). */
const mostServers = 4;

const servers = optional(list(addressProblems, every(once(), atMost(mostServers, "addresses", "."))));

const subnet = argumentsIn<SubnetArguments>({
  availabilityZone: nameOf("availabilityZone"),
  cidrBlock: networkCidrProblems,
  natGatewayId: optional(idOf("nat")),
});

const operator = argumentsIn<OperatorArguments>({
  name: nameOf("user"),
  sshPublicKey: sshPublicKeyProblems,
});

const securityGroupIds = optional(named("securityGroup", idOf("sg")));

/** A role or user of IAM's, of which the first character of the name is there. */
const administrator = leaf(
  /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-][\w+=,.@/*?-]{0,511}$/,
  'Give the ARN of an IAM role or user, such as "arn:aws:iam::123456789012:role/deployer". Its name may have * and ? after the first character.',
);

const keyspaceEventsProblems: Check = (path, value) =>
  typeof value === "string" && isKeyspaceEvents(value)
    ? []
    : [
        {
          path,
          got: quoted(value),
          allowed:
            'Give letters of Redis\'s notify-keyspace-events, each once, such as "Ex" for keys that expire: K or E, or both, with ' +
            "A, or some of g $ l s h z x e t d, and n and m if you like. For no events leave it out.",
        },
      ];

/** What each argument of a cache may be, seen by itself. */
export const cacheChecks: Checks<CacheArguments> = {
  vpcId: idOf("vpc"),
  vpcCidrBlock: networkCidrProblems,
  vpcSecondaryCidrBlocks: optional(list(networkCidrProblems, apart)),
  subnets: list(subnet),
  appCidrBlocks: list(peerCidrProblems),
  appSecurityGroupIds: securityGroupIds,
  clientSecurityGroups: flag,
  bastionCidrBlocks: optional(anyList(peerCidrProblems)),
  bastionSecurityGroupIds: securityGroupIds,
  httpsEgressCidrBlocks,
  dnsServers: servers,
  timeServers: servers,
  operators: anyList(
    operator,
    once((one) => (one as OperatorArguments).name, ".name"),
  ),
  operatorIdleLogoffMinutes: optional(wholeNumber(1, 60, "minutes")),
  securityUpdateWindow: optional(updateWindowProblems),
  clients: list(nameOf("client"), every(once(), atMost(mostClients, "clients", ", or make a second cache."))),
  secretAdministratorArns: optional(
    list(
      administrator,
      every(once(), atMost(mostAdministrators, "ARNs", ": use patterns, or one role for all of them.")),
    ),
  ),
  rotation: optional(rotationProblems),
  certificates: optional(certificatesProblems),
  refreshIntervalSeconds,
  tunnel,
  operatingSystem,
  requireHybridKeyExchange: flag,
  engine,
  instanceType: optional(nameOf("instanceType")),
  imageId: optional(idOf("ami")),
  imageGeneration: generation,
  imageHasPackages: flag,
  evictionPolicy: optional(oneOf(evictionPolicies)),
  keyspaceEvents: optional(keyspaceEventsProblems),
  maxMemoryPercent: optional(
    wholeNumber(
      memoryPercentRange.least,
      memoryPercentRange.most,
      "percent",
      ": the tunnel and the system need the rest.",
    ),
  ),
  maxValueBytes: optional(wholeNumber(valueBytesRange.least, valueBytesRange.most, "bytes", " (1 MiB to 512 MiB).")),
  allowSharedTenancy: flag,
  allowScripting: flag,
  replicas: optional(replicasProblems),
  shards: optional(shardsProblems),
  loopbackCidrBlock: optional(loopbackProblems),
  tags,
};
