import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../lab/stateFolder.js";

/** One input of a resource of `@pulumi/aws`, at any depth: `aws:lambda/function:Function`, `vpcConfig.subnetIds`. */
export interface AwsInput {
  readonly type: string;
  readonly path: string;
  /** Its doc comment. */
  readonly text: string;
}

const sdk = join(repositoryRoot, "node_modules/@pulumi/aws");
const property = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^\s+(\w+)\??: (.*);$/gm;

/** All inputs of all resources, as the SDK declares them. */
export function awsInputs(): readonly AwsInput[] {
  const nested = nestedTypes();
  return declarations().flatMap(({ token, body }) =>
    inputsOf(body, "", nested, []).map((input) => ({ type: token, ...input })),
  );
}

function inputsOf(
  body: string,
  above: string,
  nested: ReadonlyMap<string, string>,
  within: readonly string[],
): readonly Omit<AwsInput, "type">[] {
  return [...body.matchAll(property)].flatMap(([, text = "", name = "", type = ""]) => {
    const path = above === "" ? name : `${above}.${name}`;
    const inner = [...type.matchAll(/inputs\.([\w.]+)/g)].map(([, reference = ""]) => reference);
    const below = inner
      .filter((reference) => !within.includes(reference))
      .flatMap((reference) => inputsOf(nested.get(reference) ?? "", path, nested, [...within, reference]));
    return [{ path, text: text.replace(/[\s*]+/g, " ") }, ...below];
  });
}

/** The bodies of all interfaces in the SDK's file of nested inputs, by name: `lambda.FunctionVpcConfig`. */
function nestedTypes(): ReadonlyMap<string, string> {
  const file = readFileSync(join(sdk, "types/input.d.ts"), "utf8");
  return new Map(
    file.split(/^export declare namespace /m).flatMap((namespace) => {
      const name = /^\w+/.exec(namespace)?.[0] ?? "";
      return [...namespace.matchAll(/^ {4}interface (\w+) \{\n([\s\S]*?)^ {4}\}$/gm)].map(
        ([, own = "", body = ""]) => [`${name}.${own}`, body] as const,
      );
    }),
  );
}

function declarations(): readonly { readonly token: string; readonly body: string }[] {
  return readdirSync(sdk, { recursive: true, encoding: "utf8" })
    .filter((file) => /^[a-z0-9]+\/(?!get[A-Z])\w+\.d\.ts$/.test(file) && !file.startsWith("types/"))
    .flatMap((file) => {
      const [, className = "", body] =
        /^export interface (\w+)Args \{\n([\s\S]*?)^\}$/m.exec(readFileSync(join(sdk, file), "utf8")) ?? [];
      if (body === undefined) return [];
      return [{ token: `aws:${file.replace(/\.d\.ts$/, "")}:${className}`, body }];
    });
}
