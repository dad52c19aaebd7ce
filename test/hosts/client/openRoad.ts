import type { Road } from "../../../bench/rivals/rival.js";
import { stunnel } from "../../../bench/rivals/shipped.js";
import { openWorld, type World } from "../../../bench/rivals/world.js";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";

/** Two machines and the shipped tunnel between them, with what they need. */
export async function openRoad(): Promise<{ world: World; road: Road }> {
  await ensureDebianPackages(["iproute2", "openssl", "redis-server", "stunnel4"]);
  const world = await openWorld("shared");
  try {
    return { world, road: await stunnel.start(world) };
  } catch (error) {
    await world.stop();
    throw error;
  }
}
