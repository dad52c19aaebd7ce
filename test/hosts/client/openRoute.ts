import type { TunnelRoute } from "../../../lab/routes/route.js";
import { openTunnel } from "../../../lab/routes/openTunnel.js";
import type { Fixture } from "../../../lab/routes/fixture.js";
import { openFixture } from "../../../lab/routes/openFixture.js";
import type { ShippedRedis } from "../../../lab/routes/redisServers.js";
import { ensureDebianPackages } from "../../../lab/prerequisites.js";

/** Two machines and the shipped tunnel between them, with what they need. */
export async function openRoute(shipped?: ShippedRedis): Promise<{ fixture: Fixture; route: TunnelRoute }> {
  await ensureDebianPackages(["iproute2", "openssl", "redis-server", "stunnel4"]);
  const fixture = await openFixture("shared", shipped);
  try {
    return { fixture, route: await openTunnel(fixture, "stunnel") };
  } catch (error) {
    await fixture.stop();
    throw error;
  }
}
