import type { Road } from "../../../lab/roads/road.js";
import { openTunnel } from "../../../lab/roads/openTunnel.js";
import type { World } from "../../../lab/roads/roadWorld.js";
import { openWorld } from "../../../lab/roads/world.js";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";

/** Two machines and the shipped tunnel between them, with what they need. */
export async function openRoad(): Promise<{ world: World; road: Road }> {
  await ensureDebianPackages(["iproute2", "openssl", "redis-server", "stunnel4"]);
  const world = await openWorld("shared");
  try {
    return { world, road: await openTunnel(world, "stunnel") };
  } catch (error) {
    await world.stop();
    throw error;
  }
}
