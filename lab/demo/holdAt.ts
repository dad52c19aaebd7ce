/**
 * Holds the demo at a place until a signal ends it, if `DEMO_HOLD_AT` names the place: tests interrupt it there, however
 * fast or slow the machine is.
 */
export async function holdAt(place: string, say: (line: string) => void): Promise<void> {
  if (process.env.DEMO_HOLD_AT !== place) return;
  say(`held: ${place}`);
  await hold();
}

/** Holds this process until a signal ends it: a promise alone keeps none alive. */
export async function hold(): Promise<never> {
  return new Promise(() => setInterval(() => undefined, 60_000));
}
