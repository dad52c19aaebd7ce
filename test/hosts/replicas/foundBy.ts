import { answersOf } from "../../../lab/scenario/lookAt.js";
import type { Host } from "../../../lab/hosts/index.js";
import { client } from "../../../lab/replicas/program.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import type { HostKind } from "../../../src/plan/hostKinds.js";
import { targetChecks, verification } from "../../../src/verify/verification.js";
import { brokenIn, type CheckName } from "../../mutations/checkName.js";
import type { ReplicasFixture } from "./openFixture.js";

/** A check, and the host on which it does not hold. */
export type Found = `${string}: ${CheckName}`;

/** What `verify` finds on all hosts, which are looked at side by side, and what it says of each. */
export async function foundOn(
  { nodes, app }: ReplicasFixture,
  evidence: Evidence,
): Promise<ReadonlyMap<Found, string>> {
  const foundBy = async (host: Host, target: HostKind): Promise<[Found, string][]> => {
    const checks = targetChecks(evidence, target);
    const { results, ...when } = await answersOf(host, checks);
    const record = verification(checks, results, { ...when, nonce: "", place: host.name });
    return brokenIn(record).map(([check, found]) => [`${host.name}: ${check}`, found]);
  };
  const all = await Promise.all([...nodes.map((node) => foundBy(node, "cache")), foundBy(app, "client")]);
  return new Map(all.flat());
}

/** On which hosts a check does not hold that something done to a node breaks. */
export function findersOf(check: CheckName, doneOn: string, nodes: readonly string[]): Found[] {
  const finders = check.startsWith("client: ")
    ? [client]
    : nodes.filter((node) => (node === doneOn ? !isOfOthers(check) : isOfOthers(check) || isOfAll(check)));
  return finders.map((finder): Found => `${finder}: ${check}`);
}

/** What a node is, the others try. */
function isOfOthers(check: CheckName): boolean {
  return check.includes(" of every other node ");
}

/** Each node asks all Sentinels. */
function isOfAll(check: CheckName): boolean {
  return check.includes(": each Sentinel ");
}
