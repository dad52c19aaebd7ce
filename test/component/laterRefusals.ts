import { setImmediate as turn } from "node:timers/promises";

/** What a program is refused with once values are known, each refusal once: as Pulumi does, this listens for rejections. */
export async function laterRefusals(program: () => Promise<unknown>): Promise<unknown[]> {
  const refused = new Set<unknown>();
  let tell: () => void = () => undefined;
  const firstRefusal = new Promise<void>((resolve) => (tell = resolve));
  const listen = (reason: unknown): void => {
    refused.add(reason);
    tell();
  };
  process.on("unhandledRejection", listen);
  try {
    // What waits for what is refused is never registered: Pulumi ends the program.
    await Promise.race([program(), firstRefusal]);
    for (let turns = 0; turns < 20; turns += 1) await turn();
  } finally {
    process.off("unhandledRejection", listen);
  }
  return [...refused];
}
