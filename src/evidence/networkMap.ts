import type { CachePlan, NodePlan } from "../plan/cachePlan";
import { engineVersion } from "../plan/engine";
import { memberAndPeers } from "../plan/replication";
import type { Assessment } from "./assess";
import { inDirection, isJudgedByHostAlone, type Flow } from "../plan/flow";
import { outsideOf, vpcNetworks } from "../plan/vpcNetworks";
import type { Deployed } from "./evidence";
import { groupsInWords, networksOf, portInWords } from "./flowsInWords";
import { escapeMarkup } from "./report/escape";
import { hasPeers } from "./shape";
import { cellsHeight, cellStyle, drawCells, zoneBoxes, type Cell } from "./zoneBoxes";

/**
 * The network map of a cache as SVG, drawn from its flows: who may talk to the nodes, on which port, what the nodes may talk to, and what
 * several say to each other. It follows the reader's choice of light or dark, and is light on paper.
 */
export function evidenceNetworkMap({ plan, evidence }: Assessment): string {
  const boxesOf = (flows: readonly Flow[]): Box[] => onceEach(flows.map((flow) => peerBox(flow, evidence.deployed)));
  const [among, outside] = partition(plan.flows, ({ amongNodes }) => amongNodes === true);
  const incoming = boxesOf(inDirection("ingress", outside));
  const [amazons, called] = partition(inDirection("egress", outside), isJudgedByHostAlone);
  const outgoing = [...boxesOf(called), ...(amazons.length > 0 ? [amazonBox(amazons)] : [])];
  const nodes = nodeBoxes(plan);
  const rows = Math.max(...[incoming, outgoing, nodes].map((column) => stackHeight(column)));
  const top = 78 + plan.subnets.length * 20;
  const height = top + rows + bottom;
  const inside = outsideOf(plan, inDirection("ingress", plan.flows)).length === 0;
  const vpcEdge = inside ? 10 : columns.nodes - 34;
  const [callers, hosts, answering] = [
    place(incoming, columns.incoming, top, rows),
    place(plan.cluster === undefined ? stretched(nodes, rows) : nodes, columns.nodes, top, rows),
    place(outgoing, columns.outgoing, top, rows),
  ];
  // What is for one of several nodes is for all of them.
  const node = hasPeers(plan) ? subnetsOf(top, rows) : hosts[0];
  const subnets = plan.subnets.map(({ name, cidrBlock }) => `${name} ${cidrBlock}`);
  return [
    `<svg class="network-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeMarkup(description([...outside, ...inDirection("ingress", among)]))}">`,
    `<style>${style}${plan.cluster === undefined ? "" : cellStyle}</style>`,
    arrowHead,
    frame("vpc", vpcEdge, columns.nodes + boxWidth + 34, height - 50, [
      `VPC ${evidence.deployed.vpcId} ${vpcNetworks(plan).join(", ")}`,
    ]),
    frame("subnet", columns.nodes - 20, columns.nodes + boxWidth + 20, height - 66, ["Cache subnets", ...subnets]),
    ...[...callers, ...hosts, ...answering].map(drawBox),
    ...(among.length === 0 ? [] : eachOther(hosts, inDirection("ingress", among))),
    ...(node === undefined
      ? []
      : [...callers.map((box) => arrow(box, node, box)), ...answering.map((box) => arrow(node, box, box))]),
    `<text class="small" x="${width / 2}" y="${height - 12}" text-anchor="middle">The network ACL, the security group and the node's own firewall block everything else.</text>`,
    "</svg>",
  ].join("\n");
}

const width = 1200;
const boxWidth = 290;
const columns = { incoming: 30, nodes: 455, outgoing: 890 };
const [bottom, gap] = [90, 34];

/** Of nodes that talk to each other, so that there is room for it beside them. */
const nodeWidth = 238;

interface Box {
  readonly title: string;
  readonly lines: readonly string[];
  /** What stands at its arrow. */
  readonly ports?: readonly string[];
  /** Where it is another than most boxes have. */
  readonly width?: number;
  /** Where it is more than its lines need. */
  readonly height?: number;
  /** What stands below its lines. */
  readonly cells?: readonly Cell[];
}

interface PlacedBox extends Box {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

function peerBox(flow: Flow, deployed: Deployed): Box {
  const groups = groupsInWords(flow, deployed).map((group) => `only ${group}`);
  return { title: flow.peer, lines: [...networksOf(flow), ...groups], ports: [portInWords(flow)] };
}

/** Who calls several ports is one box, with one arrow. */
function onceEach(boxes: readonly Box[]): Box[] {
  const known = new Map<string, Box>();
  for (const box of boxes) {
    const key = JSON.stringify([box.title, box.lines]);
    const ports = [...(known.get(key)?.ports ?? []), ...(box.ports ?? [])];
    known.set(key, { ...box, ports });
  }
  return [...known.values()];
}

/** Each node; of a cluster each zone. */
function nodeBoxes(plan: CachePlan): Box[] {
  return plan.cluster === undefined
    ? plan.nodes.map((node) => nodeBox(plan, node))
    : zoneBoxes(plan, plan.cluster).map((box) => ({ ...box, width: nodeWidth }));
}

function nodeBox(plan: CachePlan, { name, privateIp, port, subnet }: NodePlan): Box {
  const { tunnel, replication } = plan;
  const server = engineVersion(plan);
  const title = `Node ${name}`;
  const at = `${tunnel} :${port}, TLS 1.3, mutual`;
  if (replication === undefined) return { title, lines: [privateIp, at, `${server}, on a Unix socket`] };
  const { loopbackAddress, downAfterMs } = memberAndPeers(replication, name).member;
  const inside = downAfterMs === undefined ? server : `${server}, Sentinel`;
  const lines = [`${privateIp}, ${subnet.availabilityZone}`, at, `${inside}: ${loopbackAddress}`];
  return { title, lines, width: nodeWidth };
}

/** The frame of the subnets, for arrows that end there. */
function subnetsOf(top: number, rows: number): PlacedBox {
  return { title: "", lines: [], x: columns.nodes - 20, y: top, width: boxWidth + 40, height: rows };
}

/** One line beside all nodes, with an arrow to each of them. */
function eachOther(nodes: readonly PlacedBox[], flows: readonly Flow[]): string[] {
  const line = columns.nodes + nodeWidth + 24;
  const middles = nodes.map(({ y, height }) => y + height / 2);
  const [first, last] = [Math.min(...middles), Math.max(...middles)];
  const label = `each other: ${flows.map(portInWords).join(", ")}`;
  const [x, y] = [line + 10, (first + last) / 2];
  return [
    `<path class="flow" d="M${line} ${first} L${line} ${last}"/>`,
    ...middles.map((middle) => flowPath(line, middle, columns.nodes + nodeWidth + 4, middle)),
    `<text class="port" x="${x}" y="${y}" text-anchor="middle" transform="rotate(90 ${x} ${y})">${escapeMarkup(label)}</text>`,
  ];
}

/** The report's table has their addresses. */
function amazonBox(flows: readonly Flow[]): Box {
  const services = flows.map((flow) => `${flow.peer}: ${portInWords(flow)}`);
  return { title: "Amazon's own services", lines: [...services, "judged by the node's own firewall alone"] };
}

function partition<One>(all: readonly One[], test: (one: One) => boolean): [One[], One[]] {
  return [all.filter(test), all.filter((one) => !test(one))];
}

function boxHeight({ lines, cells = [], height = 0 }: Box): number {
  return Math.max(height, 40 + lines.length * 20 + cellsHeight(cells));
}

/** So that the boxes fill all rows, and arrows are level. */
function stretched(boxes: readonly Box[], rows: number): Box[] {
  return boxes.map((box) => ({ ...box, height: (rows + gap) / boxes.length - gap }));
}

function stackHeight(boxes: readonly Box[]): number {
  return boxes.reduce((sum, box) => sum + boxHeight(box) + gap, -gap);
}

/** One below the other, in the middle of the rows. */
function place(boxes: readonly Box[], x: number, top: number, rows: number): PlacedBox[] {
  let y = top + (rows - stackHeight(boxes)) / 2;
  return boxes.map((box) => {
    const placed = { ...box, x, y, height: boxHeight(box) };
    y += placed.height + gap;
    return placed;
  });
}

function drawBox({ x, y, height, width: own = boxWidth, title, lines, cells = [] }: PlacedBox): string {
  const rect = `<rect class="box" x="${x}" y="${y}" width="${own}" height="${height}" rx="8"/>`;
  const below = drawCells(cells, x + 14, y + 25 + (lines.length + 1) * 20);
  return [rect, ...textLines(x + 14, y + 25, [title, ...lines]), ...below].join("\n");
}

/** From the right edge of one to the left edge of the other, level with the peer where the node is tall enough. */
function arrow(from: PlacedBox, to: PlacedBox, labelled: PlacedBox): string {
  const [x1, x2] = [from.x + (from.width ?? boxWidth), to.x - 4];
  const y = labelled.y + labelled.height / 2;
  const [y1, y2] = [within(from, y), within(to, y)];
  // In the middle of what is outside of the frames.
  const x = labelled === from ? x1 + 52 : x2 - 58;
  // The first above the arrow, the others below it.
  const labels = (labelled.ports ?? []).map((port, index) => {
    const baseline = index === 0 ? Math.min(y1, y2) - 10 : Math.max(y1, y2) + 4 + index * 17;
    return `<text class="port" x="${x}" y="${baseline}" text-anchor="middle">${escapeMarkup(port)}</text>`;
  });
  return [flowPath(x1, y1, x2, y2), ...labels].join("\n");
}

function flowPath(x1: number, y1: number, x2: number, y2: number): string {
  return `<path class="flow" d="M${x1} ${y1} L${x2} ${y2}" marker-end="url(#network-map-arrow)"/>`;
}

function within({ y, height }: PlacedBox, wanted: number): number {
  return Math.min(Math.max(wanted, y + 14), y + height - 14);
}

/** A dashed frame from one edge to another, a little inside of the one before. */
function frame(
  kind: "vpc" | "subnet",
  left: number,
  right: number,
  bottomEdge: number,
  lines: readonly string[],
): string {
  const y = kind === "vpc" ? 10 : 44;
  return [
    `<rect class="${kind}" x="${left}" y="${y}" width="${right - left}" height="${bottomEdge - y}" rx="12"/>`,
    ...textLines(left + 14, y + 22, lines),
  ].join("\n");
}

/** The first is a title. */
function textLines(x: number, y: number, lines: readonly string[]): string[] {
  return lines.map(
    (line, index) =>
      `<text class="${index === 0 ? "title" : "small"}" x="${x}" y="${y + index * 20}">${escapeMarkup(line)}</text>`,
  );
}

function description(flows: readonly Flow[]): string {
  const said = flows.map((flow) => `${flow.reason}, ${portInWords(flow)}.`);
  return `Network map. ${said.join(" ")} Everything else is blocked.`;
}

const arrowHead =
  '<defs><marker id="network-map-arrow" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path class="head" d="M0 0L10 5L0 10z"/></marker></defs>';

const style = `
.network-map{font-family:system-ui,sans-serif;font-size:14px;--ink:#1b2733;--soft:#4a5a68;--box:#fff;--line:#5b6b7a;--vpc:#eef3f7;--cache:#e3f2e7;--flow:#1f6f43}
@media (prefers-color-scheme:dark){.network-map{--ink:#e6edf3;--soft:#a9b7c4;--box:#1d2833;--line:#8fa1b1;--vpc:#131c25;--cache:#12261a;--flow:#5fce8a}}
@media print{.network-map{--ink:#000;--soft:#333;--box:#fff;--line:#444;--vpc:#fff;--cache:#f2f8f3;--flow:#1f6f43}}
.network-map text{fill:var(--ink)} .network-map .small{fill:var(--soft);font-size:12.5px}
.network-map .title{font-weight:600} .network-map .box{fill:var(--box);stroke:var(--line)}
.network-map .vpc{fill:var(--vpc);stroke:var(--line);stroke-dasharray:6 4} .network-map .subnet{fill:var(--cache);stroke:var(--flow);stroke-dasharray:6 4}
.network-map .flow{stroke:var(--flow);stroke-width:2;fill:none} .network-map .head{fill:var(--flow)}
.network-map .port{fill:var(--flow);font-weight:600;font-size:12.5px}`;
