import { settled } from "../../../lab/replicas/nodes.js";
import { redisPort, replicationPort, sentinelPort } from "../../../src/plan/ports.js";
import { answered, away, declareTrust, notListed, type Caller } from "./declareTrust.js";
import { describeOnReplicas, replicasFixture } from "./openFixture.js";

const callers: readonly Caller[] = [
  { who: "an application", shows: "web", from: "the app host", receptions: [answered, away, answered] },
  {
    who: "a thief of an application's key",
    shows: "web",
    from: "a node's place",
    receptions: [away, notListed, answered],
  },
  { who: "a thief of a node's key", shows: "peer", from: "a node's place", receptions: [away, answered, answered] },
  { who: "a thief of a node's key", shows: "peer", from: "beside a node", receptions: [away, away, away] },
  {
    who: "a thief of a node's key",
    shows: "peer",
    from: "beside the app host",
    receptions: [notListed, away, answered],
  },
];

describeOnReplicas(["tunnel"], "who gets to which service of a cache with replicas", (choice) => {
  declareTrust({
    open: async () => {
      const fixture = await replicasFixture(choice);
      await settled(fixture);
      return fixture;
    },
    ports: [redisPort, replicationPort, sentinelPort],
    callers,
    stolenNode: "sessions-2",
    besideNode: "sessions-1",
  });
});
