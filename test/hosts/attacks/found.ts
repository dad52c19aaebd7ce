import { dependencies, type Attack, type AttackSuite } from "../../../lab/scenario/attack.js";
import { suites } from "../../../lab/scenario/attacks/index.js";
import type { Result } from "../../../lab/scenario/runSuite.js";
import { tunnelEngines, type TunnelEngine } from "../../../src/plan/tunnel.js";
import { forgedArguments } from "./forged/arguments.js";
import type { Run } from "./runs.js";

type Runs = ReadonlyMap<TunnelEngine, Run>;

/** What the page and its picture show: what the runs have found, as plain texts and answers. */
export interface Found {
  readonly suites: readonly FoundSuite[];
  readonly forged: readonly { readonly path: string; readonly isMeant: boolean }[];
  readonly tunnels: readonly string[];
  /** What was measured on the way, with one value for each program of the tunnel. */
  readonly figures: readonly { readonly name: string; readonly values: readonly string[] }[];
}

export interface FoundSuite {
  readonly title: string;
  readonly attacks: readonly FoundAttack[];
}

export interface FoundAttack {
  readonly who: string;
  readonly from: string;
  readonly what: string;
  /** Made with each tunnel, as it depends on it, or with either. */
  readonly tunnel: "each" | "either";
  /** As Markdown, once where it is the same with each tunnel. */
  readonly cameBack: string;
  readonly refused: boolean;
  readonly controlCase: { readonly what: string; readonly succeeded: boolean };
}

/** Gathers what the runs have found; they may be of one tunnel or of both. */
export function foundIn(runs: Runs): Found {
  return {
    suites: suitesOn(runs).map((suite) => ({
      title: suite.title,
      attacks: suite.attacks.map((attack) => foundOf(suite, attack, runs)),
    })),
    forged: forgedArguments.map(({ path }) => {
      const tried = [...runs.values()].flatMap(({ forged }) => forged.get(path) ?? []);
      return { path, isMeant: tried.length > 0 && tried.every(Boolean) };
    }),
    tunnels: tunnelsOf(runs),
    figures: figuresOf(runs),
  };
}

/** Those that hosts of these releases have something to do with. */
export function suitesOn(runs: Runs): AttackSuite[] {
  return suites.filter(({ releases }) =>
    [...runs.values()].some(({ operatingSystem }) => releases?.includes(operatingSystem) !== false),
  );
}

function foundOf(suite: AttackSuite, attack: Attack, runs: Runs): FoundAttack {
  const results = came(attack, runs);
  return {
    who: attack.who,
    from: attack.from,
    what: attack.what,
    tunnel: dependencies(suite, attack).includes("tunnel") ? "each" : "either",
    cameBack: cameBack(attack, runs),
    refused: results.every(({ refused }) => refused),
    controlCase: {
      what: attack.controlCase.what,
      succeeded: results.every(({ controlCase }) => controlCase?.succeeded === true),
    },
  };
}

/** What came of an attack with each tunnel with which it was made. */
function came(attack: Attack, runs: Runs): Result[] {
  const results = [...runs.values()].flatMap((run) => run.results.get(attack) ?? []);
  if (results.length === 0) throw new Error(`"${attack.what}" was not tried.`);
  return results;
}

function cameBack(attack: Attack, runs: Runs): string {
  const texts = tunnelEngines.flatMap((tunnel) => {
    const result = runs.get(tunnel)?.results.get(attack);
    return result === undefined ? [] : [{ tunnel, text: code(result.cameBack) }];
  });
  const [first] = texts;
  if (texts.every(({ text }) => text === first?.text)) return first?.text ?? "";
  return texts.map(({ tunnel, text }) => `${tunnel}: ${text}`).join(", ");
}

function figuresOf(runs: Runs): Found["figures"] {
  const names = [...new Set([...runs.values()].flatMap(({ figures }) => [...figures.keys()]))];
  const values = (name: string): string[] =>
    tunnelsOf(runs).map((tunnel) => runs.get(tunnel)?.figures.get(name) ?? "–");
  return names.map((name) => ({ name, values: values(name) }));
}

/** In an order that is the same for each seed, as the page is. */
function tunnelsOf(runs: Runs): TunnelEngine[] {
  return tunnelEngines.filter((tunnel) => runs.has(tunnel));
}

function code(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}
