import type { Kind } from "./kinds.js";
import type { PropertyBag } from "./values.js";

/** What an entry is told beside the inputs. */
export interface Call {
  /** The resource's logical name. */
  name: string;
  /** Says that the resource exists from now on: if a later step fails, the engine still knows it and can delete it. */
  created: (id: string) => void;
}

export type Outputs = Readonly<Record<string, unknown>>;

/** One resource type. `Inputs` are the official arguments; only those in `properties` are known. */
export interface Entry<Inputs extends object> {
  properties: { [Name in keyof Inputs]?: Kind };
  required?: readonly (keyof Inputs & string)[];
  defaults?: Partial<Inputs>;
  /** Inputs whose change makes a new resource; a function where that depends on other inputs. */
  replaceOn: "every" | readonly (keyof Inputs & string)[] | ((inputs: Inputs) => readonly (keyof Inputs & string)[]);
  /** The old one must go before the new one can be made. */
  deleteBeforeReplace?: boolean;
  /** The input that gets a name made from the logical name when it is not given. */
  autoname?: { property: keyof Inputs & string; longest: number; prefix?: string };
  secretOutputs?: readonly string[];
  /** Inputs that cannot be read back: the state keeps what was asked for. Each with its reason, please. */
  kept?: readonly (keyof Inputs & string)[];
  /** Replaces the resource although no input changed; returns the output that says why. */
  dueForReplacement?(state: PropertyBag, inputs: Inputs): string | undefined;
  /** Makes it. Without `read` the outputs are final; with it they are read back right after. */
  create(inputs: Inputs, call: Call): Promise<{ id: string; outputs?: Outputs }>;
  /** The live state, or nothing if it is gone. */
  read?(id: string, state: Partial<Inputs>): Promise<Outputs | undefined>;
  /** Changes it in place. Left out where every input replaces. */
  update?(id: string, news: Inputs, olds: Partial<Inputs>, changed: ReadonlySet<string>): Promise<Outputs | undefined>;
  delete?(id: string, state: Partial<Inputs>): Promise<void>;
}

/** An entry as the framework sees it, its inputs checked but not typed. */
export type ResourceType = Entry<PropertyBag> & { properties: Record<string, Kind> };

/** Makes an entry whose inputs are typed. The check by `properties` is what makes the type true. */
export function resourceType<Inputs extends object>(entry: Entry<Inputs>): ResourceType {
  return entry as unknown as ResourceType;
}

/** One function that programs can call. */
export interface FunctionType {
  properties: Record<string, Kind>;
  required?: readonly string[];
  invoke: (args: PropertyBag) => Promise<Outputs>;
}

export interface Plugin {
  name: string;
  /** The official package's version that it stands in for. */
  version: string;
  /** The provider configuration that it knows. */
  configuration: Record<string, Kind>;
  configure?: (configuration: PropertyBag) => void;
  resources: Record<string, ResourceType>;
  functions: Record<string, FunctionType>;
}
