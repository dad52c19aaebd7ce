import { dependencies, type Attack, type AttackSuite } from "../../../lab/scenario/attack.js";
import { suites } from "../../../lab/scenario/attacks/index.js";
import type { Result } from "../../../lab/scenario/runSuite.js";
import { passwordLength } from "../../../src/plan/passwords.js";
import { tunnelEngines, type TunnelEngine } from "../../../src/plan/tunnel.js";
import { forgedArguments } from "./forged/arguments.js";
import type { Run } from "./runs.js";

type Runs = ReadonlyMap<TunnelEngine, Run>;

/** `docs/attacks.md`: every attack and what came of it. Written by the test run; nobody edits it by hand. */
export function attacksPage(runs: Runs): string {
  const all = suites.flatMap((suite) => suite.attacks.map((attack) => ({ suite, attack })));
  const each = all.filter(({ suite, attack }) => dependsOnTunnel(suite, attack));
  const refused = all.filter(({ attack }) => came(attack, runs).every((result) => result.refused));
  const controls = all.filter(({ attack }) => came(attack, runs).every(({ controlCase }) => controlCase?.succeeded));
  return [
    "# Attacks",
    `${all.length} attacks on the quickstart's booted hosts: **${refused.length} were refused**, and of their control cases, which are the same steps with one thing right, **${controls.length} succeeded**.`,
    `${each.length} of them depend on the tunnel, and are made with each engine; what does not is made with one of them, which a seed chooses anew for each run of \`npm test\`, and with both by \`npm run test:exhaustive\`. A run fails when an attack comes through, when a control case fails, or when this page is not what it found (\`UPDATE_DOCS=1\` writes it anew).`,
    "An attack counts as refused only by the reason that is meant, which stands under _came back_, and only if nothing came back of what its control case gets.",
    ...suites.flatMap((suite) => [`## ${suite.title}`, suiteTable(suite, runs)]),
    "## Forged configuration",
    "Some 300 texts for each string argument, most of them made to break out of the file that it ends up in: each is refused with an error that names the argument, or else the programs that read the files (cloud-init's YAML, nft, sshd, systemd-sysusers, the tunnel) parse exactly what is meant. What they must refuse, they refuse: that is the control case.",
    forgedTable(runs),
    "## Measured on the way",
    "On the machine that ran the tests, which was busy with them; figures change from run to run.",
    figuresTable(runs),
    guessing(runs),
    notShut,
    "",
  ].join("\n\n");
}

/** The page but for what is measured: equal for every run that comes to the same results. */
export function withoutFigures(page: string): string {
  const [found = "", measured = ""] = page.split("## Measured on the way");
  return found + measured.replace(/\d[\d.,]*/g, "…");
}

function suiteTable(suite: AttackSuite, runs: Runs): string {
  const rows = suite.attacks.map((attack) => {
    const { who, from, what, controlCase } = attack;
    const results = came(attack, runs);
    const refused = results.every((result) => result.refused) ? "refused" : "**NOT REFUSED**";
    const controlled = results.every((result) => result.controlCase?.succeeded) ? "succeeds" : "**FAILS**";
    const tunnel = dependsOnTunnel(suite, attack) ? "each" : "either";
    return [who, from, what, tunnel, cameBack(attack, runs), refused, `${controlCase.what}: ${controlled}`];
  });
  return table(["who", "from where", "what", "tunnel", "came back", "", "control case"], rows);
}

/** What came of an attack with each engine with which it was made. */
function came(attack: Attack, runs: Runs): Result[] {
  const results = [...runs.values()].flatMap((run) => run.results.get(attack) ?? []);
  if (results.length === 0) throw new Error(`"${attack.what}" was not tried.`);
  return results;
}

/** Once where it is the same with each engine. */
function cameBack(attack: Attack, runs: Runs): string {
  const texts = tunnelEngines.flatMap((engine) => {
    const result = runs.get(engine)?.results.get(attack);
    return result === undefined ? [] : [{ engine, text: code(result.cameBack) }];
  });
  const [first] = texts;
  if (texts.every(({ text }) => text === first?.text)) return first?.text ?? "";
  return texts.map(({ engine, text }) => `${engine}: ${text}`).join(", ");
}

function dependsOnTunnel(suite: AttackSuite, attack: Attack): boolean {
  return dependencies(suite, attack).includes("tunnel");
}

function forgedTable(runs: Runs): string {
  const rows = forgedArguments.map(({ path }) => {
    const tried = [...runs.values()].flatMap(({ forged }) => forged.get(path) ?? []);
    const isMeant = tried.length > 0 && tried.every(Boolean);
    return [`\`${path}\``, isMeant ? "refused, or parsed as meant" : "**NOT AS MEANT**"];
  });
  return table(["argument", ""], rows);
}

function figuresTable(runs: Runs): string {
  const names = [...new Set([...runs.values()].flatMap(({ figures }) => [...figures.keys()]))];
  const rows = names.map((name) => [name, ...[...runs.values()].map(({ figures }) => figures.get(name) ?? "–")]);
  return table(["", ...runs.keys()], rows);
}

const secondsInYear = 365.25 * 24 * 3600;
const charactersOfPasswords = 62;

/** What somebody who has the tunnel, but not the password, comes to in a year. */
function guessing(runs: Runs): string {
  const rates = [...runs.values()].map(({ figures }) => Number(figures.get("password guesses a second") ?? 0));
  const inYear = Math.log10(Math.max(...rates) * secondsInYear);
  const keySpace = passwordLength * Math.log10(charactersOfPasswords);
  return `A password has ${passwordLength} of ${charactersOfPasswords} characters: 10^${keySpace.toFixed(1)} of them. Who guesses at the faster of these rates without a pause tries 10^${inYear.toFixed(1)} in a year, a share of 10^${(inYear - keySpace).toFixed(1)} of all. Redis counts every wrong one (\`errorstat_WRONGPASS\` in INFO) and keeps none; the node's journal has the count.`;
}

const notShut = [
  "## What is not shut",
  "- **Root.** An operator has sudo, and root reads the keys, Redis's memory and the password's hash: nothing on a host is shut to root. What operators do is theirs by name.",
  "- **The application.** Who is the application, as its Unix user on its host, may read and write every key of the cache, and can delete them one by one.",
  "- **The lab** shuts by nftables what AWS shuts by security groups and network ACLs, from the rules that the API reports; AWS's own enforcement is not tested here.",
].join("\n\n");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}
