import assert from "node:assert/strict";
import { assess } from "../../../src/evidence/assess.js";
import { meets, type AwsCheck } from "../../../src/evidence/check.js";
import type { CacheArguments } from "../../../src/arguments/cacheArguments.js";
import { sampleEvidence } from "../../support/sample.js";

const subnet = "subnet-0123456789abcdef0";
const shows = "each subnet of the cache has the planned routes and no other";

/** Whether a check of a cache with these arguments takes what AWS says of its routes. */
function holds(change: Partial<CacheArguments>, routes: string): boolean {
  const control = assess(sampleEvidence(change)).controls.find(({ id }) => id === "private-subnets");
  const check = control?.checks.find((one) => one.shows === shows) as AwsCheck;
  return meets(check.expect, { exitCode: 0, stdout: `${subnet}: ${routes}` });
}

describe("the check of a cache's routes", () => {
  const outside = { appCidrBlocks: ["10.0.16.0/20", "10.20.0.0/16"], bastionCidrBlocks: ["192.168.0.0/28"] };
  const planned = "0.0.0.0/0 nat-1, 10.20.0.0/16 pcx-0a, 192.168.0.0/28 tgw-0b";

  it("takes one to each network outside of the VPC, by what connects two networks", () => {
    for (const routes of [planned, planned.replace("pcx-0a", "vgw-1")])
      assert.equal(holds(outside, routes), true, routes);
  });

  it("takes no other, and misses what is not there", () => {
    for (const routes of [
      "0.0.0.0/0 nat-1",
      "0.0.0.0/0 nat-1, 10.20.0.0/16 pcx-0a",
      planned.replace("pcx-0a", "eni-0a"),
      planned.replace("pcx-0a", "igw-0a"),
      planned.replace("pcx-0a", "pcx-0a eni-0a"),
      planned.replace("10.20.0.0/16", "10.20.0.0/15"),
      planned.replace("10.20.0.0/16", "10x20.0.0/16"),
      `${planned}, 192.168.1.0/28 tgw-0b`,
      `${planned}, propagated vgw-1`,
    ]) {
      assert.equal(holds(outside, routes), false, routes);
    }
    assert.equal(holds({}, "0.0.0.0/0 nat-1"), true);
    assert.equal(holds({}, planned), false);
  });

  it("is told as the program's own matter", () => {
    const told = (change: Partial<CacheArguments>): string[] =>
      (assess(sampleEvidence(change)).controls.find(({ id }) => id === "private-subnets")?.how ?? []).filter((line) =>
        line.includes("outside of the VPC"),
      );
    assert.deepEqual(told({}), []);
    assert.deepEqual(
      told(outside).map((line) => line.split(" ")[0]),
      ["10.20.0.0/16", "192.168.0.0/28"],
    );
  });
});
