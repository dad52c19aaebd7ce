import assert from "node:assert/strict";
import { Region } from "@pulumi/aws/types/enums/index.js";
import { cacheProblems } from "../../../src/arguments/cacheProblems.js";
import { networkProblems } from "../../../src/arguments/networkProblems.js";
import { isRegion } from "../../../src/plan/region.js";
import { sampleArguments } from "../../support/sample.js";
import { lines } from "./lines.js";

/** What is told of zones, given to each component in turn: by which arguments, and the rest of each line. */
function told(zones: readonly string[], ofProvider?: string): string[] {
  const subnets = zones.map((availabilityZone, index) => ({
    availabilityZone,
    cidrBlock: `10.0.0.${96 + 16 * index}/28`,
    natGatewayId: "nat-1",
  }));
  const cache = cacheProblems("sessions", { ...sampleArguments, subnets, imageId: "ami-1" }, ofProvider);
  const network = networkProblems("clinic", { cidrBlock: "10.0.0.0/16", availabilityZones: zones }, ofProvider);
  const ofCache = lines(cache).map((line) => line.replace(/subnets\[(\d+)\]\.availabilityZone/g, "zone $1"));
  const ofNetwork = lines(network).map((line) => line.replace(/availabilityZones\[(\d+)\]/g, "zone $1"));
  assert.deepEqual(ofCache, ofNetwork);
  return ofCache;
}

const none = (region: string): string =>
  `AWS has no region ${region}, as of 2026-11: name zones of one that there is. If it is newer, set aws:region to it.`;

describe("regions", () => {
  it("are those that AWS's provider knows", () => {
    for (const region of Object.values(Region)) {
      assert.ok(isRegion(region), region);
      assert.deepEqual(told([`${region}a`]), []);
    }
  });

  for (const zone of ["us-east-9a", "eu-moon-1a", "us-east-3-bos-1a", "ap-west-1c", "zz-north-1a"]) {
    it(`that there are not are refused: ${zone}`, () => {
      const region = /^[a-z]+-[a-z]+-\d/.exec(zone)?.[0] ?? "";
      assert.deepEqual(told([zone]), [`zone 0: got "${zone}". ${none(region)}`]);
      assert.deepEqual(told([zone], "us-east-1"), [`zone 0: got "${zone}". ${none(region)}`]);
      // The way out, for a region that is newer than this table.
      assert.deepEqual(told([zone], region), []);
    });
  }

  it("are the provider's, where it is known", () => {
    const [zones, local] = [["us-east-1a", "us-east-1b"], "us-east-1-bos-1a"];
    const where = (region: string): string =>
      "The provider's region is eu-west-1: name zones of it, or set aws:region, or the region of the component's own provider, to " +
      `${region}.`;
    assert.deepEqual(told(zones, "eu-west-1"), [
      `zone 0: got "us-east-1a". ${where("us-east-1")}`,
      `zone 1: got "us-east-1b". ${where("us-east-1")}`,
    ]);
    assert.deepEqual(told([local], "eu-west-1"), [`zone 0: got "${local}". ${where("us-east-1")}`]);
    assert.deepEqual(told(["eu-west-1a", "us-east-1b"], "eu-west-1"), [
      `zone 1: got "us-east-1b". ${where("us-east-1")}`,
    ]);
    assert.deepEqual(told(zones, "us-east-1"), []);
    assert.deepEqual(told([local], "us-east-1"), []);
  });

  it("are one, whether or not the provider's is known", () => {
    assert.deepEqual(told(["us-east-1a", "us-east-2a", "us-east-1b"]), [
      'zone 1: got "us-east-2a". A VPC is in one region, and zone 0 is in us-east-1.',
    ]);
    assert.deepEqual(told(["us-east-1a", "us-east-9a"]), [`zone 1: got "us-east-9a". ${none("us-east-9")}`]);
  });
});
