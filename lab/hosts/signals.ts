const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Cleans up when the process is asked to end, and then lets it end. Where the program has handlers of its own for the
 * signal, ending is left to them.
 */
export function onSignals(cleanUp: () => Promise<void>): { dispose(): void } {
  const handlers = signals.map((signal) => {
    const handler = () => {
      dispose();
      cleanUp().then(
        () => {
          if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
        },
        (error: unknown) => {
          console.error(`The test hosts could not be removed: ${String(error)}`);
          process.exitCode = 1;
        },
      );
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  const dispose = () => {
    for (const remove of handlers) remove();
  };
  return { dispose };
}
