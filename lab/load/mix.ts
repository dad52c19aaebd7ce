/** How many keys the application has. */
export const keys = 10_000;

const smallest = 200;
const largest = 8192;
const readShare = 0.8;
const text = "Synthetic record. ".repeat(Math.ceil(largest / 18));

export function keyName(key: number): string {
  return `visit:${key}`;
}

/** A key's value: 200 bytes to 8 KiB, each doubling of size as frequent as the next. */
export function valueOf(key: number): string {
  const share = ((key * 7919) % keys) / (keys - 1);
  return text.slice(0, Math.round(smallest * (largest / smallest) ** share));
}

/** What the application asks for next: four reads for each write, keys by Zipf's law with exponent 0.99 as in YCSB. */
export function newMix(seed: number): () => { key: number; reads: boolean } {
  const random = mulberry32(seed);
  return () => ({ key: zipf(random()), reads: random() < readShare });
}

const shares = cumulativeShares(0.99);

function cumulativeShares(exponent: number): Float64Array {
  const sums = new Float64Array(keys);
  let sum = 0;
  for (let rank = 0; rank < keys; rank += 1) sums[rank] = sum += (rank + 1) ** -exponent;
  return sums.map((part) => part / sum);
}

/** The first rank whose cumulative share reaches the number, by bisection. */
function zipf(share: number): number {
  let [low, high] = [0, keys - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((shares[middle] ?? 1) < share) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A small generator of random numbers that gives every route the same mix (Tommy Ettinger, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
