// Plain JavaScript without packages: `start.mjs` reads it with whatever Node.js is there, before anything is installed or built.
import * as util from "node:util";

/** What `npm run demo` takes. An option with choices takes the first of them where it is not given. */
export const demoOptions = [
  {
    flag: "--plugins",
    choices: ["local", "official"],
    what: "provider plugins: the lab's own, or fetched official ones",
  },
  { flag: "--tunnel", choices: ["haproxy", "stunnel"], what: "the program that makes the tunnel on both hosts" },
  { flag: "--operating-system", choices: ["debian-13", "debian-12"], what: "what both hosts run" },
  { flag: "--engine", choices: ["redis", "valkey"], what: "what holds the values; Debian 12 has no Valkey" },
  { flag: "--replicas", choices: ["0", "2"], what: "replicas of the cache; with two, a failover is shown" },
  { flag: "--shards", choices: ["1", "3"], what: "shards; of three, each has a replica, and one takes over" },
  { flag: "--verbose", what: "show every attempt, or operation that failed, too" },
  { flag: "--down", what: "take away what a demo has left running; its report stays" },
  { flag: "--skip-checks", what: "start although a check of this machine says no" },
  { flag: "--help", short: "-h", what: "show this" },
];

/**
 * Reads a command line into `{ options }`; or into `{ problem }`, which says what is wrong with it and what is allowed. A
 * Node.js without `parseArgs` (before 18.3) gets the defaults: it is too old for the demo, which problemsOf() says.
 */
export function readOptions(args) {
  const options = {
    plugins: "local",
    tunnel: "haproxy",
    operatingSystem: "debian-13",
    engine: "redis",
    replicas: "0",
    shards: "1",
    verbose: false,
    down: false,
    skipChecks: false,
    help: false,
  };
  if (util.parseArgs === undefined) return { options };
  const given = new Set();
  for (const { kind, rawName, name, value } of tokensOf(args)) {
    const option = kind === "option" ? demoOptions.find(({ flag }) => flag === `--${name}`) : undefined;
    if (option === undefined) return { problem: unknown(kind === "positional" ? value : rawName || "--") };
    const problem = problemOf(option, value);
    if (problem !== undefined) return { problem: `${option.flag}: ${problem}` };
    options[name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())] = option.choices === undefined ? true : value;
    given.add(option.flag);
  }
  // What it only takes away need not be possible together.
  if (options.down) return { options };
  if (options.engine === "valkey" && options.operatingSystem === "debian-12")
    return { problem: "--engine: Debian 12 has no package of Valkey. Leave --operating-system out." };
  if (options.shards === "1" || !given.has("--replicas")) return { options };
  return { problem: "--replicas: it is for one shard. With --shards 3 each has a replica: leave it out." };
}

/** Not `strict`, whose errors don't say what was meant and what is allowed. */
function tokensOf(args) {
  const options = {};
  for (const { flag, short, choices } of demoOptions)
    options[flag.slice(2)] = { type: choices === undefined ? "boolean" : "string", ...(short && { short: short[1] }) };
  return util.parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens;
}

function problemOf({ choices }, value) {
  const got = value === undefined ? "nothing was given" : `got ${JSON.stringify(value)}`;
  if (choices === undefined) return value === undefined ? undefined : `${got}. It takes no value.`;
  return choices.includes(value) ? undefined : `${got}. Give ${choices.join(" or ")}.`;
}

const column = 20;
const indent = (line) => " ".repeat(column) + line;

/** What `--help` prints. */
export function helpText() {
  const rows = demoOptions.map(({ flag, short, choices, what }) => {
    const left = `${short === undefined ? "" : `${short}, `}${flag}${choices === undefined ? "" : " <which>"}`;
    const right = choices === undefined ? [what] : [what, `${choices.join(" or ")}; by default ${choices[0]}`];
    // What is too long for its column has a line of its own.
    const lines =
      left.length < column
        ? [left.padEnd(column) + right[0], ...right.slice(1).map(indent)]
        : [left, ...right.map(indent)];
    return lines.map((line) => `  ${line}`).join("\n");
  });
  return [
    "npm run demo -- [options]",
    "",
    "Deploys the quickstart to LocalStack, boots its hosts, uses the cache, tries to",
    "break in, and writes the compliance report. Needs Debian 12 or newer, and root.",
    "",
    ...rows,
    "",
    "Examples:",
    "  npm run demo",
    "  npm run demo -- --tunnel stunnel --verbose",
    "  npm run demo -- --operating-system debian-12",
    "  npm run demo -- --engine valkey",
    "  npm run demo -- --replicas 2",
    "  npm run demo -- --shards 3",
    "  npm run demo -- --down",
  ].join("\n");
}

function unknown(given) {
  const flags = demoOptions.map(({ flag }) => flag);
  const [near] = [...flags].sort((a, b) => distance(given, a) - distance(given, b));
  const meant = distance(given, near) <= 3 ? `: did you mean ${near}?` : `. Give ${flags.join(", ")}.`;
  return `There is no option ${given}${meant}`;
}

/** How many letters have to change to make one word of the other (Levenshtein). */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let line = 1; line <= one.length; line++) {
    const next = [line];
    for (let column = 1; column <= other.length; column++) {
      const changed = row[column - 1] + (one[line - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(changed, row[column] + 1, next[column - 1] + 1));
    }
    row = next;
  }
  return row[other.length];
}
