import type { Problem } from "../arguments/problems";
import { planCache } from "../plan/cachePlan";
import { accountOf } from "../plan/secretPolicy";
import type { Deployed, Evidence } from "./evidence";

/**
 * Where an evidence, every field of which is sound by itself, says two things that no deployment of a cache can both be: names other than those of its
 * arguments, several accounts or regions, or one thing twice.
 */
export function contradictions({ cache, arguments: given, deployed }: Evidence): Problem[] {
  const plan = planCache(cache, given);
  const { authority } = plan.rotation;
  const certificates = [
    ...authority.accepted.map((generation) => `${cache}-ca-${generation}`),
    ...[...plan.nodes, ...plan.clients].map(({ certificate }) => certificate.name),
  ];
  return [
    ...nameProblems("deployed.nodes", deployed.nodes, names(plan.nodes)),
    ...nameProblems("deployed.clients", deployed.clients, given.clients),
    ...nameProblems("deployed.subnets", deployed.subnets, names(plan.subnets)),
    ...nameProblems("deployed.certificates", deployed.certificates, certificates),
    ...addressProblems(deployed, new Map(plan.nodes.map(({ name, privateIp }) => [name, privateIp]))),
    ...groupProblems(deployed, plan.clientSecurityGroups),
    ...vpcProblems(deployed, given.vpcId),
    ...arnProblems(deployed),
    ...twiceProblems(deployed),
    ...dateProblems(deployed),
  ];
}

function names(all: readonly { readonly name: string }[]): string[] {
  return all.map(({ name }) => name);
}

function nameProblems(
  path: string,
  found: readonly { readonly name: string }[],
  planned: readonly string[],
): Problem[] {
  const missing = planned.filter((name) => !names(found).includes(name));
  return [
    ...found.flatMap(({ name }, index) =>
      planned.includes(name)
        ? []
        : [problem(`${path}[${index}].name`, name, `By the arguments there are only: ${planned.join(", ")}.`)],
    ),
    ...(missing.length === 0
      ? []
      : [{ path, got: `nothing of ${missing.join(", ")}`, allowed: "The arguments have it: give what was deployed." }]),
  ];
}

function addressProblems({ nodes }: Deployed, planned: ReadonlyMap<string, string>): Problem[] {
  return nodes.flatMap(({ name, privateIp }, index) => {
    const address = planned.get(name);
    if (address === undefined || address === privateIp) return [];
    return [problem(`deployed.nodes[${index}].privateIp`, privateIp, `By the arguments it is ${address}.`)];
  });
}

function groupProblems({ clients }: Deployed, hasOwn: boolean): Problem[] {
  return clients.flatMap(({ securityGroupId: group }, index) => {
    if ((group !== undefined) === hasOwn) return [];
    const allowed = hasOwn
      ? "With clientSecurityGroups, each client has one."
      : "Without clientSecurityGroups, no client has one.";
    return [problem(`deployed.clients[${index}].securityGroupId`, group, allowed)];
  });
}

function vpcProblems({ vpcId }: Deployed, given: string): Problem[] {
  return vpcId === given ? [] : [problem("deployed.vpcId", vpcId, `By the arguments it is ${given}.`)];
}

/** A cache is in one account, and in one region. */
function arnProblems({ region, kmsKeyArn, nodes, clients }: Deployed): Problem[] {
  const arns: [path: string, arn: string][] = [["deployed.kmsKeyArn", kmsKeyArn]];
  for (const [index, { secretArn }] of nodes.entries()) arns.push([`deployed.nodes[${index}].secretArn`, secretArn]);
  for (const [index, { secretArn }] of clients.entries())
    arns.push([`deployed.clients[${index}].secretArn`, secretArn]);
  const { partition, account } = accountOf(kmsKeyArn);
  return arns.flatMap(([path, arn]) => {
    const [, , , its = ""] = arn.split(":");
    const other = accountOf(arn);
    return [
      ...(its === region ? [] : [problem(path, arn, `The cache is in the region ${region}.`)]),
      ...(other.account === account && other.partition === partition
        ? []
        : [problem(path, arn, `The key is in the account ${account} (${partition}).`)]),
    ];
  });
}

/** What AWS has once. */
function twiceProblems({ nodes, clients, subnets, securityGroupId, certificates }: Deployed): Problem[] {
  const at = <One>(path: string, all: readonly One[], field: string & keyof One): [string, unknown][] =>
    all.map((one, index) => [`${path}[${index}].${field}`, one[field]]);
  return [
    at("deployed.nodes", nodes, "name"),
    at("deployed.nodes", nodes, "instanceId"),
    at("deployed.clients", clients, "name"),
    at("deployed.subnets", subnets, "name"),
    at("deployed.subnets", subnets, "id"),
    at("deployed.certificates", certificates, "name"),
    [...at("deployed.nodes", nodes, "secretArn"), ...at("deployed.clients", clients, "secretArn")],
    [
      ["deployed.securityGroupId", securityGroupId] as [string, unknown],
      ...at("deployed.clients", clients, "securityGroupId"),
    ],
  ].flatMap((all) => {
    const known = new Map<unknown, string>();
    return all.flatMap(([path, value]) => {
      const first = known.get(value);
      if (value === undefined || first === undefined) {
        known.set(value, path);
        return [];
      }
      return [problem(path, value, `${first} is the same: give each once.`)];
    });
  });
}

function dateProblems({ certificates }: Deployed): Problem[] {
  return certificates.flatMap(({ validFrom, validUntil }, index) =>
    Date.parse(validFrom) < Date.parse(validUntil)
      ? []
      : [problem(`deployed.certificates[${index}].validUntil`, validUntil, `It begins at ${validFrom}.`)],
  );
}

function problem(path: string, got: unknown, allowed: string): Problem {
  return { path, got: got === undefined ? "nothing" : JSON.stringify(got), allowed };
}
