import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { rounded } from "./rounded.js";

export interface Bar {
  readonly way: string;
  readonly value: number;
  readonly spread: number;
  /** Whether this library makes it. */
  readonly ours: boolean;
}

/** What is read on light pages, and on dark ones. Bars have a colour that both take. */
const style = `<style>
.marks text{fill:#1b2733} .marks .layer_1_marks line{stroke:#1b2733} .marks .role-axis line{stroke:#5b6b7a}
@media (prefers-color-scheme:dark){.marks text{fill:#e6edf3} .marks .layer_1_marks line{stroke:#e6edf3} .marks .role-axis line{stroke:#8fa1b1}}
</style>`;

/** Bars with their values and spreads, as an SVG that light and dark pages can show. */
export async function drawBars(title: string, unit: string, bars: readonly Bar[]): Promise<string> {
  const values = bars.map(({ way, value, spread, ours }) => {
    const text = rounded(value);
    return { way, value, text, low: value - spread, high: value + spread, group: ours ? "ours" : "others" };
  });
  const y = { field: "way", type: "nominal", sort: null, title: null, axis: { labelLimit: 320 } } as const;
  const scale = { domain: ["ours", "others"], range: ["#3286bd", "#8a99a5"] };
  const color = { field: "group", type: "nominal", legend: null, scale } as const;
  const spec: TopLevelSpec = {
    width: 440,
    height: { step: 26 },
    background: "transparent",
    title: { text: title, anchor: "start", frame: "bounds", offset: 12 },
    config: { view: { stroke: null }, axis: { grid: false, domain: false, labelFontSize: 12 } },
    data: { values },
    layer: [
      { mark: "bar", encoding: { y, x: { field: "value", type: "quantitative", title: unit }, color } },
      {
        mark: { type: "rule", strokeWidth: 1.5 },
        encoding: { y, x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
      },
      {
        mark: { type: "text", align: "left", dx: 6, fontSize: 12 },
        encoding: { y, x: { field: "high", type: "quantitative" }, text: { field: "text" } },
      },
    ],
  };
  const svg = await new View(parse(compile(spec).spec), { renderer: "none" }).toSVG();
  return `${svg.replace(">", `>${style}`)}\n`;
}
