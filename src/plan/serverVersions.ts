import { defaultEngine, engineVersion, type EngineVersion, type Served } from "./engine";
import { defaultOperatingSystem } from "./operatingSystem";

/** A security fix of a server, as Debian has published it. */
export interface SecurityFix {
  /** The package that has the server's program: what Debian's `redis-server` has is a link to one of `redis-tools`. */
  readonly packageName: string;
  /** The first of Debian's versions that has the fix. */
  readonly version: string;
  /** When that was made, by its entry in the changelog (UTC). */
  readonly date: string;
  /** What it fixes. */
  readonly cves: readonly [string, ...string[]];
  /** Where that is from. */
  readonly source: string;
}

/**
 * The last security fix of each server that was known on 2026-11-30, by Debian's changelogs. A node starts no server that is older; one that
 * is newer it always does, whatever this library knows of it. Debian's next fix takes the row of the one before.
 */
const lastFixes: Readonly<Record<EngineVersion, SecurityFix>> = {
  "Redis 7.0": {
    packageName: "redis-tools",
    version: "5:7.0.15-1~deb12u10",
    date: "2026-09-24",
    cves: ["CVE-2026-81934", "CVE-2026-92925"],
    source: "changelog of Debian's redis, bookworm-security, by the LTS team",
  },
  "Redis 8.0": {
    packageName: "redis-tools",
    version: "5:8.0.2-3+deb13u3",
    date: "2026-09-14",
    cves: ["CVE-2026-25243", "CVE-2026-23631", "CVE-2026-23479", "CVE-2026-66373", "CVE-2026-81934"],
    source: "changelog of Debian's redis, trixie-security",
  },
  "Valkey 8.1": {
    packageName: "valkey-tools",
    version: "8.1.1+dfsg1-3+deb13u3",
    date: "2026-10-24",
    cves: [
      ...(["CVE-2026-56684", "CVE-2026-63639", "CVE-2026-82631", "CVE-2026-82677"] as const),
      ...["CVE-2026-23479", "CVE-2026-23631", "CVE-2026-25243"],
    ],
    source: "changelog of Debian's valkey, trixie-security",
  },
};

/** The last security fix of what a cache's nodes run. */
export function lastSecurityFix({
  engine = defaultEngine,
  operatingSystem = defaultOperatingSystem,
}: Partial<Served> = {}): SecurityFix {
  return lastFixes[engineVersion({ engine, operatingSystem })];
}
