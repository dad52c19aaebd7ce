import {
  output,
  type ComponentResourceOptions,
  type Input,
  type Inputs,
  type Output,
  type ResourceTransformation,
} from "@pulumi/pulumi";
import { brief } from "./brief";
import { guardedInputs, guardedWhenGiven } from "./guardedInputs";

/** By `<type>::<name>` of each of a component's resources, the guarded inputs that the component gives it. */
export type Given = Readonly<Record<string, Readonly<Record<string, Output<unknown>>>>>;

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
  const given: Record<string, Record<string, Output<unknown>>> = {};
  let open = true;
  const note: ResourceTransformation = ({ type, name, props }) => {
    if (open && !type.startsWith("pulumi-hipaa-redis:")) given[`${type}::${name}`] = guarded(type, props);
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

function guarded(type: string, props: Inputs): Record<string, Output<unknown>> {
  const all = [...(guardedInputs[type] ?? []), ...(guardedWhenGiven[type] ?? [])];
  const names = all.filter((name) => props[name] !== undefined);
  return Object.fromEntries(
    names.map((name) => [name, output([props[name] as Input<unknown>]).apply(([value]) => brief(value))]),
  );
}
