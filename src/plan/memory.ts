import { redisLimits } from "./limits";

/** GiB for each vCPU of the general purpose, compute and memory optimized families, of which the letter names one. */
const gibibytesPerVcpu: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** The fifth generation of these families and later ones: c5n and earlier generations have odd amounts. */
const family = /^(?!c5n\.)([cmr])(?:[5-9]|\d\d)[a-z]*(?:-flex)?\.(.+)$/;

/** T instances have the same amount in each generation since the second. */
const burstable = /^t(?:[2-4][a-z]*)\.(.+)$/;
const burstableGibibytes: Readonly<Record<string, number>> = {
  nano: 0.5,
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
};

const smallSizes: Readonly<Record<string, number>> = { medium: 1, large: 2, xlarge: 4 };

/**
 * The memory of an instance type in GiB, where its name tells it; nothing of others, such as bare metal. The rule holds for each of the
 * types of these families that EC2's DescribeInstanceTypes has, as of 2026-11 (EC2 Instance Types guide, "Specifications").
 */
export function memoryGibibytes(instanceType: string): number | undefined {
  const size = burstable.exec(instanceType)?.[1];
  if (size !== undefined) return burstableGibibytes[size];
  const [, letter = "", sizeOfFamily = ""] = family.exec(instanceType) ?? [];
  const perVcpu = gibibytesPerVcpu[letter];
  const vcpus = smallSizes[sizeOfFamily] ?? 4 * Number(/^(\d+)xlarge$/.exec(sizeOfFamily)?.[1]);
  return perVcpu === undefined || Number.isNaN(vcpus) ? undefined : perVcpu * vcpus;
}

/** A value that is written and read back is there twice, in buffers that have `clientMemoryPercent` of Redis's memory. */
const redisPerValue = (2 * 100) / redisLimits.clientMemoryPercent;

/** The largest value in bytes for which a machine's memory has room, when Redis may use so many percent of it. */
export function largestValueFor(gibibytes: number, memoryPercent: number): number {
  return Math.floor((gibibytes * 1024 ** 3 * memoryPercent) / 100 / redisPerValue);
}
