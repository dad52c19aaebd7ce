import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../lab/stateFolder.js";

/** One input of a resource of a provider's, at any depth: `aws:lambda/function:Function`, `vpcConfig.subnetIds`. */
export interface AwsInput {
  readonly type: string;
  readonly path: string;
  /** As TypeScript has it: `pulumi.Input<string>`. */
  readonly declared: string;
  /** Its doc comment. */
  readonly text: string;
}

const sdkOf = (provider: Provider): string => join(repositoryRoot, "node_modules/@pulumi", provider);
const property = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?^\s+(\w+)\??: (.*);$/gm;

type Provider = "aws" | "random" | "tls";

/** All inputs of all resources, as the provider's SDK declares them. */
export function awsInputs(provider: Provider = "aws"): readonly AwsInput[] {
  const nested = nestedTypes(sdkOf(provider));
  return declarations(provider).flatMap(({ token, body }) =>
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
    return [{ path, declared: type, text: text.replace(/[\s*]+/g, " ") }, ...below];
  });
}

/** The bodies of all interfaces in the SDK's file of nested inputs, by name: `lambda.FunctionVpcConfig`. */
function nestedTypes(sdk: string): ReadonlyMap<string, string> {
  const path = join(sdk, "types/input.d.ts");
  if (!existsSync(path)) return new Map();
  const file = readFileSync(path, "utf8");
  return new Map([
    ...[...file.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}$/gm)].map(
      ([, own = "", body = ""]) => [own, body] as const,
    ),
    ...file.split(/^export declare namespace /m).flatMap((namespace) => {
      const name = /^\w+/.exec(namespace)?.[0] ?? "";
      return [...namespace.matchAll(/^ {4}interface (\w+) \{\n([\s\S]*?)^ {4}\}$/gm)].map(
        ([, own = "", body = ""]) => [`${name}.${own}`, body] as const,
      );
    }),
  ]);
}

function declarations(provider: Provider): readonly { readonly token: string; readonly body: string }[] {
  const sdk = sdkOf(provider);
  return readdirSync(sdk, { recursive: true, encoding: "utf8" })
    .filter((file) => /^([a-z0-9]+\/)?(?!get[A-Z])\w+\.d\.ts$/.test(file) && !file.startsWith("types/"))
    .flatMap((file) => {
      const [, className = "", body] =
        /^export interface (\w+)Args \{\n([\s\S]*?)^\}$/m.exec(readFileSync(join(sdk, file), "utf8")) ?? [];
      if (body === undefined) return [];
      const path = file.replace(/\.d\.ts$/, "");
      return [{ token: `${provider}:${path.includes("/") ? path : `index/${path}`}:${className}`, body }];
    });
}
