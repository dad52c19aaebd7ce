import { hostPaths } from "../../src/host/hostPaths.js";
import { unitNames } from "../../src/host/units.js";
import type { Host } from "../hosts/index.js";
import { longestSilence, startHonestTraffic } from "../scenario/honestTraffic.js";
import type { Scene } from "../scenario/scene.js";
import { waitFor } from "../until.js";

/** What was seen while one node took another's place. */
export interface Takeover {
  /** The node that was the primary, and the one that is. */
  readonly before: string;
  readonly after: string;
  /** The application's operations from the kill on, and those of them that failed. */
  readonly operations: number;
  readonly failed: number;
  /** The longest time without an answer to the application. */
  readonly silentMilliseconds: number;
}

const find = `${hostPaths.scriptsFolder}/find-primary`;
const ask = `${hostPaths.scriptsFolder}/ask-redis`;

/** Kills the primary's Redis while the application writes and reads, and waits until it writes again and the killed one is a replica. */
export async function takeOver(
  scene: Pick<Scene, "appHost">,
  nodes: readonly Host[],
  say: (line: string) => void,
): Promise<Takeover> {
  const before = await primaryOf(nodes);
  say(`${before.name} is the primary`);
  const traffic = await startHonestTraffic(scene);
  try {
    const killed = Date.now();
    const { exitCode, stderr } = await before.exec(["systemctl", "kill", "--signal=KILL", unitNames.redis]);
    if (exitCode !== 0) throw new Error(`The Redis of ${before.name} could not be killed: ${stderr}`);
    say(`the Redis of ${before.name} is killed`);
    const others = nodes.filter((node) => node !== before);
    const after = await primaryOf(others);
    say(`${after.name} is the primary`);
    const taken = Date.now();
    await waitFor("the application is answered again", () =>
      traffic.operations().some((one) => one.answered && one.started > taken),
    );
    await waitFor(`${before.name} is a replica`, () => isReplica(before));
    const since = traffic.operations().filter(({ started }) => started >= killed);
    return {
      before: before.name,
      after: after.name,
      operations: since.length,
      failed: since.filter(({ answered }) => !answered).length,
      silentMilliseconds: longestSilence(since, killed),
    };
  } finally {
    await traffic.stop();
  }
}

/** The node of these that a majority of the Sentinels names, once they do. */
async function primaryOf(nodes: readonly Host[]): Promise<Host> {
  const isPrimary = `. ${hostPaths.replicationEnvironment} && [ "$(${find})" = "$HIPAA_REDIS_SELF" ]`;
  let primary: Host | undefined;
  const names = nodes.map(({ name }) => name).join(" or ");
  await waitFor(`the Sentinels name ${names} the primary`, async () => {
    const answers = await Promise.all(nodes.map((node) => node.exec(["sh", "-c", isPrimary])));
    primary = nodes.find((_, index) => answers[index]?.exitCode === 0);
    return primary !== undefined;
  });
  return primary as unknown as Host;
}

async function isReplica(node: Host): Promise<boolean> {
  const { stdout } = await node.exec(["sh", "-c", `echo INFO replication | ${ask}`]);
  return stdout.includes("role:slave") && stdout.includes("master_link_status:up");
}
