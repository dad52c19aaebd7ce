import { createHash, randomBytes } from "node:crypto";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { engineProgram } from "../../../src/plan/engine.js";
import { until } from "../../until.js";
import { said, type Attack, type AttackSuite } from "../attack.js";
import type { Scene } from "../scene.js";
import { resp, talk } from "../talk.js";

const guest = "attacks-guest";
const password = randomBytes(32).toString("hex");
const signIn = resp(["AUTH", guest, password]);
const timeoutMs = 60_000;

/** A client that was admitted, and wants to stay when it is taken off the list of clients. */
export const offTheList: AttackSuite = {
  title: "Off the list of clients",
  dependsOn: [],
  inTurn: true,
  attacks: [keepingRedisBusy()],
};

function keepingRedisBusy(): Attack {
  return {
    who: "an application that is taken off the list",
    from: "the app host",
    what: "keep Redis busy with one command of minutes, so that nobody can tell it so",
    refusal: /-WRONGPASS/,
    slow: true,
    attempt: async (scene) => {
      await admit(scene);
      const busy = talk(scene, [asksForMinutes()], { password: false });
      if (!(await until(async () => !(await answers(scene)), timeoutMs))) return "Redis was not kept busy";
      await takeOff(scene);
      await busy;
      return signsIn(scene);
    },
    controlCase: {
      what: "the same application while it is on the list",
      success: /\+PONG/,
      attempt: async (scene) => {
        await admit(scene);
        const answer = await signsIn(scene);
        await takeOff(scene);
        return answer;
      },
    },
  };
}

/** Two large sets that have all but one in common, and how many members they share with each other 5,000 times. */
function asksForMinutes(): string {
  const members = Array.from({ length: 100_000 }, (_, number) => `member-${number}`);
  const sets = [members, [...members, "one more"]].map((all, index) => resp(["SADD", `set-${index}`, ...all]));
  const question = ["SINTERCARD", "5001", "set-0", ...Array<string>(5000).fill("set-1")];
  return [signIn, ...sets, resp(question)].join("");
}

/** The node's agent takes a list with the guest on it, as it does a new version of the secret. */
async function admit({ node }: Scene): Promise<void> {
  const hash = createHash("sha256").update(password).digest("hex");
  const list = `${hostPaths.runFolder}/attacks-users.conf`;
  const add = `sed -n 's/^user web reset on .* ~/user ${guest} reset on #${hash} ~/p' ${hostPaths.redisUsers}`;
  await agent(node, `{ cat ${hostPaths.redisUsers}; ${add}; } >${list}; apply ${list}; rm ${list}`);
}

/** It takes the list that is in use, without the guest. */
async function takeOff({ node }: Scene): Promise<void> {
  await agent(node, `apply ${hostPaths.redisUsers}`);
}

async function agent(node: Scene["node"], script: string): Promise<void> {
  const apply = `apply() { ${hostPaths.scriptsFolder}/apply-users "$1"; }`;
  const ended = await node.exec(["sh", "-euc", `umask 077; ${apply}; ${script}`], { timeoutMs: 120_000 });
  if (ended.exitCode !== 0) throw new Error(`The node's agent could not take the list: ${said(ended)}`);
}

async function answers({ node, choice }: Scene): Promise<boolean> {
  const ping = `timeout 1 ${engineProgram(choice.engine).client} -s ${hostPaths.redisSocket} PING`;
  return (await node.exec(["sh", "-c", ping])).exitCode === 0;
}

/** Once the tunnel has noticed that Redis is back. */
async function signsIn(scene: Scene): Promise<string> {
  let answer = "";
  await until(async () => {
    [answer = ""] = await talk(scene, [signIn + resp(["PING"])], { password: false });
    return answer.startsWith("+") || answer.startsWith("-");
  }, timeoutMs);
  return answer;
}
