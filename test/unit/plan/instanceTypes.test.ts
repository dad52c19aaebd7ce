import assert from "node:assert/strict";
import { InstanceType } from "@pulumi/aws/types/enums/ec2/index.js";
import { architectureOf } from "../../../src/plan/image.js";
import { largestValueFor, memoryGibibytes } from "../../../src/plan/memory.js";
import { runsMacOsAlone } from "../../../src/plan/tenancy.js";
import { lines, problemsWith } from "../arguments/lines.js";

/** All that AWS's provider knows, with what the API itself answers (DescribeInstanceTypes) beside it. */
const types = Object.values(InstanceType);
const families = [...new Set(types.map((type) => type.split(".")[0] ?? ""))];
const told = (change: object): string[] => lines(problemsWith(change));

describe("instance types", () => {
  it("are arm64 where the processor is Graviton or Grace, and no other", () => {
    const arm64 =
      "a1 c6g c6gd c6gn c7g c7gd c7gn c8g c8gb c8gd c8gn c9g c9gd g5g hpc7g i4g i8g i8ge im4gn is4gen m6g m6gd m7g m7gd m8g m8gb m8gd " +
      "m8gn m9g m9gd p6e-gb200 r6g r6gd r7g r7gd r8g r8gb r8gd r8gn t4g x2gd x8g";
    assert.ok(families.length > 150);
    assert.deepEqual(
      families.filter((family) => architectureOf(`${family}.large`) === "arm64").sort(),
      arm64.split(" "),
    );
    assert.equal(architectureOf("p6e-gb300.36xlarge"), "arm64");
  });

  it("are refused where they run macOS alone, whatever the tenancy and the image", () => {
    const mac = types.filter((type) => type.startsWith("mac"));
    assert.ok(mac.length >= 9);
    for (const instanceType of mac) {
      for (const change of [{}, { allowSharedTenancy: true }, { imageId: "ami-1" }]) {
        assert.deepEqual(told({ instanceType, ...change }), [
          `instanceType: got "${instanceType}". Mac instances run macOS alone, on Dedicated Hosts: give another type, such as "m6i.large" or ` +
            '"m7g.large".',
        ]);
      }
    }
    assert.deepEqual(types.filter(runsMacOsAlone), mac);
    for (const instanceType of ["m7g.metal", "p6e-gb200.36xlarge", "m6i.large"])
      assert.deepEqual(told({ instanceType }), []);
  });

  it("have the memory that their names tell, in the families that keep to it", () => {
    for (const [type, gibibytes] of Object.entries({
      "m6i.large": 8,
      "m7g.medium": 4,
      "m5zn.12xlarge": 192,
      "m7i-flex.xlarge": 16,
      "c6gn.medium": 2,
      "c5.18xlarge": 144,
      "c8g.48xlarge": 384,
      "r6i.32xlarge": 1024,
      "r8i.96xlarge": 3072,
      "t3.nano": 0.5,
      "t4g.2xlarge": 32,
    })) {
      assert.equal(memoryGibibytes(type), gibibytes, type);
    }
    for (const type of [
      "m6i.metal",
      "c5n.large",
      "m4.large",
      "r4.large",
      "x2gd.large",
      "m6i.xxlarge",
      "m1.small",
      "mac1.metal",
      "t1.micro",
    ])
      assert.equal(memoryGibibytes(type), undefined, type);
  });
});

describe("the largest value", () => {
  it("is one for which the buffers of the instance type have room", () => {
    for (const [gibibytes, percent] of [
      [8, 50],
      [64, 10],
    ] as const) {
      const most = largestValueFor(gibibytes, percent);
      assert.ok(
        20 * most <= (gibibytes * 1024 ** 3 * percent) / 100 &&
          20 * (most + 1) > (gibibytes * 1024 ** 3 * percent) / 100,
      );
    }
    const most = largestValueFor(8, 50);
    assert.equal(most, 214_748_364);
    assert.deepEqual(told({ maxValueBytes: most }), []);
    assert.deepEqual(told({ maxValueBytes: most + 1 }), [
      "maxValueBytes: got 214748365 with 50 percent of the 8 GiB of m6i.large. Redis's memory has to be twenty times the largest value: give " +
        "at most 214748364, or an instanceType with more memory, or a larger maxMemoryPercent.",
    ]);
  });

  it("is larger with more memory, or with more of it", () => {
    const largest = { maxValueBytes: 536_870_912 };
    for (const change of [
      { instanceType: "m6i.large" },
      { instanceType: "m6i.xlarge" },
      { instanceType: "r6i.xlarge", maxMemoryPercent: 30 },
    ])
      assert.deepEqual(
        problemsWith({ ...largest, ...change }).map(({ path }) => path),
        ["maxValueBytes"],
      );
    for (const change of [
      { instanceType: "m6i.2xlarge" },
      { instanceType: "r6i.xlarge" },
      { instanceType: "c6g.4xlarge", maxMemoryPercent: 32 },
    ])
      assert.deepEqual(told({ ...largest, ...change }), []);
  });

  it("is judged by default as well, and not where nobody knows the memory", () => {
    const small = { instanceType: "t3.micro", allowSharedTenancy: true };
    assert.match(
      told(small).join(),
      /^maxValueBytes: got 33554432, the default, with 50 percent of the 1 GiB of t3.micro\. /,
    );
    assert.deepEqual(told({ ...small, maxValueBytes: 16_777_216 }), []);
    for (const instanceType of ["x2gd.large", "m6i.metal", "z1d.large"])
      assert.deepEqual(told({ instanceType, maxValueBytes: 536_870_912 }), []);
  });
});
