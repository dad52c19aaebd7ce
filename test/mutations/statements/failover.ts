import { replicated } from "../../support/sample.js";
import type { Statements } from "./statement.js";

const of = replicated();
const quorum = "have fewer Sentinels than a majority agree";
const byOwnWord = "of the nodes, by their own word, one is the primary and all others are replicas";
const asSentinelsSay = "the node is what a majority of the Sentinels says of it";
const reach = "each Sentinel reaches as many others as a failover takes";

/** What src/evidence/controls/failover.ts says, of a cache with two replicas. */
export const failoverStatements: Statements = {
  failover: [
    {
      of,
      claim: "When a node or an Availability Zone is away, the cache goes on with what the other nodes hold.",
      found: { answers: [[reach, "2 usable Sentinels 2 usable Sentinels"]] },
    },
    {
      of,
      claim: "One of the nodes leads (the primary), and the other 2 nodes each keep a copy of all that it holds:",
      found: {
        answers: [
          [byOwnWord, "role:master role:master role:slave"],
          [asSentinelsSay, "primary, but the Sentinels name 127.82.0.2"],
          ["replication is up, and no more than 3 s behind", "1 replicas follow"],
          ["replication is up, and no more than 3 s behind", "the link is down, heard 0 s ago"],
        ],
      },
    },
    {
      of,
      claim:
        "sessions-0 (us-east-1a), sessions-1 (us-east-1b), sessions-2 (us-east-1c), each in a subnet of that zone (`private-subnets`).",
      found: {
        answers: [
          [
            "each subnet of the cache is where it was planned, and gives no public address and none of IPv6",
            "subnet-0123456789abcdef0 vpc-0123456789abcdef0 10.0.0.96/28 us-east-1b",
          ],
        ],
      },
    },
    {
      of,
      claim:
        "Redis's own Sentinel watches the primary from sessions-0 (us-east-1a), sessions-1 (us-east-1b), sessions-2 (us-east-1c).",
      found: { replica: ["have Sentinel wait for a minute longer, or for good"] },
    },
    {
      of,
      claim: "When 2 of these 3 find it away, and as many agree, a replica leads.",
      found: { replica: [quorum] },
    },
    {
      of,
      claim: "No Availability Zone has a majority of them.",
      noState: "it follows from the zones of the nodes, which are a claim of their own",
    },
    {
      of: { ...of, subnets: (of.subnets ?? []).slice(0, 2) },
      claim: "A zone has a majority of them, and nothing takes over while it is away: 2 of 3 Sentinels in us-east-1a.",
      noState: "it follows from the zones of the nodes, which are a claim of their own",
    },
    {
      of,
      claim:
        "A Redis that starts, empty as it is, leads only where a majority of the Sentinels names it and no other node says that it holds a value; one that does not answer is waited for, for a minute. One that is to stop, for an update, a restart or a deployment, first lets writes wait until the replicas that follow have all of them, and hands over.",
      unseen: "That nothing is lost by that, the library's tests see.",
    },
    {
      of,
      claim: "The primary takes writes only while at least 1 replica has told it within the last 3 s that it follows:",
      found: { replica: ["have Redis take writes that no replica follows"] },
    },
    {
      of,
      claim: "one that is cut off from all others stops after that, and loses what it took until then.",
      noState: "it follows from what Redis is told, which is a claim of its own",
    },
    {
      of,
      claim: "Copies are no backup (`backup`): what a client changes or deletes is changed or deleted on all nodes.",
      noState: "what it claims is that something is not so",
    },
    { of, claim: "That nothing is lost by that, the library's tests see.", unseen: "the library's tests see" },
  ],
};
