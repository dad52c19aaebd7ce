import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

/** What all plots have: no ground of their own, and text and axes that are read on light pages and on dark ones. */
export const plotLook = {
  background: "transparent",
  config: { view: { stroke: null }, axis: { grid: false, domain: false, labelFontSize: 12 } },
} as const;

/** The library's own colour comes first. Both are seen on light pages and on dark ones. */
export const plotColours = { ours: "#3286bd", others: "#8a99a5" } as const;

/** A title that takes the plot's whole width. */
export function plotTitle(text: string | string[]) {
  return { text, anchor: "start", frame: "bounds", offset: 12 } as const;
}

/** A plot as an SVG that light and dark pages can show; of `inked`, selectors within the plot, lines have the text's colour. */
export async function drawSvg(spec: TopLevelSpec, inked: readonly string[] = []): Promise<string> {
  const svg = await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG();
  return `${svg.replace(">", `>${style(inked)}`)}\n`;
}

function style(inked: readonly string[]): string {
  const colours = (text: string, axis: string): string =>
    [
      `.marks text{fill:${text}}`,
      ...inked.map((selector) => `.marks ${selector}{stroke:${text}}`),
      `.marks .role-axis line{stroke:${axis}}`,
    ].join(" ");
  return `<style>
${colours("#1b2733", "#5b6b7a")}
@media (prefers-color-scheme:dark){${colours("#e6edf3", "#8fa1b1")}}
</style>`;
}
