import type { CachePlan } from "../plan/cachePlan";
import { engineProgram, engineVersion, type Served } from "../plan/engine";
import { releases } from "../plan/operatingSystem";

/** A cache by what holds its values and by its name. */
export function cacheTitle({ engine, name }: Pick<CachePlan, "engine" | "name">): string {
  return `${engineProgram(engine).title} cache ${name}`;
}

/** What its nodes run. Controls speak of Redis, also where another server keeps what they say: a document names that once. */
export function servedInWords({ engine, operatingSystem }: Served, document: "report" | "document"): string {
  const { title } = engineProgram(engine);
  const words = `${engineVersion({ engine, operatingSystem })} on ${releases[operatingSystem].title}`;
  return engine === "redis"
    ? words
    : `${words}: what this ${document} says of Redis is true of ${title}, which its nodes run in Redis's place`;
}
