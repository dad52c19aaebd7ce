/**
 * Node.js keeps the timers of one duration in one list, drops a list when its last timer goes and makes it anew for the
 * next. With one command in flight ioredis has it do so twice for each command, which measures as a tenth of the
 * command's processor time. A timer of the same duration that does nothing keeps the list.
 *
 * Returns what lets them go.
 */
export function keepTimerLists(durationsMs: readonly (number | undefined)[]): () => void {
  const timers = durationsMs
    .filter((duration) => duration !== undefined)
    .map((duration) => setInterval(() => undefined, duration).unref());
  return () => {
    timers.forEach(clearInterval);
  };
}
