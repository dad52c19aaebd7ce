const signals = ["SIGHUP", "SIGINT", "SIGTERM"] as const;

/**
 * Calls `clean` when a signal asks this process to end, and when that is done lets the signal end it; returns a
 * function that calls that off. Where others listen to the signal too, ending is left to them. (The package signal-exit waits
 * for nothing: its listeners have to be done when they return.)
 */
export function onSignal(clean: (signal: NodeJS.Signals) => void | Promise<void>): () => void {
  let cleaning: Promise<void> | undefined;
  // It stays until the end: with it gone, execa's own would end the process at once, and so would a second signal.
  const listener = (signal: NodeJS.Signals): void => {
    cleaning ??= cleanAndEnd(signal);
  };
  const callOff = (): void => {
    for (const signal of signals) process.off(signal, listener);
  };
  const cleanAndEnd = async (signal: NodeJS.Signals): Promise<void> => {
    try {
      await clean(signal);
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
    callOff();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, listener);
  return callOff;
}

/** As {@link onSignal}, and when the process ends by itself, which waits for nothing either. */
export function onEnd(clean: () => void): () => void {
  const callOff = onSignal(() => {
    process.off("exit", clean);
    clean();
  });
  process.once("exit", clean);
  return () => {
    callOff();
    process.off("exit", clean);
  };
}
