import { wrap } from "../../lab/demo/layout.js";
import { drawSvg, plotColours, plotLook, plotTitle } from "../report/svg.js";
import { goalMs, type Row } from "./figures.js";
import { caseWords, seconds, tunnelWords } from "./words.js";

export const plotWords = `Seconds without an acknowledged write (lower is better; dashed: the goal, ${goalMs / 1000} at most)`;

const labelColumns = 40;

const widthPixels = 440;
/** What a value takes, with what is left free beside it. */
const valuePixels = 50;

/** A dot for each run and a line for their median, which stands behind them, as an SVG that light and dark pages can show. */
export async function drawGaps(rows: readonly Row[]): Promise<string> {
  const tunnels = [...new Set(rows.map(tunnelWords))];
  const longest = Math.max(goalMs, ...rows.map(({ longestGapMs }) => longestGapMs)) / 1000;
  const mostSeconds = longest * 1.2;
  const lines = rows.map((row) => ({
    what: wrap(caseWords(row), labelColumns),
    tunnel: tunnelWords(row),
    median: row.medianGapMs / 1000,
    beside: clearOfGoal(row.longestGapMs / 1000, (valuePixels / widthPixels) * mostSeconds),
    text: seconds(row.medianGapMs),
  }));
  const dots = rows.flatMap((row, index) => row.gapsMs.map((gapMs) => ({ ...lines[index], gap: gapMs / 1000 })));
  const y = {
    field: "what",
    type: "nominal",
    sort: null,
    title: null,
    axis: { labelExpr: String.raw`split(datum.label, '\n')`, labelLimit: 0, labelPadding: 12 },
  } as const;
  const yOffset = { field: "tunnel", type: "nominal", sort: null } as const;
  const color = {
    field: "tunnel",
    type: "nominal",
    scale: { domain: tunnels, range: [plotColours.ours, "#c9822b"] },
    legend: { orient: "top", title: null, symbolOpacity: 1, labelFontSize: 12 },
  } as const;
  const x = (field: string) =>
    ({ field, type: "quantitative", title: "seconds", scale: { domainMin: 0, domainMax: mostSeconds } }) as const;
  return drawSvg({
    ...plotLook,
    width: widthPixels,
    height: { step: 22, for: "offset" },
    title: plotTitle(plotWords),
    layer: [
      {
        data: { values: [{ goal: goalMs / 1000 }] },
        mark: { type: "rule", strokeDash: [4, 4], stroke: plotColours.others },
        encoding: { x: x("goal") },
      },
      {
        data: { values: dots },
        mark: { type: "circle", size: 50, opacity: 0.5 },
        encoding: { y, yOffset, x: x("gap"), color },
      },
      {
        data: { values: lines },
        mark: { type: "tick", thickness: 3, size: 16 },
        encoding: { y, yOffset, x: x("median"), color },
      },
      {
        data: { values: lines },
        mark: { type: "text", align: "left", dx: 9, fontSize: 12 },
        encoding: { y, yOffset, x: x("beside"), text: { field: "text" } },
      },
    ],
  });
}

/** Beside which place a value stands: the last dot, or the goal's line where that would run through the value. */
function clearOfGoal(lastDot: number, valueSeconds: number): number {
  const goal = goalMs / 1000;
  return lastDot < goal && lastDot + valueSeconds > goal ? goal : lastDot;
}
