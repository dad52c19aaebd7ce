/**
 * mocha's process ends once nothing is left that it waits for. Twice it did not, with all tests passed: nothing was left but the standard
 * streams, and Node.js counted a timer that was no more. Whatever it is that is left is told, and no longer waited for.
 */
export function endAtLast(waitSeconds = 120): void {
  setTimeout(() => {
    const left = process.getActiveResourcesInfo().join(", ");
    console.error(
      `${waitSeconds} s after the last test this process had not ended. What is left: ${left}. It is ended.`,
    );
    process.exit();
  }, waitSeconds * 1000).unref();
}
