/**
 * Which events of keys Redis 7.0 tells to who subscribes (redis.io, "Redis keyspace notifications"): the letters of
 * `notify-keyspace-events`, in the order in which it shows them. `A` stands for all from `g` to `d`.
 */
const everyClass = "g$lshzxetd";
const inOrder = `A${everyClass}nKEm`;

/** The two kinds of channels; without one of them nothing is told. */
const channels = "KE";

/** None. */
export const noKeyspaceEvents = "";

/** Whether Redis tells anything with these letters, and each of them adds to what it tells. */
export function isKeyspaceEvents(letters: string): boolean {
  const given = Array.from(letters);
  const has = (some: string): boolean => given.some((letter) => some.includes(letter));
  return (
    given.every((letter, index) => inOrder.includes(letter) && given.indexOf(letter) === index) &&
    has(channels) &&
    given.some((letter) => !channels.includes(letter)) &&
    !(given.includes("A") && has(everyClass))
  );
}

/** The same events, written in one way. */
export function inRedisOrder(letters: string): string {
  const every = Array.from(everyClass).every((letter) => letters.includes(letter));
  const given = every ? `${letters.replace(new RegExp(`[${everyClass}]`, "g"), "")}A` : letters;
  return Array.from(inOrder)
    .filter((letter) => given.includes(letter))
    .join("");
}

/** How the running Redis shows them: beside `A` it keeps `n` to itself. */
export function asShown(letters: string): string {
  return letters.includes("A") ? letters.replace("n", "") : letters;
}
