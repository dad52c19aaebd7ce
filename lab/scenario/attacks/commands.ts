import { hostPaths } from "../../../src/host/hostPaths.js";
import { lockedCommands, type LockedCommand } from "../../../src/plan/commands.js";
import { engineProgram } from "../../../src/plan/engine.js";
import type { Attack, Step, AttackSuite } from "../attack.js";
import { oncePerScene, type Scene } from "../scene.js";
import { resp, talk, talkTo } from "../talk.js";

/** Arguments with which a command does something. Those without need none. */
const argumentsOf: Readonly<Record<string, readonly string[]>> = {
  CONFIG: ["GET", "dir"],
  DEBUG: ["SLEEP", "0"],
  // The other forms would leave no Redis for the control case.
  SHUTDOWN: ["ABORT"],
  SWAPDB: ["0", "1"],
  ACL: ["LIST"],
  MODULE: ["LIST"],
  REPLICAOF: ["NO", "ONE"],
  SLAVEOF: ["NO", "ONE"],
  PSYNC: ["?", "-1"],
  MIGRATE: ["127.0.0.1", "1", "key", "0", "10"],
  RESTORE: ["key", "0", "value"],
  "RESTORE-ASKING": ["key", "0", "value"],
  REPLCONF: ["listening-port", "1"],
  CLUSTER: ["INFO"],
  LATENCY: ["LATEST"],
  PFDEBUG: ["GETREG", "key"],
  KEYS: ["*"],
  SORT: ["key"],
  SORT_RO: ["key"],
  "CLIENT KILL": ["ID", "1"],
  "CLIENT NO-EVICT": ["ON"],
  "CLIENT PAUSE": ["1"],
  "CLIENT UNBLOCK": ["1"],
  "CLIENT TRACKING": ["ON"],
  SLOWLOG: ["GET"],
  EVAL: ["return 1", "0"],
  EVAL_RO: ["return 1", "0"],
  EVALSHA: ["0".repeat(40), "0"],
  EVALSHA_RO: ["0".repeat(40), "0"],
  SCRIPT: ["EXISTS", "0".repeat(40)],
  FUNCTION: ["LIST"],
  FCALL: ["name", "0"],
  FCALL_RO: ["name", "0"],
  VADD: ["key", "VALUES", "1", "1", "element"],
  COMMANDLOG: ["LEN", "slow"],
  "CLIENT IMPORT-SOURCE": ["ON"],
};

/**
 * A Redis that sends its copy has no more answers on that connection, and one that tests itself has none for anybody for a
 * second: here it shall only know the command.
 */
const argumentsForKnowing: typeof argumentsOf = {
  ...argumentsOf,
  SYNC: ["now"],
  PSYNC: ["now"],
  PFSELFTEST: ["now"],
};

/** What a command answers that is gone, and one that the application's user may not run. */
const answersOf = {
  renamed: "ERR unknown command",
  disabled: "ERR unknown command",
  denied: "NOPERM",
} as const;
const openRedis = "/run/open-redis/redis.sock";

/** Of what every version has. One conversation for each command, all at once: to the cache, and to a Redis in which nothing is locked. */
const list = lockedCommands({ allowScripting: false, version: "Redis 7.0" });
const all = (rest: typeof argumentsOf): string[] => list.map(({ name }) => spellings(name, rest[name]).bytes);
const toCache = oncePerScene((scene) => talk(scene, all(argumentsOf)));
const toOpenRedis = oncePerScene(({ node }) => talkTo(`${node.liveRootFolder}${openRedis}`, all(argumentsForKnowing)));

/** Who is the application, password and all, and calls what is locked. */
export const commands: AttackSuite = {
  title: "Locked commands",
  dependsOn: [],
  open: openUnlockedRedis,
  attacks: [
    ...list.map(locked),
    disguised("CONFIG in quotes with an escape", '"\\x43ONFIG" GET dir\r\n'),
    disguised("CONFIG between blanks", " \t CONFIG  GET  dir\r\n"),
    disguised("CONFIG behind an empty command", `*0\r\n\r\n${resp(["CONFIG", "GET", "dir"])}`),
    disguised("CONFIG after a change of protocol", `${resp(["HELLO", "3"])}${resp(["CONFIG", "GET", "dir"])}`),
    rememberedNames(),
    namesOfTheRefused(),
    secretName(),
  ],
};

/** Calls of a locked command with which it would do something, and how many there are. */
export function callsOf(name: string): { readonly bytes: string; readonly count: number } {
  return spellings(name, argumentsOf[name]);
}

/** The words of such a call. */
export function wordsOf(name: string): string[] {
  return [...name.split(" "), ...(argumentsOf[name] ?? [])];
}

/** Every spelling of a call, and every way to send it, on one connection. */
function spellings(name: string, rest: readonly string[] = []): { bytes: string; count: number } {
  const mixed = name.replace(/..?/g, (pair) => pair.charAt(0) + pair.slice(1).toLowerCase());
  const names = [name, name.toLowerCase(), mixed];
  const calls = names.flatMap((each) => {
    const words = [...each.split(" "), ...rest];
    return [resp(words), inline(words)];
  });
  const inTransaction = `MULTI\r\n${calls[0] ?? ""}EXEC\r\n`;
  return { bytes: `${calls.join("")}PING\r\n${inTransaction}`, count: calls.length + 1 };
}

function inline(words: readonly string[]): string {
  return `${words.map((word) => (word.includes(" ") ? `"${word}"` : word)).join(" ")}\r\n`;
}

function locked({ name, treatment }: LockedCommand): Attack {
  const { count } = spellings(name);
  const answer = answersOf[treatment];
  const step =
    (answers: (scene: Scene) => Promise<string[]>): Step =>
    async (scene) => {
      const came = (await answers(scene))[list.findIndex((each) => each.name === name)] ?? "";
      const refused = came.match(new RegExp(`^-${answer}`, "gm"))?.length ?? 0;
      return refused === 0 && came.includes("PONG") ? "every one is taken" : `${refused} times ${answer}`;
    };
  return {
    who: "the application",
    from: "the app host",
    what: `${name}, in each case, in RESP and inline, in a pipeline and in MULTI`,
    refusal: new RegExp(`^${count} times ${answer}`),
    attempt: step(toCache),
    controlCase: {
      what: "a Redis with nothing locked",
      success: /every one is taken/,
      attempt: step(toOpenRedis),
    },
  };
}

function disguised(what: string, bytes: string): Attack {
  return {
    who: "the application",
    from: "the app host",
    what,
    refusal: /ERR unknown command/,
    attempt: async (scene) => (await talk(scene, [bytes])).join(""),
    controlCase: {
      what: "a Redis with nothing locked",
      success: /dir\r\n\$\d+\r\n\//,
      attempt: async ({ node }) => (await talkTo(`${node.liveRootFolder}${openRedis}`, [bytes])).join(""),
    },
  };
}

/** Names that Redis would remember for a client in a table of its own, without a limit to their length. */
function rememberedNames(): Attack {
  const names = Array.from({ length: 20 }, (_, index) => `${index}-${"x".repeat(100_000)}`);
  const calls = [["HELLO", "3"], ["CLIENT", "TRACKING", "ON"], ...names.map((name) => ["GET", name])];
  const bytes = `${calls.map(resp).join("")}INFO stats\r\n`;
  const counted = (answers: readonly string[]): string =>
    /tracking_total_keys:\d+/.exec(answers.join(""))?.[0] ?? answers.join("").slice(-200);
  return {
    who: "the application",
    from: "the app host",
    what: "have Redis remember 2 MB of names that don't exist (CLIENT TRACKING)",
    refusal: /^tracking_total_keys:0$/,
    attempt: async (scene) => counted(await talk(scene, [bytes])),
    controlCase: {
      what: "a Redis with nothing locked",
      success: /tracking_total_keys:[1-9]/,
      attempt: async ({ node }) => counted(await talkTo(`${node.liveRootFolder}${openRedis}`, [bytes])),
    },
  };
}

/** Who is refused is named in a log of Redis's, as they call themselves. */
function namesOfTheRefused(): Attack {
  const [count, length] = [20, 400_000];
  // Redis 7.2 and later, and Valkey, leave out the answer to a wrong AUTH where another answer is on its way: that it was read is told by
  // the next.
  const guesses = Array.from(
    { length: count },
    (_, index) => `${resp(["AUTH", `${index}-${"x".repeat(length)}`, "wrong"])}PING\r\n`,
  );
  const ask = "INFO memory\r\n";
  const kept = async (toRedis: (bytes: string) => Promise<string[]>): Promise<string> => {
    const used = async (): Promise<number> => Number(/used_memory:(\d+)/.exec((await toRedis(ask)).join(""))?.[1]);
    const before = await used();
    const answers = (await toRedis(guesses.join(""))).join("");
    const read = answers.match(/\+PONG/g)?.length ?? 0;
    const refused = answers.includes("-WRONGPASS") && !answers.includes("+OK") ? "refused" : "not refused";
    const grown = (await used()) - before;
    return `${read} read, ${refused}, ${grown > (count * length) / 2 ? "kept" : "not kept"}`;
  };
  return {
    who: "the application",
    from: "the app host",
    what: "leave 8 MB of names in Redis's log of refused sign-ins (AUTH)",
    refusal: new RegExp(`^${count} read, refused, not kept$`),
    attempt: (scene) => kept((bytes) => talk(scene, [bytes])),
    controlCase: {
      what: "a Redis with nothing locked",
      success: new RegExp(`^${count} read, refused, kept$`),
      attempt: ({ node }) => kept((bytes) => talkTo(`${node.liveRootFolder}${openRedis}`, [bytes])),
    },
  };
}

/** All that Redis tells of its commands and of itself is searched for the name under which CONFIG lives on. */
function secretName(): Attack {
  const asked = ["COMMAND", "COMMAND LIST", "COMMAND DOCS", "INFO everything", "CLIENT LIST", "LATENCY HISTOGRAM"];
  const search = async (scene: Scene, name: string): Promise<string> => {
    const answers = (await talk(scene, [asked.map((line) => `${line}\r\n`).join("")])).join("");
    return answers.toLowerCase().includes(name.toLowerCase()) ? "found" : "not there";
  };
  return {
    who: "the application",
    from: "the app host",
    what: "ask Redis for the secret name of CONFIG",
    refusal: /not there/,
    attempt: async (scene) => {
      const { stdout } = await scene.node.exec(["cat", hostPaths.redisCommands]);
      const name = /rename-command CONFIG (\S{32,})/.exec(stdout)?.[1];
      if (name === undefined) throw new Error("The node has no secret name of CONFIG.");
      return search(scene, name);
    },
    controlCase: { what: "the name of GET", success: /^found/, attempt: (scene) => search(scene, "get") },
  };
}

async function openUnlockedRedis({ node, choice }: Scene): Promise<() => Promise<void>> {
  const unit = "open-redis";
  const options = ["--port", "0", "--unixsocket", openRedis, "--dir", "/run/open-redis", "--save", ""];
  const allowed = ["--enable-debug-command", "yes", "--enable-module-command", "yes"];
  const run = ["systemd-run", "--quiet", "--collect", `--unit=${unit}`, "--property=RuntimeDirectory=open-redis"];
  await node.exec([...run, engineProgram(choice.engine).server, ...options, ...allowed]);
  await node.exec(["sh", "-c", `until [ -S ${openRedis} ]; do sleep 0.1; done`]);
  return async () => {
    await node.exec(["systemctl", "stop", unit]);
  };
}
