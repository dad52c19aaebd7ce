const signals = ["SIGHUP", "SIGINT", "SIGTERM"] as const;

/**
 * Calls `clean` when this process ends, be it by itself or by a signal; returns a function that calls that off. Where
 * nobody else listens to the signal, it then ends the process as it would have done.
 */
export function onEnd(clean: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    callOff();
    clean();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const callOff = (): void => {
    process.removeListener("exit", clean);
    for (const signal of signals) process.removeListener(signal, onSignal);
  };
  process.once("exit", clean);
  for (const signal of signals) process.on(signal, onSignal);
  return callOff;
}
