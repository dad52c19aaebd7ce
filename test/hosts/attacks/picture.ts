import { escapeMarkup } from "../../../src/evidence/report/escape.js";
import type { Found, FoundAttack } from "./found.js";

/** `docs/attacks.svg`, which opens the page: who attacks from where, how often, and that all of it is refused. */
export function attacksPicture({ suites }: Found): string {
  const attacks = suites.flatMap((suite) => suite.attacks);
  const places = placesOf(attacks);
  const heights = places.map(({ who }) => 40 + Math.ceil(who.length / 2) * 18);
  const height = heights.reduce((sum, one) => sum + one + gap, 2 * margin - gap);
  let y = margin;
  const boxes = places.map((place, index) => {
    const box = drawPlace(place, y, heights[index] ?? 0);
    y += (heights[index] ?? 0) + gap;
    return box;
  });
  const refused = attacks.filter((attack) => attack.refused).length;
  return [
    `<svg class="attacks" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeMarkup(description(places, attacks.length, refused))}">`,
    `<style>${style}</style>`,
    arrowHead,
    ...boxes,
    `<rect class="wall" x="${wall}" y="${margin}" width="8" height="${height - 2 * margin}" rx="4"/>`,
    ...target(attacks, refused, height),
    "</svg>",
    "",
  ].join("\n");
}

const width = 1000;
const boxWidth = 530;
const wall = 660;
const targetX = 706;
const [margin, gap] = [16, 14];

interface Place {
  readonly from: string;
  readonly attacks: number;
  readonly refused: number;
  readonly who: readonly string[];
}

/** The places with the most attacks first; in each, who attacks, with the number of attacks. */
function placesOf(attacks: readonly FoundAttack[]): Place[] {
  const places = [...new Set(attacks.map(({ from }) => from))].map((from) => {
    const theirs = attacks.filter((attack) => attack.from === from);
    const names = [...new Set(theirs.map(({ who }) => who))];
    const counted = names.map((name) => ({ name, times: theirs.filter(({ who }) => who === name).length }));
    return {
      from,
      attacks: theirs.length,
      refused: theirs.filter(({ refused }) => refused).length,
      who: counted
        .sort((one, other) => other.times - one.times)
        .map(({ name, times }) => `${name.replace(/,$/, "")}: ${times}`),
    };
  });
  return places.sort((one, other) => other.attacks - one.attacks);
}

function drawPlace({ from, attacks, refused, who }: Place, y: number, height: number): string {
  const middle = y + height / 2;
  const open = attacks - refused;
  return [
    `<rect class="box" x="${margin}" y="${y}" width="${boxWidth}" height="${height}" rx="8"/>`,
    text("title", 30, y + 25, `From ${from}`),
    ...who.map((line, index) => text("small", 30 + (index % 2) * 270, y + 45 + Math.floor(index / 2) * 18, line)),
    `<path class="attack" d="M${margin + boxWidth} ${middle} L${open === 0 ? wall - 3 : targetX - 3} ${middle}" marker-end="url(#attacks-arrow)"/>`,
    text("count", margin + boxWidth + 60, middle - 8, open === 0 ? `${attacks}` : `${attacks}, ${open} NOT refused`),
  ].join("\n");
}

function target(attacks: readonly FoundAttack[], refused: number, height: number): string[] {
  const controls = attacks.filter(({ controlCase }) => controlCase.succeeded).length;
  const y = height / 2 - 75;
  return [
    `<rect class="cache" x="${targetX}" y="${y}" width="${width - targetX - margin}" height="150" rx="8"/>`,
    text("title", targetX + 14, y + 27, "The cache and its hosts"),
    text("small", targetX + 14, y + 55, `${attacks.length} attacks`),
    text("small", targetX + 14, y + 77, `${refused} refused, by the reason meant`),
    text("small", targetX + 14, y + 107, "The same steps with one thing right:"),
    text("small", targetX + 14, y + 129, `${controls} of ${attacks.length} succeed`),
  ];
}

function text(kind: "title" | "small" | "count", x: number, y: number, words: string): string {
  const anchor = kind === "count" ? ' text-anchor="middle"' : "";
  return `<text class="${kind}" x="${x}" y="${y}"${anchor}>${escapeMarkup(words)}</text>`;
}

function description(places: readonly Place[], attacks: number, refused: number): string {
  const said = places.map((place) => `${place.attacks} from ${place.from}`);
  return `${attacks} attacks, ${refused} of them refused: ${said.join(", ")}.`;
}

const arrowHead =
  '<defs><marker id="attacks-arrow" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="6" markerHeight="6" orient="auto"><path class="head" d="M0 0L10 5L0 10z"/></marker></defs>';

const style = `
.attacks{font-family:system-ui,sans-serif;font-size:14px;--ink:#1b2733;--soft:#4a5a68;--box:#fff;--line:#5b6b7a;--cache:#e3f2e7;--safe:#1f6f43;--bad:#a3342a}
@media (prefers-color-scheme:dark){.attacks{--ink:#e6edf3;--soft:#a9b7c4;--box:#1d2833;--line:#8fa1b1;--cache:#12261a;--safe:#5fce8a;--bad:#ff8f84}}
.attacks text{fill:var(--ink)} .attacks .title{font-weight:600} .attacks .small{fill:var(--soft);font-size:12.5px}
.attacks .box{fill:var(--box);stroke:var(--line)} .attacks .cache{fill:var(--cache);stroke:var(--safe)}
.attacks .wall{fill:var(--safe)} .attacks .attack{stroke:var(--bad);stroke-width:2;fill:none} .attacks .head{fill:var(--bad)}
.attacks .count{fill:var(--bad);font-weight:600}`;
