/** How many tests passed, failed and were skipped, and what is to be read of those that failed. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  whatFailed: string[];
}

export function noCounts(): Counts {
  return { passed: 0, failed: 0, skipped: 0, whatFailed: [] };
}

export function add(total: Counts, { passed, failed, skipped, whatFailed }: Counts): void {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  total.whatFailed.push(...whatFailed);
}

export function line({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
