import { passwordLength } from "../../../src/plan/passwords.js";
import type { Found, FoundAttack, FoundSuite } from "./found.js";

/** `docs/attacks.md`: every attack and what came of it. Written by the test run; nobody edits it by hand. */
export function attacksPage(found: Found): string {
  return [
    "# Attacks",
    "![Who attacks the cache and from where, with the number of attacks, and how many of them were refused.](attacks.svg)",
    ...opening(found.suites.flatMap(({ attacks }) => attacks)),
    "## By suite",
    suitesTable(found.suites),
    ...found.suites.flatMap((suite) => [`## ${suite.title}`, ...folded(suite)]),
    "## Forged configuration",
    ...forged,
    forgedTable(found),
    "## Measured on the way",
    "On the machine that ran the tests, which was busy with them; figures change from run to run.",
    figuresTable(found),
    guessing(found),
    notShut,
    "",
  ].join("\n\n");
}

/** The page but for what is measured: equal for every run that comes to the same results. */
export function withoutFigures(page: string): string {
  const [found = "", measured = ""] = page.split("## Measured on the way");
  return found + measured.replace(/\d[\d.,]*/g, "…");
}

function opening(attacks: readonly FoundAttack[]): string[] {
  const each = attacks.filter(({ tunnel }) => tunnel === "each").length;
  return [
    [
      `The tests make ${attacks.length} attacks on the booted hosts of the quickstart. **${refusedOf(attacks)} were refused.**`,
      "Each attack has a control case: the same steps with one thing right, which must succeed.",
      `**${controlCasesOf(attacks)} of the control cases succeeded.**`,
    ].join("\n"),
    [
      "- An attack counts as refused only by the reason that is meant, and only if nothing came back of what its control case gets.",
      `- ${each} attacks depend on the tunnel: they are made with each of its programs. The others with one, which a seed`,
      "  chooses anew for each run of `npm test`; `npm run test:exhaustive` makes them with both.",
      "- A run fails when an attack comes through, when a control case fails, or when this page is not what the run found.",
      "  `UPDATE_DOCS=1` writes it anew.",
    ].join("\n"),
  ];
}

function suitesTable(suites: readonly FoundSuite[]): string {
  const rows = suites.map(({ title, attacks }) => [
    `[${title}](#${anchor(title)})`,
    `${attacks.length}`,
    `${refusedOf(attacks)}`,
    `${controlCasesOf(attacks)}`,
  ]);
  const all = suites.flatMap(({ attacks }) => attacks);
  const sums = [all.length, refusedOf(all), controlCasesOf(all)].map((sum) => `**${sum}**`);
  return table(
    ["suite", "attacks", "refused", "control cases that succeed"],
    [...rows, ["**all**", ...sums]],
    ["---", "--:", "--:", "--:"],
  );
}

function folded({ attacks }: FoundSuite): string[] {
  const summary = `${attacks.length} attacks, ${refusedOf(attacks)} refused; ${controlCasesOf(attacks)} control cases succeed`;
  return [
    `<details>\n<summary>${attacks.length === 1 ? summary.replace("attacks", "attack") : summary}</summary>`,
    attacks.map(item).join("\n"),
    "</details>",
  ];
}

function item({ who, from, what, tunnel, cameBack, refused, controlCase }: FoundAttack): string {
  const which = tunnel === "each" ? "with each tunnel" : "with either tunnel";
  return [
    `- **${who.replace(/,$/, "")}** (${from}): ${what}`,
    `  - ${refused ? "refused" : "**NOT REFUSED**"}, ${which}; came back: ${cameBack}`,
    `  - control case: ${controlCase.what}: ${controlCase.succeeded ? "succeeds" : "**FAILS**"}`,
  ].join("\n");
}

function refusedOf(attacks: readonly FoundAttack[]): number {
  return attacks.filter(({ refused }) => refused).length;
}

function controlCasesOf(attacks: readonly FoundAttack[]): number {
  return attacks.filter(({ controlCase }) => controlCase.succeeded).length;
}

const forged = [
  [
    "Each string argument gets some 300 texts; most of them are made to break out of the file that they end up in.",
    "A text is either refused, with an error that names the argument, or the programs that read the file parse exactly what is",
    "meant: cloud-init's YAML, nft, sshd, systemd-sysusers, the tunnel.",
  ].join("\n"),
  "The control case: these programs do refuse what they must refuse.",
];

function forgedTable({ forged }: Found): string {
  const rows = forged.map(({ path, isMeant }) => [
    `\`${path}\``,
    isMeant ? "refused, or parsed as meant" : "**NOT AS MEANT**",
  ]);
  return table(["argument", ""], rows);
}

function figuresTable({ tunnels, figures }: Found): string {
  return table(
    ["", ...tunnels],
    figures.map(({ name, values }) => [name, ...values]),
  );
}

const secondsInYear = 365.25 * 24 * 3600;
const charactersOfPasswords = 62;

/** What somebody who has the tunnel, but not the password, comes to in a year. */
function guessing({ figures }: Found): string {
  const measured = figures.find(({ name }) => name === "password guesses a second")?.values ?? [];
  // A dash where the run with a tunnel did not measure it.
  const rates = measured.map(Number).filter((rate) => rate > 0);
  const inYear = Math.log10(Math.max(0, ...rates) * secondsInYear);
  const keySpace = passwordLength * Math.log10(charactersOfPasswords);
  return [
    `A password has ${passwordLength} characters, each one of ${charactersOfPasswords}: there are 10^${keySpace.toFixed(1)} passwords.`,
    `Guessing without a pause at the faster of these rates tries 10^${inYear.toFixed(1)} in a year, a share of 10^${(inYear - keySpace).toFixed(1)} of all.`,
    "Redis counts every wrong one (`acl_access_denied_auth` in INFO; Redis 7.0: `errorstat_WRONGPASS`) and keeps none. The node's journal has the count.",
  ].join("\n");
}

const notShut = [
  "## What is not shut",
  [
    "- **Root.** An operator has sudo, and root reads the keys, Redis's memory and the password's hash: nothing on a host is shut",
    "  to root. What operators do is recorded under their own names.",
    "- **The application.** Whoever is the application, as its Unix user on its host, may read and write every key of the cache,",
    "  and can delete them one by one.",
    "- **The lab** shuts by nftables what AWS shuts by security groups and network ACLs, from the rules that the API reports.",
    "  AWS's own enforcement is not tested here.",
  ].join("\n"),
].join("\n\n");

/** The anchor that GitHub gives a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .replaceAll(" ", "-");
}

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  rule: readonly string[] = head.map(() => "---"),
): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
