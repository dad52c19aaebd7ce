import { result, type Result } from "../figures/result.js";
import type { BootTimes } from "./bootOnce.js";
import type { HostTimes } from "./hostTimes.js";

export const images = ["debian", "baked"] as const;
export type Image = (typeof images)[number];

interface Row {
  readonly label: string;
  readonly name: string;
  readonly of: (times: BootTimes) => number;
}

const rows: readonly Row[] = [
  {
    label: "**from the machines' start to the first PONG**",
    name: "firstPong",
    of: (times) => times.firstPong,
  },
  ...hostRows("node", "node"),
  ...hostRows("app host", "appHost"),
];

function hostRows(label: string, host: "node" | "appHost"): Row[] {
  const row = (part: keyof HostTimes, what: string): Row => ({
    label: what,
    name: `${host}.${part}`,
    of: (times) => times[host][part],
  });
  return [
    row("tunnel", `${label}: until its tunnel is up, of it`),
    row("systemd", "– systemd, until cloud-init begins"),
    row("packages", "– packages (apt)"),
    row("sshHostKeys", "– SSH host keys"),
    row("secret", "– fetching the secret"),
    row("services", host === "node" ? "– Redis and the tunnel" : "– the tunnel"),
    row("rest", "– the rest: cloud-init's other modules, the firewall"),
  ];
}

/** Every figure of all rounds of each image. */
export function bootResults(rounds: Readonly<Record<Image, readonly BootTimes[]>>): Result[] {
  return images.flatMap((image) => rows.map(({ name, of }) => result(`${image}.${name}`, "s", rounds[image].map(of))));
}

/** The figures as a table of a page, with a column for each image. */
export function bootTable(results: readonly Result[]): string[] {
  const cell = (name: string): string => {
    const found = results.find((each) => each.name === name);
    if (found === undefined) throw new Error(`The run has no figure ${name}.`);
    return `${found.value.toFixed(1)} ± ${found.spread.toFixed(1)}`;
  };
  return [
    "| seconds | Debian's image | an image with the packages (`imageHasPackages`) |",
    "| --- | ---: | ---: |",
    ...rows.map(({ label, name }) => `| ${label} | ${images.map((image) => cell(`${image}.${name}`)).join(" | ")} |`),
  ];
}
