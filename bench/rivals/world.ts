import { randomBytes } from "node:crypto";
import { connectMachines, openMachine, type Machine } from "../machines/machine.js";
import { issueCertificates, type Certificates } from "../machines/certificates.js";
import { startOpenRedis, startShippedRedis } from "./redisServers.js";

/** Two machines, the two kinds of Redis on one of them, and the keys: what every road is built on. */
export interface World {
  readonly app: Machine;
  readonly node: Machine;
  readonly certificates: Certificates;
  readonly password: string;
  stop(): Promise<void>;
}

/** Where Redis listens without a tunnel: as the article has it, and by its own TLS. */
export const openRedisPorts = { plaintext: 6379, tls: 6380 } as const;

export async function openWorld(): Promise<World> {
  const app = await openMachine("app", "10.99.0.1");
  const node = await openMachine("node", "10.99.0.2");
  const world: World = {
    ...{ app, node },
    certificates: await issueCertificates(),
    password: randomBytes(32).toString("hex"),
    stop: async () => {
      await app.stop();
      await node.stop();
    },
  };
  try {
    await connectMachines(app, node);
    await startShippedRedis(world);
    await startOpenRedis(world);
  } catch (error) {
    await world.stop();
    throw error;
  }
  return world;
}
