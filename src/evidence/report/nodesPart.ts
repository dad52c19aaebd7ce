import { sentinelPort } from "../../plan/ports";
import type { Assessment } from "../assess";
import { rolesSeen } from "../rolesSeen";
import { notLookedAt } from "../sheets/looks";
import { zoneOf } from "../zones";
import { heading, paragraph, table, type Block } from "./blocks";
import { moment } from "./options";
import { shardsPart } from "./shardsPart";

/** The nodes of a cache of several; one alone has its place in the assets. */
export function nodesPart(assessment: Assessment): Block[] {
  const { plan } = assessment;
  if (plan.cluster !== undefined) return shardsPart(assessment, plan.cluster);
  if (plan.replication === undefined) return [];
  const seen = new Map(rolesSeen(assessment).map((one) => [one.name, one]));
  return [
    heading(2, "Nodes"),
    paragraph(
      "Which node is the primary changes with each failover. This table has what each was when it was looked at last, by a signed record.",
    ),
    table(
      [
        ["Node", 16],
        ["Zone", 14],
        ["Address", 14],
        ["On every host", 14],
        ["Sentinel", 12],
        ["When looked at", 30],
      ],
      plan.replication.members.map(({ name, privateIp, loopbackAddress, downAfterMs }) => {
        const { role, date } = seen.get(name) ?? {};
        return [
          name,
          zoneOf(plan, name),
          privateIp,
          loopbackAddress,
          downAfterMs === undefined ? "none" : `port ${sentinelPort}`,
          role === undefined || date === undefined ? notLookedAt : `${role} (${moment(new Date(date))})`,
        ];
      }),
    ),
  ];
}
