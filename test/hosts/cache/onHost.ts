import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../../../lab/hosts/index.js";
import { agentRests, agentTimers } from "../../../lab/scenario/agent.js";
import type { App } from "../../../lab/scenario/installApp.js";
import { syncing } from "../../../lab/scenario/journal.js";
import { waitFor } from "../../../lab/until.js";
import { unitNames } from "../../../src/host/units.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { defaultRefreshIntervalSeconds } from "../../../src/plan/refresh.js";

/** Milliseconds after which a command on a host hangs, however busy the machine is. */
export const hostCommandMs = 900_000;

/** Shell text that prints the process id of Redis, whichever engine that is. */
export const redisPid = `systemctl show --property=MainPID --value ${unitNames.redis}`;

/** Runs shell text on a host; it must succeed. Returns what it printed. */
export async function shell(host: Host, text: string, input = ""): Promise<string> {
  const { exitCode, stdout, stderr } = await host.exec(["bash", "-ec", text], { input, timeoutMs: hostCommandMs });
  assert.equal(exitCode, 0, `${text}: ${stdout}${stderr}`);
  return stdout.trim();
}

/** A host's journals, or a part of it; what was sent to it before is in it. */
export function journal(host: Host, ...filters: readonly string[]): Promise<string> {
  return shell(host, [`${syncing}; journalctl --namespace="*" --no-pager --output=cat`, ...filters].join(" "));
}

/**
 * Lets the application say CONFIG SET, which the node's own agent may not; returns the secret name. It ends with the next start of
 * Redis, or with {@link shutConfig}.
 */
export async function openConfig(node: Host): Promise<string> {
  const { scriptsFolder, redisCommands } = hostPaths;
  await shell(node, `echo 'ACL SETUSER web +config|set' | ${scriptsFolder}/ask-redis`);
  return shell(node, `sed -n 's/^rename-command CONFIG //p' ${redisCommands}`);
}

/** Gives the application the rights that it has by the node's secret. */
export async function shutConfig(node: Host): Promise<void> {
  await shell(node, `${hostPaths.scriptsFolder}/apply-users ${hostPaths.redisUsers}`);
}

/** A setting of the running Redis, as it tells the node's agent. */
export async function configOf(node: Host, setting: string): Promise<string> {
  const answer = await shell(node, `echo 'CONFIG GET ${setting}' | ${hostPaths.scriptsFolder}/ask-redis`);
  const [, name, ...value] = answer.split(/\r?\n/);
  assert.equal(name, setting);
  return value.join("\n").trim();
}

/** Waits until the application is answered. */
export function answersAgain(app: App): Promise<void> {
  return waitFor(
    "the application is answered",
    async () => (await app.send([{ command: ["PING"] }]))[0]?.reply === "PONG",
  );
}

/** What a connection that was held open has brought: an answer before and one after. */
export const answersOfHeld = "-NOAUTH Authentication required.\r\n".repeat(2) + "+OK\r\n";

/** Opens a connection through both tunnels, has an answer on it, and another one before it is let go. */
export async function holdOpen(appHost: Host): Promise<{ letGo: () => Promise<string> }> {
  const [began, ended] = ["/tmp/held", "/tmp/let-go"];
  await appHost.exec(["rm", "-f", began, ended]);
  const script = [
    "trap '' PIPE; exec 3<>/dev/tcp/127.0.0.1/6379; printf 'PING\\r\\n' >&3; head -n 1 <&3",
    `touch ${began}; until [ -e ${ended} ]; do sleep 0.1; done`,
    "printf 'PING\\r\\nQUIT\\r\\n' >&3; timeout 50 cat <&3",
  ].join("; ");
  const holding = appHost.exec(["bash", "-c", script], { timeoutMs: hostCommandMs });
  await waitFor("the connection is held", async () => (await appHost.exec(["test", "-e", began])).exitCode === 0);
  return {
    letGo: async () => {
      await appHost.exec(["touch", ended]);
      return (await holding).stdout;
    },
  };
}

/** Calls through both tunnels, one after the other, until they are stopped. */
export async function startCalls(appHost: Host): Promise<Calls> {
  const [answers, stopFile] = ["/tmp/calls", "/tmp/calls.stop"];
  await shell(appHost, `rm -f ${stopFile}; : >${answers}`);
  const call =
    "trap '' PIPE; exec 3<>/dev/tcp/127.0.0.1/6379; printf 'PING\\r\\nQUIT\\r\\n' >&3; timeout 50 head -n 1 <&3; exec 3>&-";
  const script = `made=0; until [ -e ${stopFile} ]; do made=$((made + 1)); ${call}; done >>${answers}; echo $made`;
  const calling = appHost.exec(["bash", "-c", script], { timeoutMs: 600_000 });
  const answered = (): number =>
    readFileSync(join(appHost.liveRootFolder, answers), "utf8").match(/^-NOAUTH/gm)?.length ?? 0;
  await waitFor("a call is answered", () => answered() > 0);
  return {
    answered,
    stop: async () => {
      await appHost.exec(["touch", stopFile]);
      const { stdout, stderr } = await calling;
      assert.equal(stderr, "");
      return { made: Number(stdout), answered: answered() };
    },
  };
}

export interface Calls {
  answered(): number;
  /** Ends them, and tells how many there were and how many were answered. */
  stop(): Promise<{ readonly made: number; readonly answered: number }>;
}

/** Waits on a host until a shell condition holds. */
export async function holdsOn(host: Host, condition: string): Promise<void> {
  const waiting = ["bash", "-c", `until ${condition}; do sleep 0.1; done`];
  const { exitCode, stderr } = await host.exec(waiting, { timeoutMs: hostCommandMs });
  assert.equal(exitCode, 0, `Waited in vain on ${host.name}: ${condition}: ${stderr}`);
}

/**
 * Shell text that runs a oneshot unit from its beginning: a run that goes on already, as a timer may have begun it, is
 * waited for, as to start the unit would only join it.
 */
export function startAnew(unit: string): string {
  return `[ "$(systemctl is-active ${unit} || true)" != activating ] || systemctl start ${unit} || true; systemctl start ${unit}`;
}

/**
 * Does something while a host's agent does not look for a new secret, nor for credentials of the application, by itself: it would find what is wrong, or
 * write over it.
 */
export async function withoutTheAgent<Value>(host: Host, run: () => Promise<Value>): Promise<Value> {
  const timers = await shell(
    host,
    `cd ${hostPaths.unitsFolder} && ls ${agentTimers.join(" ")} 2>/dev/null | paste --serial --delimiters=' '`,
  );
  await shell(host, `systemctl stop ${timers}`);
  try {
    await holdsOn(host, agentRests);
    return await run();
  } finally {
    await shell(host, `systemctl start ${timers}`);
  }
}

/**
 * Lets a host's agent look for a new secret now if its timer soon would: while a test has something wrong
 * there, the agent must not find it, as its alarm would stay for a whole interval, nor write over it.
 */
export async function letTheAgentLook(host: Host): Promise<void> {
  const lastLooked = `date --date "$(jq --raw-output .checked ${hostPaths.status})" +%s`;
  const recently = `[ $(($(date +%s) - $(${lastLooked}))) -lt ${defaultRefreshIntervalSeconds / 2} ]`;
  await shell(host, `${recently} || systemctl start ${unitNames.refresh}`);
  await holdsOn(host, agentRests);
}
