import { appPolicies, appRoleArn, twoRolesProblems } from "./appRoleProblems";
import type { ClientArguments } from "./clientArguments";
import { anyList, argumentsProblems, flag, isRecord, optional, wholeNumber, type Check, type Checks } from "./check";
import { httpsEgressCidrBlocks, refreshIntervalSeconds, tunnel } from "./common";
import { connectionProblems } from "./connectionProblems";
import { isLater } from "./leaves";
import { nameOf, nameProblems } from "./names";
import type { Problem } from "./problems";
import { userDataPartProblems } from "./userDataPart";
import { tags } from "./tags";

/** What is only known later is checked when it is. */
const unlessLater =
  (check: Check): Check =>
  (path, value) =>
    isLater(value) ? [] : check(path, value);

const clientChecks: Checks<ClientArguments> = {
  connection: unlessLater(connectionProblems),
  appUser: nameOf("user"),
  localPort: optional(wholeNumber(1024, 65_535, "", ": the tunnel runs without privileges.")),
  refreshIntervalSeconds,
  tunnel,
  imageHasPackages: flag,
  httpsEgressCidrBlocks,
  additionalUserData: optional(anyList(unlessLater(userDataPartProblems))),
  appRoleArn,
  appPolicies,
  tags,
};

/**
 * Everything that is wrong with the name and the arguments of a client, as far as they are known. `existing` are the
 * connections that there are in the program, as it would write them.
 */
export function clientProblems(
  name: string,
  given: ClientArguments<unknown, unknown>,
  existing: readonly string[] = [],
): Problem[] {
  const problems = [
    ...nameProblems("component", "name", name),
    ...argumentsProblems("", clientChecks, given),
    ...(isRecord(given) ? twoRolesProblems(given) : []),
  ];
  return problems.map((problem) =>
    problem.path === "connection" && problem.got === "nothing" && existing.length > 0
      ? { ...problem, allowed: `${problem.allowed} This program has ${existing.join(", ")}.` }
      : problem,
  );
}

/** The same of parts of user data that may be known later than the rest. */
export const laterPartsProblems: Check = (path, value) => anyList(userDataPartProblems)(path, value);

/** The same of a role that may be known later. */
export const laterRoleProblems: Check = appRoleArn;
