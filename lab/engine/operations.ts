import type {
  DestroyOptions,
  EngineEvent,
  OpMap,
  RefreshOptions,
  Stack,
  UpOptions,
} from "@pulumi/pulumi/automation/index.js";

/**
 * `pulumi up`; returns how many resources the engine says that it made, changed, left and so on. What the stack's outputs
 * are, `stack.outputs()` tells.
 */
export function up(stack: Stack, options: UpOptions = {}): Promise<OpMap> {
  return counted(options, (counting) => withoutQuestions(stack).up(counting));
}

/** `pulumi refresh`; returns how many resources it found as they were, changed, or gone. */
export function refresh(stack: Stack, options: RefreshOptions = {}): Promise<OpMap> {
  return counted(options, (counting) => withoutQuestions(stack).refresh(counting));
}

/** `pulumi destroy`; returns how many resources it deleted. */
export function destroy(stack: Stack, options: DestroyOptions = {}): Promise<OpMap> {
  return counted(options, (counting) => withoutQuestions(stack).destroy(counting));
}

async function counted<Options extends { onEvent?: (event: EngineEvent) => void }>(
  options: Options,
  operation: (options: Options) => Promise<unknown>,
): Promise<OpMap> {
  let counts: OpMap | undefined;
  const onEvent = (event: EngineEvent): void => {
    counts = event.summaryEvent?.resourceChanges ?? counts;
    options.onEvent?.(event);
  };
  await operation({ ...options, onEvent });
  if (counts === undefined) throw new Error("The engine ended without a summary of what it did.");
  return counts;
}

/**
 * After each operation the Automation API starts the CLI up to three times more: for the outputs with and without their
 * secrets, and for the history. Together they cost more CPU than an update of a cache that changes little.
 */
function withoutQuestions(stack: Stack): Stack {
  const nothing = {
    outputs: { value: () => Promise.resolve({}) },
    info: { value: () => Promise.resolve(undefined) },
  };
  return Object.create(stack, nothing) as Stack;
}
