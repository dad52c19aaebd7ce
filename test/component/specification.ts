import { gunzipSync } from "node:zlib";
import type { Registered } from "./mocks.js";

/** Where the engine marks a secret. */
export const secretMark = "4dabf18193072939515e22adb298388d";

/**
 * What a program registered, as a specification says it: by `<type> <name>` each resource's inputs, with its options
 * where there are any; `<Vpc clinic id>` for the id of that VPC, and likewise for ARNs and names that AWS gives; JSON as
 * what it holds; secrets marked as such.
 */
export function specification(
  all: readonly Registered[],
  wanted: (one: Registered) => boolean,
): Record<string, unknown> {
  const replace = referencesTo(all);
  return Object.fromEntries(
    all.filter(wanted).map((one) => {
      const { inputs, options } = one;
      const shown = Object.keys(options).length === 0 ? inputs : { ...inputs, options };
      return [label(one), readable(shown, replace)];
    }),
  );
}

/** What a component, by its name, says of itself, in the same words. */
export function outputsSpecified(all: readonly Registered[], name: string): unknown {
  const component = all.find((one) => one.name === name && one.type.startsWith("pulumi-hipaa-redis:"));
  if (component === undefined) throw new Error(`No component ${name} was registered.`);
  // What it has given its own is another test's matter: given.test.ts.
  const outputs = Object.entries(component.outputs).filter(([key]) => key !== "given");
  return readable(Object.fromEntries(outputs), referencesTo(all));
}

function label({ type, name }: Registered): string {
  return `${type.split(":").at(-1) ?? ""} ${name}`;
}

/** Puts names in the place of what AWS answered; the longest first, for an ARN holds a name. */
function referencesTo(all: readonly Registered[]): (text: string) => string {
  const known = all
    .filter(({ type }) => type.startsWith("aws:"))
    .flatMap((one) =>
      ["name", "arn", "id"].map((output): [unknown, string] => [one.state[output], `<${label(one)} ${output}>`]),
    )
    .filter((pair): pair is [string, string] => typeof pair[0] === "string")
    .sort(([a], [b]) => b.length - a.length);
  return (text) => known.reduce((done, [value, name]) => done.replaceAll(value, name), text);
}

function readable(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") return readableText(value, replace);
  if (Array.isArray(value)) return value.map((one) => readable(one, replace));
  if (typeof value !== "object" || value === null) return value;
  if (secretMark in value && "value" in value) return { secret: readable(value.value, replace) };
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, readable(one, replace)]));
}

function readableText(text: string, replace: (text: string) => string): unknown {
  // gzip in base64: user data.
  if (text.startsWith("H4sI")) return gunzipSync(Buffer.from(text, "base64")).toString();
  return text.startsWith("{") ? readable(JSON.parse(text), replace) : replace(text);
}

/** The same, of what the cache component registers with a type that matches. */
export function ofCache(all: readonly Registered[], types: RegExp): Record<string, unknown> {
  return specification(all, ({ parentType, type }) => parentType.endsWith(":HipaaRedisCache") && types.test(type));
}
