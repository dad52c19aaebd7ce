import { rounded } from "./rounded.js";
import { drawSvg, plotColours, plotLook, plotTitle } from "./svg.js";

export interface Bar {
  readonly way: string;
  readonly value: number;
  readonly spread: number;
  /** Whether this library makes it. */
  readonly ours: boolean;
}

/** Bars with their values and spreads, as an SVG that light and dark pages can show. */
export async function drawBars(title: string, unit: string, bars: readonly Bar[]): Promise<string> {
  const values = bars.map(({ way, value, spread, ours }) => {
    const text = rounded(value);
    return { way, value, text, low: value - spread, high: value + spread, group: ours ? "ours" : "others" };
  });
  const y = { field: "way", type: "nominal", sort: null, title: null, axis: { labelLimit: 320 } } as const;
  const scale = { domain: Object.keys(plotColours), range: Object.values(plotColours) };
  const color = { field: "group", type: "nominal", legend: null, scale } as const;
  return drawSvg(
    {
      ...plotLook,
      width: 440,
      height: { step: 26 },
      title: plotTitle(title),
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
    },
    [".layer_1_marks line"],
  );
}
