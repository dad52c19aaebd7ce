import { settled } from "../../../lab/cluster/nodes.js";
import { busPort, redisPort, replicationPort } from "../../../src/plan/ports.js";
import { describeOver } from "../../support/dimensions.js";
import { answered, away, declareTrust, notListed, type Caller } from "../replicas/declareTrust.js";
import { clusterFixture } from "./openFixture.js";

/** By Redis for clients, Redis for peers, and the bus. */
const callers: readonly Caller[] = [
  { who: "an application", shows: "web", from: "the app host", receptions: [answered, away, away] },
  {
    who: "a thief of an application's key",
    shows: "web",
    from: "a node's place",
    receptions: [away, notListed, notListed],
  },
  { who: "a thief of a node's key", shows: "peer", from: "a node's place", receptions: [away, answered, answered] },
  { who: "a thief of a node's key", shows: "peer", from: "beside a node", receptions: [away, away, away] },
  { who: "a thief of a node's key", shows: "peer", from: "beside the app host", receptions: [notListed, away, away] },
];

describeOver([], "who gets to which service of a cluster's nodes", (choice) => {
  declareTrust({
    open: async () => {
      const fixture = await clusterFixture(choice);
      await settled(fixture);
      return fixture;
    },
    ports: [redisPort, replicationPort, busPort],
    callers,
    stolenNode: "sessions-2-0",
    besideNode: "sessions-1-0",
  });
});
