import {
  output,
  Output,
  type ComponentResourceOptions,
  type CustomResourceOptions,
  type Input,
  type Inputs,
  type ResourceTransformation,
} from "@pulumi/pulumi";
import { brief } from "./brief";
import { isFree } from "./freeInputs";

/** By `<type>::<name>` of each of a component's resources, the inputs that the component gives it, but for the free ones. */
export type Given = Readonly<Record<string, Readonly<Record<string, Input<unknown>>>>>;

export interface Noting {
  /** The component's options, and what notes. */
  readonly opts: ComponentResourceOptions;
  /** What was noted. Nothing is from now on: what is put into the component later is not its own. */
  readonly done: () => Given;
}

/**
 * Notes what a component gives its resources, before transforms of its user's change it. The policies hold it against what was
 * made (`component-as-given`): the parent of a resource says nothing of what it is like.
 */
export function noteGiven(opts: ComponentResourceOptions = {}): Noting {
  const given: Record<string, Record<string, Input<unknown>>> = {};
  let open = true;
  const note: ResourceTransformation = ({ type, name, props, opts: { ignoreChanges = [] } }) => {
    if (open && !type.startsWith("pulumi-hipaa-redis:")) given[`${type}::${name}`] = held(type, props, ignoreChanges);
    return undefined;
  };
  return {
    // A component's own transformations come first, in their order, and before all `transforms`.
    opts: { ...opts, transformations: [note, ...(opts.transformations ?? [])] },
    done() {
      open = false;
      return given;
    },
  };
}

function held(
  type: string,
  props: Inputs,
  ignored: NonNullable<CustomResourceOptions["ignoreChanges"]>,
): Record<string, Input<unknown>> {
  const names = Object.keys(props).filter((name) => props[name] !== undefined && !isFree(type, name));
  return Object.fromEntries(
    names.map((name) => [
      name,
      // A newer value is not taken, so that what is there may be any: an object without a key asks for nothing.
      ignored.includes(name) ? {} : noted(name, props[name]),
    ]),
  );
}

/** Until everything is registered an output takes ten kilobytes, and most inputs are plain: those need none. */
function noted(name: string, value: Input<unknown>): Input<unknown> {
  if (isPlain(value)) return brief(name, value);
  if (Output.isInstance<unknown>(value)) return value.apply((its) => brief(name, its));
  return output([value]).apply(([its]) => brief(name, its));
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== "object" || value === null) return true;
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}
