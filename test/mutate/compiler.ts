import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import ts from "typescript";
import { changed, type Change } from "./change.js";

/** Tells whether the compiler refuses a change; a shell script is read by its shell. */
export type Compiler = (change: Change) => Promise<boolean>;

/** Compiles the whole project once, and for each change only what it touches. */
export function startCompiler(root: string): Compiler {
  const files = new Map<string, ts.SourceFile | undefined>();
  const { fileNames, options } = projectOf(root);
  const host = ts.createIncrementalCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  let replacement: { path: string; file: ts.SourceFile } | undefined;
  host.getSourceFile = (path, languageVersion) => {
    if (path === replacement?.path) return replacement.file;
    if (!files.has(path)) files.set(path, read(path, languageVersion));
    return files.get(path);
  };
  const build = (before?: ts.SemanticDiagnosticsBuilderProgram): ts.SemanticDiagnosticsBuilderProgram =>
    ts.createSemanticDiagnosticsBuilderProgram(fileNames, options, host, before);

  const unchanged = build();
  if (refuses(unchanged)) throw new Error("The project does not compile: make sure that `npx tsc --noEmit` passes.");
  return async (change) => {
    const path = join(root, change.file);
    const source = changed(readFileSync(path, "utf8"), change);
    if (path.endsWith(".sh")) return (await execa("sh", ["-n"], { input: source, reject: false })).failed;
    const before = files.get(path);
    if (before === undefined) throw new Error(`${change.file} is no part of the project.`);
    const file = ts.createSourceFile(
      path,
      source,
      { languageVersion: ts.ScriptTarget.ES2022, impliedNodeFormat: before.impliedNodeFormat },
      true,
    );
    replacement = {
      path,
      file: Object.assign(file, { version: `${change.kind} ${String(change.start)} ${change.text}` }),
    };
    return refuses(build(unchanged));
  };
}

function projectOf(root: string): ts.ParsedCommandLine {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8")) as {
    config: object;
  };
  // Examples and the like want the built package, and no change of the source is theirs to notice.
  const include = ["src", "test/unit", "test/component"];
  const parsed = ts.parseJsonConfigFileContent({ ...config, include }, ts.sys, root);
  const cheap = { incremental: true, assumeChangesOnlyAffectDirectDependencies: true };
  return { ...parsed, options: { ...parsed.options, ...cheap } };
}

/** Looks at what has changed since the program that this one was built on, and ends at the first error. */
function refuses(program: ts.SemanticDiagnosticsBuilderProgram): boolean {
  if (program.getSyntacticDiagnostics().length > 0) return true;
  for (;;) {
    const next = program.getSemanticDiagnosticsOfNextAffectedFile();
    if (next === undefined) return false;
    if (next.result.length > 0) return true;
  }
}
