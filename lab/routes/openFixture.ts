import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { connectMachines, openMachine } from "../machines/machine.js";
import { issueCertificates } from "../machines/certificates.js";
import type { Fixture } from "./fixture.js";
import { startOpenRedis, startShippedRedis, type ShippedRedis } from "./redisServers.js";

/**
 * Which processors the two machines have: `apart`, half of them each, so that two hosts do not take each other's time;
 * or `shared`, all of them both, so that programs of one host run side by side, as on every host with two.
 */
export type Layout = "apart" | "shared";

export async function openFixture(layout: Layout, shipped: ShippedRedis = { allowScripting: false }): Promise<Fixture> {
  const [first, second] = layout === "apart" ? processorHalves() : [allProcessors, allProcessors];
  const app = await openMachine("app", "10.99.0.1", first);
  const node = await openMachine("node", "10.99.0.2", second);
  const stop = async (): Promise<void> => {
    await app.stop();
    await node.stop();
  };
  try {
    await connectMachines(app, node);
    const parts = {
      app,
      node,
      certificates: await issueCertificates(),
      password: randomBytes(32).toString("hex"),
    };
    // Clients that speak TLS themselves check the name by which they call the node.
    app.write("/etc/hosts", `127.0.0.1 localhost\n${node.address} ${parts.certificates.serverName}\n`);
    const shippedRedis = await startShippedRedis(parts, shipped);
    const openRedis = await startOpenRedis(parts);
    return { ...parts, shippedRedis, openRedis, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const allProcessors = `0-${availableParallelism() - 1}`;

/** This machine's processors, halved between the two; a lone one is shared. */
function processorHalves(): [string, string] {
  const count = availableParallelism();
  if (count === 1) return ["0", "0"];
  const half = Math.floor(count / 2);
  return [`0-${half - 1}`, `${half}-${count - 1}`];
}
