import { hostPaths } from "../../src/host/hostPaths.js";
import { unitNames } from "../../src/host/units.js";
import type { Host } from "../hosts/index.js";
import { longestSilence, startHonestTraffic } from "../scenario/honestTraffic.js";
import type { Scene } from "../scenario/scene.js";
import { waitFor } from "../until.js";
import { leadersOf, type Leaders } from "./leaders.js";

/** What was seen while one node took another's place. */
export interface Takeover {
  /** The node that was the primary, and the one that is. */
  readonly before: string;
  readonly after: string;
  /** Whether that was so of one shard among others. */
  readonly ofShard: boolean;
  /** The application's operations from the kill on, and those of them that failed. */
  readonly operations: number;
  readonly failures: readonly Failure[];
  /** The longest time without an answer to the application. */
  readonly silentMilliseconds: number;
}

/** An operation that failed. */
export interface Failure {
  readonly millisecondsAfterKill: number;
  /** How long it took to say so. */
  readonly milliseconds: number;
}

const ask = `${hostPaths.scriptsFolder}/ask-redis`;

/** Kills the primary's Redis while the application writes and reads, and waits until it writes again and the killed one is a replica. */
export async function takeOver(
  scene: Pick<Scene, "appHost">,
  nodes: readonly Host[],
  ofShard: boolean,
  say: (line: string) => void,
): Promise<Takeover> {
  const leaders = leadersOf(ofShard);
  const before = await primaryOf(nodes, leaders);
  say(`${before.name} is ${leaders.what}`);
  const traffic = await startHonestTraffic(scene);
  try {
    const killed = Date.now();
    const { exitCode, stderr } = await before.exec(["systemctl", "kill", "--signal=KILL", unitNames.redis]);
    if (exitCode !== 0) throw new Error(`The Redis of ${before.name} could not be killed: ${stderr}`);
    say(`the Redis of ${before.name} is killed`);
    const after = await primaryOf(
      nodes.filter((node) => node !== before),
      leaders,
    );
    say(`${after.name} is ${leaders.what}`);
    const taken = Date.now();
    await waitFor("the application is answered again", () =>
      traffic.operations().some((one) => one.answered && one.started > taken),
    );
    await waitFor(`${before.name} is a replica`, () => isReplica(before));
    const since = traffic.operations().filter(({ started }) => started >= killed);
    return {
      before: before.name,
      after: after.name,
      ofShard,
      operations: since.length,
      failures: since
        .filter(({ answered }) => !answered)
        .map(({ started, duration }) => ({ millisecondsAfterKill: started - killed, milliseconds: duration })),
      silentMilliseconds: longestSilence(since, killed),
    };
  } finally {
    await traffic.stop();
  }
}

/** The node of these that the cache takes for the primary, once it does. */
async function primaryOf(nodes: readonly Host[], { leads, what }: Leaders): Promise<Host> {
  let primary: Host | undefined;
  const names = nodes.map(({ name }) => name).join(" or ");
  await waitFor(`${names} is ${what}`, async () => {
    const answers = await Promise.all(nodes.map(leads));
    primary = nodes.find((_, index) => answers[index]);
    return primary !== undefined;
  });
  return primary as unknown as Host;
}

async function isReplica(node: Host): Promise<boolean> {
  const { stdout } = await node.exec(["sh", "-c", `echo INFO replication | ${ask}`]);
  return stdout.includes("role:slave") && stdout.includes("master_link_status:up");
}
