import { isPrivate, prefixLength } from "../plan/cidr";
import { logRetentionDays, networkSizes } from "../plan/networkPlan";
import { argumentsProblems, flag, once, optional, type Check, type Checks } from "./check";
import { networkCidrProblems } from "./cidrProblems";
import { nameOf, nameProblems } from "./names";
import type { NetworkArguments } from "./networkArguments";
import { quoted, type Problem } from "./problems";
import { namedZones, regionProblems } from "./regionProblems";
import { tags } from "./tags";

const { widestPrefix, narrowestPrefix, mostZones } = networkSizes;

const vpc: Check = (path, value) => {
  const problems = networkCidrProblems(path, value);
  if (problems.length > 0) return problems;
  if (!isPrivate(value as string)) {
    const allowed = "Give a private network (RFC 1918): in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.";
    return [{ path, got: quoted(value), allowed }];
  }
  if (prefixLength(value as string) <= narrowestPrefix) return [];
  const allowed = `It is too small: give /${widestPrefix} to /${narrowestPrefix}.`;
  return [{ path, got: quoted(value), allowed }];
};

const zones: Check = (path, value) => {
  if (!Array.isArray(value) || value.length < 1 || value.length > mostZones) {
    return [{ path, got: quoted(value), allowed: `Give 1 to ${mostZones} names.` }];
  }
  const zone = nameOf("availabilityZone");
  return [...value.flatMap((one: unknown, index) => zone(`${path}[${index}]`, one)), ...once()(path, value)];
};

const retention: Check = optional((path, value) => {
  if (logRetentionDays.some((days) => days === value)) return [];
  return [{ path, got: quoted(value), allowed: `Give a number of days that CloudWatch Logs takes: ${days}.` }];
});
const days = logRetentionDays.join(", ");

const networkChecks: Checks<NetworkArguments> = {
  cidrBlock: vpc,
  availabilityZones: zones,
  allowSharedTenancy: flag,
  flowLogRetentionDays: retention,
  deleteFlowLogs: flag,
  tags,
};

/** Everything that is wrong with the name and the arguments of a network, in the region of its provider where that is known. */
export function networkProblems(name: string, given: NetworkArguments<unknown>, providerRegion?: string): Problem[] {
  const problems = [...nameProblems("component", "name", name), ...argumentsProblems("", networkChecks, given)];
  return problems.length > 0
    ? problems
    : regionProblems(namedZones("availabilityZones", given.availabilityZones), providerRegion);
}
