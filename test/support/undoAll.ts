/**
 * Undoes what was done, the last thing first; each, even where another could not be undone.
 *
 * @throws AggregateError with all that could not be undone.
 */
export async function undoAll(undo: readonly (() => unknown)[], title: string): Promise<void> {
  const failures: unknown[] = [];
  for (const one of [...undo].reverse()) {
    try {
      await one();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${title}: ${failures.map(String).join("; ")}`);
}
