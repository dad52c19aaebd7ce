/** A property value as it travels between engine and plugin, secrets unwrapped. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
export type PropertyBag = Record<string, Value>;

/** What the engine sends in a preview for a value that is not known yet. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Pulumi's wire format marks special values with an object that has this key. */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

export interface Unwrapped {
  values: PropertyBag;
  /** The names of the properties that are, or contain, a secret. */
  secrets: ReadonlySet<string>;
}

/** Takes the secret wrappers off and drops properties that are null. */
export function unwrap(bag: PropertyBag): Unwrapped {
  const values: PropertyBag = {};
  const secrets = new Set<string>();
  for (const [name, wrapped] of Object.entries(bag)) {
    const value = unwrapValue(wrapped, () => secrets.add(name));
    if (value !== null) values[name] = value;
  }
  return { values, secrets };
}

/** Marks the named properties as secrets again, so that the engine encrypts them in the state. */
export function wrap(bag: Readonly<Record<string, unknown>>, secrets: Iterable<string>): PropertyBag {
  const names = new Set(secrets);
  const wrapped: PropertyBag = {};
  for (const [name, value] of Object.entries(bag)) {
    const plain = present(value);
    if (plain === undefined) continue;
    wrapped[name] = names.has(name) ? { [signatureKey]: secretSignature, value: plain } : plain;
  }
  return wrapped;
}

/** The value without what is undefined or null anywhere in it, which the wire format has no place for. */
function present(value: unknown): Value | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map(present).filter((item) => item !== undefined);
  if (typeof value !== "object") return value as Value;
  const entries = Object.entries(value).map(([name, item]) => [name, present(item)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

function unwrapValue(value: Value, onSecret: () => void): Value {
  if (Array.isArray(value)) return value.map((item) => unwrapValue(item, onSecret));
  if (value === null || typeof value !== "object") return value;
  const signature = value[signatureKey];
  if (signature === secretSignature) {
    onSecret();
    return unwrapValue(value.value ?? null, onSecret);
  }
  if (signature !== undefined) throw new Error("Assets, archives and resource references are not values here");
  const plain: PropertyBag = {};
  for (const [key, item] of Object.entries(value)) {
    const inner = unwrapValue(item, onSecret);
    if (inner !== null) plain[key] = inner;
  }
  return plain;
}
