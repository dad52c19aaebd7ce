const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Cleans up when the process is asked to end, and then lets it end. Where the program has handlers of its own for the
 * signal, ending is left to them.
 */
export function onSignals(cleanUp: () => Promise<void>): { dispose(): void } {
  const handlers = signals.map((signal) => {
    const handler = () => {
      // The handler stays until the end: with it gone, execa's own would end the process at once.
      const end = (failure?: Error) => {
        dispose();
        if (failure !== undefined) console.error(failure.message);
        if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
      };
      cleanUp().then(() => {
        end();
      }, end);
    };
    process.on(signal, handler);
    return () => process.off(signal, handler);
  });
  const dispose = () => {
    for (const remove of handlers) remove();
  };
  return { dispose };
}
