import { defaultOperatingSystem, type OperatingSystem } from "./operatingSystem";

/** The servers that can hold a cache's values. */
export const engines = ["redis", "valkey"] as const;

/** The server that holds a cache's values: `redis` or `valkey`. */
export type Engine = (typeof engines)[number];

/** What caches get that name none. */
export const defaultEngine: Engine = "redis";

/** Each of them in each version that Debian has: what is locked and what is set differs by it. */
export const engineVersions = ["Redis 7.0", "Redis 8.0", "Valkey 8.1"] as const;
export type EngineVersion = (typeof engineVersions)[number];

/** All that a node has to know of an engine, as Debian packages it. */
export interface EngineProgram {
  /** As people call it. */
  readonly title: string;
  /** Debian's package; it makes the account. */
  readonly packageName: string;
  /** The unit that Debian's package would start, with a configuration of its own. */
  readonly packagedUnit: string;
  /** The Unix user and group that it runs as, and its Sentinel as well. */
  readonly account: string;
  /** The programs by name, which are in /usr/bin. */
  readonly server: string;
  readonly client: string;
  /** Its version by release of Debian; none where that has no package of it. */
  readonly versions: Readonly<Partial<Record<OperatingSystem, EngineVersion>>>;
}

/** The program of an engine. */
export function engineProgram(engine: Engine): EngineProgram {
  return programs[engine];
}

const programs: Readonly<Record<Engine, EngineProgram>> = {
  redis: {
    title: "Redis",
    packageName: "redis-server",
    packagedUnit: "redis-server.service",
    account: "redis",
    server: "redis-server",
    client: "redis-cli",
    versions: { "debian-12": "Redis 7.0", "debian-13": "Redis 8.0" },
  },
  valkey: {
    title: "Valkey",
    packageName: "valkey-server",
    packagedUnit: "valkey-server.service",
    account: "valkey",
    server: "valkey-server",
    client: "valkey-cli",
    versions: { "debian-13": "Valkey 8.1" },
  },
};

/** What a cache's nodes run. */
export interface Served {
  readonly engine: Engine;
  readonly operatingSystem: OperatingSystem;
}

/** Whether Debian has a package of the engine in that release. */
export function isPackaged({ engine, operatingSystem }: Served): boolean {
  return engineProgram(engine).versions[operatingSystem] !== undefined;
}

/** The version of its engine that a cache's nodes install. */
export function engineVersion({ engine, operatingSystem }: Served): EngineVersion {
  const version = engineProgram(engine).versions[operatingSystem];
  if (version === undefined) throw new Error(`${operatingSystem} has no package of ${engine}.`);
  return version;
}

/** Of caches that name neither engine nor operating system. */
export const defaultEngineVersion = engineVersion({
  engine: defaultEngine,
  operatingSystem: defaultOperatingSystem,
});
