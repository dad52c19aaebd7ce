/**
 * Holds the demo at a place until a signal ends it, if `DEMO_HOLD_AT` names the place: tests interrupt it there, however
 * fast or slow the machine is.
 */
export async function holdAt(place: string, say: (line: string) => void): Promise<void> {
  if (process.env.DEMO_HOLD_AT !== place) return;
  say(`held: ${place}`);
  // A promise alone keeps no process alive.
  await new Promise(() => setInterval(() => undefined, 60_000));
}
