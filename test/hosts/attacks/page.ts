import { themes } from "../../../lab/scenario/attacks/index.js";
import { passwordLength } from "../../../src/plan/passwords.js";
import { tunnelEngines, type TunnelEngine } from "../../../src/plan/tunnel.js";
import { forgedArguments } from "./forged/arguments.js";
import type { Run } from "./runs.js";

type Runs = ReadonlyMap<TunnelEngine, Run>;

/** `docs/attacks.md`: every attack and what came of it. Written by the test run; nobody edits it by hand. */
export function attacksPage(runs: Runs): string {
  const all = [...runs.values()].flatMap(({ results }) => [...results.values()].flat());
  const refused = all.filter((result) => result.refused).length;
  const controls = all.filter(({ control }) => control?.succeeded === true).length;
  return [
    "# Attacks",
    `${all.length} attacks on the quickstart's booted hosts, ${all.length / runs.size} with each tunnel: **${refused} were refused**, and of their control cases, which are the same steps with one thing right, **${controls} succeeded**. \`npm test\` makes every one of them and fails when one comes through, when a control case fails, or when this page is not what it found (\`UPDATE_DOCS=1\` writes it anew).`,
    "An attack counts as refused only by the reason that is meant, which stands in the columns of the two tunnels, and only if nothing came back of what its control case gets.",
    ...themes.flatMap(({ title }) => [`## ${title}`, themeTable(title, runs)]),
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

function themeTable(title: string, runs: Runs): string {
  const engines = tunnelEngines.filter((engine) => runs.has(engine));
  const lists = engines.map((engine) => runs.get(engine)?.results.get(title) ?? []);
  const rows = (lists[0] ?? []).map(({ attack: { who, from, what, control } }, index) => {
    const results = lists.map((list) => list[index]);
    const came = results.map((result) => code(result?.cameBack ?? "was not tried"));
    const refused = results.every((result) => result?.refused) ? "refused" : "**NOT REFUSED**";
    const controlled = results.every((result) => result?.control?.succeeded) ? "succeeds" : "**FAILS**";
    return [who, from, what, ...came, refused, `${control.what}: ${controlled}`];
  });
  const head = [
    "who",
    "from where",
    "what",
    ...engines.map((engine) => `came back (${engine})`),
    "",
    "control case",
  ];
  return table(head, rows);
}

function forgedTable(runs: Runs): string {
  const rows = forgedArguments.map(({ path }) => [
    `\`${path}\``,
    ...[...runs.values()].map(({ forged }) =>
      forged.get(path) === true ? "refused, or parsed as meant" : "**NOT AS MEANT**",
    ),
  ]);
  return table(["argument", ...runs.keys()], rows);
}

function figuresTable(runs: Runs): string {
  const names = [...new Set([...runs.values()].flatMap(({ figures }) => [...figures.keys()]))];
  const rows = names.map((name) => [
    name,
    ...[...runs.values()].map(({ figures }) => figures.get(name) ?? "–"),
  ]);
  return table(["", ...runs.keys()], rows);
}

const secondsInYear = 365.25 * 24 * 3600;
const charactersOfPasswords = 62;

/** What somebody who has the tunnel, but not the password, comes to in a year. */
function guessing(runs: Runs): string {
  const rates = [...runs.values()].map(({ figures }) =>
    Number(figures.get("password guesses a second") ?? 0),
  );
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
