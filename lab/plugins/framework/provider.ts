import { randomBytes } from "node:crypto";
import { differences, refreshedInputs } from "./differences.js";
import type { Differences } from "./differences.js";
import { bagProblems } from "./kinds.js";
import type { Problem } from "./kinds.js";
import type { Outputs, Plugin, ResourceType } from "./resourceType.js";
import type { PropertyBag, Value } from "./values.js";

/** A resource that was made, but not to its end: the engine keeps it in the state so that it can be deleted. */
export class HalfMade extends Error {
  /** What the state is to hold of it. */
  properties: PropertyBag = {};

  constructor(
    readonly id: string,
    readonly reason: string,
  ) {
    super(`made as ${id}, but then: ${reason}`);
  }
}

/** The table of a plugin looked up by type token; an unknown token is an error that names it. */
export function resourceOf(plugin: Plugin, token: string): ResourceType {
  const type = Object.hasOwn(plugin.resources, token) ? plugin.resources[token] : undefined;
  if (type !== undefined) return type;
  throw new Error(`Unknown resource type ${token}: ${knows(plugin, "resources")}`);
}

/** Fills in defaults and the name, and lists what is wrong. */
export function checkInputs(
  type: ResourceType,
  token: string,
  name: string,
  olds: PropertyBag,
  news: PropertyBag,
): { inputs: PropertyBag; problems: Problem[] } {
  const inputs: PropertyBag = { ...(type.defaults as PropertyBag | undefined), ...news };
  const { autoname } = type;
  if (autoname !== undefined && inputs[autoname.property] === undefined && inputs.namePrefix === undefined) {
    const base = ((autoname.prefix ?? "") + name).slice(0, autoname.longest - 8);
    inputs[autoname.property] = automaticName(base, olds[autoname.property]);
  }
  const problems = bagProblems(type.properties, type.required ?? [], news);
  return {
    inputs,
    problems: problems.map((problem) => ({ ...problem, reason: `${token}: ${problem.reason}` })),
  };
}

export function diffResource(
  type: ResourceType,
  state: PropertyBag,
  oldInputs: PropertyBag,
  inputs: PropertyBag,
): Differences & { deleteBeforeReplace: boolean } {
  const found = differences(type, state, oldInputs, inputs);
  if (type.update === undefined && found.changed.size > 0 && found.replaces.length === 0) {
    throw new Error(`Cannot change ${[...found.changed].join(", ")} in place, and no replacement is defined`);
  }
  return { ...found, deleteBeforeReplace: type.deleteBeforeReplace ?? false };
}

export async function createResource(
  type: ResourceType,
  name: string,
  inputs: PropertyBag,
): Promise<{ id: string; state: Outputs }> {
  let made: string | undefined;
  try {
    const created = (id: string): void => {
      made = id;
    };
    const { id, outputs } = await type.create(inputs, { name, created });
    made = id;
    if (type.read === undefined) return { id, state: { ...inputs, ...outputs } };
    const state = await readState(type, id, { ...inputs, ...(outputs as PropertyBag | undefined) });
    if (state === undefined) throw new Error("it was not there when it was read back");
    return { id, state: { ...outputs, ...state } };
  } catch (error) {
    if (made === undefined) throw error;
    throw new HalfMade(made, error instanceof Error ? error.message : String(error));
  }
}

export async function readResource(
  type: ResourceType,
  id: string,
  state: PropertyBag,
  oldInputs: PropertyBag,
): Promise<{ state: Outputs; inputs: PropertyBag } | undefined> {
  if (type.read === undefined) return { state, inputs: oldInputs };
  const live = await readState(type, id, state);
  if (live === undefined) return undefined;
  return { state: live, inputs: refreshedInputs(type, oldInputs, live as PropertyBag) };
}

export async function updateResource(
  type: ResourceType,
  id: string,
  state: PropertyBag,
  oldInputs: PropertyBag,
  inputs: PropertyBag,
): Promise<Outputs> {
  if (type.update === undefined) throw new Error("It cannot be changed in place");
  const { changed } = differences(type, state, oldInputs, inputs);
  const outputs = await type.update(id, inputs, state, changed);
  const after = { ...state, ...inputs, ...(outputs as PropertyBag | undefined) };
  const removed = [...changed].filter((name) => inputs[name] === undefined && outputs?.[name] === undefined);
  const rest = Object.fromEntries(Object.entries(after).filter(([name]) => !removed.includes(name)));
  if (type.read === undefined) return rest;
  const live = await readState(type, id, rest);
  if (live === undefined) throw new Error(`${id} was gone when it was read back after the change`);
  assertChanged(id, changed, inputs, live);
  return live;
}

/** An API that answers well and changes nothing, as LocalStack's does here and there, would pass for one that did. */
function assertChanged(id: string, changed: ReadonlySet<string>, inputs: PropertyBag, live: Outputs): void {
  for (const name of changed) {
    const [wanted, found] = [inputs[name], live[name]];
    if (typeof wanted === "object" || wanted === undefined || wanted === found) continue;
    throw new Error(`${id}: ${name} was changed, and reads back as ${JSON.stringify(found)}: the API has not done it`);
  }
}

export async function invokeFunction(plugin: Plugin, token: string, args: PropertyBag): Promise<Outputs> {
  const found = Object.hasOwn(plugin.functions, token) ? plugin.functions[token] : undefined;
  if (found === undefined) throw new Error(`Unknown function ${token}: ${knows(plugin, "functions")}`);
  const problems = bagProblems(found.properties, found.required ?? [], args);
  if (problems.length > 0) {
    throw new Error(`${token}: ${problems.map(({ path, reason }) => `${path}: ${reason}`).join("; ")}`);
  }
  return found.invoke(args);
}

async function readState(type: ResourceType, id: string, state: PropertyBag): Promise<Outputs | undefined> {
  const live = await type.read?.(id, state);
  if (live === undefined) return undefined;
  const kept = (type.kept ?? []).filter((name) => state[name] !== undefined);
  return { ...live, ...Object.fromEntries(kept.map((name) => [name, state[name]])) };
}

/** The official providers' form: the logical name and seven hexadecimal digits; an automatic name stays as it is. */
function automaticName(base: string, old: Value | undefined): string {
  const isAutomatic = typeof old === "string" && old.startsWith(`${base}-`) && /-[0-9a-f]{7}$/.test(old);
  return isAutomatic ? old : `${base}-${randomBytes(4).toString("hex").slice(0, 7)}`;
}

function knows(plugin: Plugin, what: "resources" | "functions"): string {
  const known = Object.keys(plugin[what]);
  return (
    `the lab's own ${plugin.name} plugin knows ${known.length === 0 ? "none" : known.join(", ")}. ` +
    "Add an entry to its table, or use the official plugin."
  );
}
