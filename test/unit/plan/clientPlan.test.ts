import assert from "node:assert/strict";
import { clientProblems } from "../../../src/plan/clientPlan.js";

describe("where an app host may connect to over HTTPS", () => {
  const paths = (httpsEgressCidrBlocks?: string[]): string[] =>
    clientProblems("web", { appUser: "web", ...(httpsEgressCidrBlocks && { httpsEgressCidrBlocks }) }).map(
      ({ path }) => path,
    );

  it("may be anywhere, and networks that share no address", () => {
    for (const allowed of [undefined, ["0.0.0.0/0"], ["10.9.0.0/16", "10.10.0.0/16"]]) {
      assert.deepEqual(paths(allowed), []);
    }
  });

  it("may not be nowhere, the same network twice, one within another, or no network", () => {
    assert.deepEqual(paths([]), ["httpsEgressCidrBlocks"]);
    for (const second of ["10.9.0.0/16", "10.9.1.0/24", "10.9.0.1/16"]) {
      assert.deepEqual(paths(["10.9.0.0/16", second]), ["httpsEgressCidrBlocks[1]"]);
    }
  });
});
