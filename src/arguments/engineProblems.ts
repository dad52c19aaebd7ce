import { defaultEngine, engineProgram, isPackaged, type Served } from "../plan/engine";
import { defaultOperatingSystem, operatingSystems, releases } from "../plan/operatingSystem";
import { quoted, type Problem } from "./problems";

/** Not every release of Debian has a package of every engine. */
export function engineProblems({
  engine = defaultEngine,
  operatingSystem = defaultOperatingSystem,
}: Partial<Served>): Problem[] {
  if (isPackaged({ engine, operatingSystem })) return [];
  const others = operatingSystems.filter((one) => isPackaged({ engine, operatingSystem: one })).map(quoted);
  const allowed = `${releases[operatingSystem].title} has no package of ${engineProgram(engine).title}: set operatingSystem to ${others.join(" or ")}, or leave engine out.`;
  return [{ path: "engine", got: quoted(engine), allowed }];
}
