import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import ts from "typescript";

/** The tests that could notice a change of a file: first those that mirror its folder, or name the script, then the others. */
export interface TestsOfFile {
  readonly near: readonly string[];
  readonly far: readonly string[];
}

/** Finds the unit and component tests that reach a file of the source through their imports. */
export function testFinder(root: string): (file: string) => TestsOfFile {
  const reached = new Map(testFiles(root).map((test) => [test, reachedFrom(root, test)] as const));
  return (file) => {
    // Scripts are read by the module beside their folder.
    const source = file.endsWith(".sh") ? `${dirname(dirname(file))}/scripts.ts` : file;
    const tests = [...reached.keys()].filter((test) => reached.get(test)?.has(source) === true);
    const mirror = `test/unit/${file.split("/")[1] ?? ""}/`;
    const mirrored = tests.some((test) => test.startsWith(mirror)) ? mirror : "test/component/";
    const namesIt = (test: string): boolean => readFileSync(join(root, test), "utf8").includes(basename(file, ".sh"));
    const isNearby = (test: string): boolean => test.startsWith(mirrored) && (source === file || namesIt(test));
    const [near, far] = [true, false].map((isNear) => tests.filter((test) => isNearby(test) === isNear));
    return { near: near ?? [], far: far ?? [] };
  };
}

/** All of the unit and component tests, as paths from the root on. */
function testFiles(root: string): string[] {
  return ["test/unit", "test/component"].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.name.endsWith(".test.ts"))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .sort(),
  );
}

function reachedFrom(root: string, test: string): Set<string> {
  const reached = new Set([test]);
  for (const file of reached) {
    const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
    for (const { fileName } of importedFiles) {
      const found = fileName.startsWith(".") ? resolved(root, join(dirname(file), fileName)) : undefined;
      if (found !== undefined) reached.add(found);
    }
  }
  return reached;
}

function resolved(root: string, path: string): string | undefined {
  return [path.replace(/\.js$/, ".ts"), `${path}.ts`, `${path}/index.ts`]
    .filter((candidate) => candidate.endsWith(".ts"))
    .find((candidate) => existsSync(join(root, candidate)) && statSync(join(root, candidate)).isFile());
}
