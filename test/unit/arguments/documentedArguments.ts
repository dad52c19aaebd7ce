import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { repositoryRoot } from "../../../lab/stateFolder.js";

/** An argument, or a field of one, as its interface has it. */
interface Documented {
  /** Of its interface, such as `CacheArguments.vpcId`. */
  readonly path: string;
  readonly isOptional: boolean;
  /** As it is written. */
  readonly type: string;
  readonly text: string;
  readonly tags: ReadonlyMap<string, string>;
}

const folder = join(repositoryRoot, "src/arguments");
const files = readdirSync(folder).filter((name) => name.endsWith("Arguments.ts"));

/** Every property of the interfaces in src/arguments. */
export const documentedArguments: readonly Documented[] = files.flatMap(documentedIn);

/** Every property of the interfaces of a file, with its doc comment. */
function documentedIn(file: string): Documented[] {
  const source = readFileSync(join(folder, file), "utf8");
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true);
  return parsed.statements.filter(ts.isInterfaceDeclaration).flatMap(({ name, members }) =>
    members.filter(ts.isPropertySignature).map((property) => {
      const comments = ts.getJSDocCommentsAndTags(property).filter(ts.isJSDoc);
      const tags = comments.flatMap(({ tags: found }) => [...(found ?? [])]);
      return {
        path: `${name.text}.${property.name.getText()}`,
        isOptional: property.questionToken !== undefined,
        type: property.type?.getText() ?? "",
        text: comments.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "").join(" "),
        tags: new Map(tags.map(({ tagName, comment }) => [tagName.text, ts.getTextOfJSDocComment(comment) ?? ""])),
      };
    }),
  );
}

/** The arguments of an interface by name: those that have to be given, and those that may be left out. */
export function argumentsOf(name: "CacheArguments" | "ClientArguments" | "NetworkArguments"): {
  readonly needed: readonly string[];
  readonly others: readonly string[];
} {
  const own = documentedArguments.filter(({ path }) => path.startsWith(`${name}.`));
  const names = (isOptional: boolean): string[] =>
    own.filter((one) => one.isOptional === isOptional).map(({ path }) => path.slice(name.length + 1));
  return { needed: names(false), others: names(true) };
}
