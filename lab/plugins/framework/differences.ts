import { matches } from "./kinds.js";
import type { ResourceType } from "./resourceType.js";
import type { PropertyBag } from "./values.js";

export interface Differences {
  changed: Set<string>;
  replaces: string[];
}

/**
 * What is to change: a given property that is not so in the state (which a refresh makes true), and one that was
 * given before and is not any more.
 */
export function differences(
  type: ResourceType,
  state: PropertyBag,
  oldInputs: PropertyBag,
  inputs: PropertyBag,
): Differences {
  const changed = new Set<string>();
  for (const [name, kind] of Object.entries(type.properties)) {
    const wanted = inputs[name];
    if (wanted !== undefined ? !matches(kind, wanted, state[name]) : !isNothing(oldInputs[name])) {
      changed.add(name);
    }
  }
  const replaceOn = typeof type.replaceOn === "function" ? type.replaceOn(inputs) : type.replaceOn;
  const replaces = [...changed].filter((name) => replaceOn === "every" || replaceOn.includes(name));
  const due = type.dueForReplacement?.(state, inputs);
  if (due !== undefined) {
    changed.add(due);
    replaces.push(due);
  }
  return { changed, replaces };
}

/** The inputs that would lead to the live state: those given before, and what else is set, such as a foreign tag. */
export function refreshedInputs(type: ResourceType, oldInputs: PropertyBag, live: PropertyBag): PropertyBag {
  const isImport = Object.keys(oldInputs).length === 0;
  const inputs: PropertyBag = {};
  for (const [name, kind] of Object.entries(type.properties)) {
    const before = oldInputs[name];
    const now = live[name];
    if (now === undefined) continue;
    if (before !== undefined) inputs[name] = matches(kind, before, now) ? before : now;
    else if (isImport || (name === "tags" && !isNothing(now))) inputs[name] = now;
  }
  return inputs;
}

function isNothing(value: PropertyBag[string] | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
