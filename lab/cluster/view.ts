/** A node, as another sees it. */
export interface NodeInView {
  readonly id: string;
  /** On the loopback. */
  readonly address: string;
  readonly flags: readonly string[];
  /** The id of whom it follows, or `-`. */
  readonly primary: string;
  readonly epoch: number;
  readonly isConnected: boolean;
  /** How many it has. */
  readonly slots: number;
  /** Slots that are on their way to or from it. */
  readonly open: readonly string[];
}

/** What CLUSTER NODES says (redis.io, "CLUSTER NODES"). */
export function nodesInView(text: string): NodeInView[] {
  const lines = text.split("\n").filter((line) => /^[0-9a-f]{40} /.test(line));
  return lines.map((line) => {
    const [id = "", address = "", flags = "", primary = "", , , epoch = "", link = "", ...slots] = line
      .trim()
      .split(" ");
    const isOpen = (one: string): boolean => one.startsWith("[");
    return {
      ...{ id, primary },
      address: address.split(":")[0] ?? "",
      flags: flags.split(","),
      epoch: Number(epoch),
      isConnected: link === "connected",
      slots: slots.filter((one) => !isOpen(one)).reduce((sum, one) => sum + sizeOf(one), 0),
      open: slots.filter(isOpen),
    };
  });
}

function sizeOf(slots: string): number {
  const [first = 0, last = first] = slots.split("-").map(Number);
  return last - first + 1;
}
