import { unitNames } from "../../../src/host/units.js";
import { hostPaths } from "../../../src/plan/hostPaths.js";
import { tunnelLimits } from "../../../src/plan/limits.js";
import { redisPort } from "../../../src/plan/ports.js";
import { waitFor } from "../../until.js";
import type { Host, Probe } from "../../hosts/index.js";
import type { Attack } from "../attack.js";
import { flood } from "../flood.js";
import type { Scene } from "../scene.js";
import { resp, talk } from "../talk.js";

/** What it takes less of: real numbers take longer than the tunnel waits for a handshake. */
const divisor = 100;
const [most, share] = [
  tunnelLimits.connectionsFromOneHost / divisor,
  tunnelLimits.crowd.connectionsFromOneHost / divisor,
];
const wanted = tunnelLimits.connections / divisor;

/** Each of them would fill the tunnel if it could. */
export const crowd: Attack = {
  ...{ who: "two strangers", from: "the app subnet", slow: true },
  what: `take all places together, with the limits divided by ${divisor}`,
  refusal: new RegExp(`${most} and ${share} of ${wanted} were let in`),
  attempt: (scene) => crowded(scene, () => Promise.resolve("")),
  control: {
    ...{ what: "the application, meanwhile", success: /\+PONG/ },
    attempt: (scene) => crowded(scene, async () => (await talk(scene, [resp(["PING"])])).join("")),
  },
};

/** What the two of them get, and what somebody else does meanwhile. */
async function crowded(scene: Scene, meanwhile: () => Promise<string>): Promise<string> {
  const { node, neighbour, accomplice } = scene;
  const divided = `sed -E 's/(ct count over [0-9]+)00\\b/\\1/' ${hostPaths.firewallConfig} | nft --file -`;
  await node.exec(["bash", "-c", divided]);
  try {
    let [second, came] = [0, ""];
    const first = await take(scene, "neighbour", async () => {
      await waitFor("the first has its places", () => has(node, neighbour, most));
      second = await take(scene, "accomplice", async () => {
        await waitFor("the second has its places", () => has(node, accomplice, share));
        came = await meanwhile();
      });
    });
    return `${first} and ${second} of ${wanted} were let in; ${came}`;
  } finally {
    await node.exec(["systemctl", "reload", unitNames.firewall]);
  }
}

async function take(
  scene: Scene,
  from: "neighbour" | "accomplice",
  enough: () => Promise<void>,
): Promise<number> {
  const to = { host: scene.node.privateIp, port: redisPort };
  const request = { to, count: wanted, atOnce: wanted, patienceMs: 60_000 };
  return (await flood(scene, from, request, enough)).opened;
}

async function has(node: Host, { privateIp }: Probe, count: number): Promise<boolean> {
  const listed = await node.exec([
    "ss",
    "-Htn",
    "state",
    "established",
    `sport = :${redisPort} dst ${privateIp}`,
  ]);
  return listed.stdout.split("\n").filter((line) => line !== "").length >= count;
}
