import assert from "node:assert/strict";
import { unusedBastionsWarning } from "../../../src/plan/unusedBastions.js";
import { sampleArguments } from "../../support/sample.js";

describe("bastion hosts that nobody may sign in from", () => {
  const none = { bastionCidrBlocks: [], bastionSecurityGroupIds: {} };
  const networks = { bastionCidrBlocks: ["10.0.0.0/28"] };
  const groups = { bastionSecurityGroupIds: { office: "sg-1" } };
  const told = (change: object): string | undefined =>
    unusedBastionsWarning({ ...sampleArguments, ...none, ...change });

  for (const [named, change] of [
    ["bastionCidrBlocks", networks],
    ["bastionSecurityGroupIds", groups],
    ["bastionCidrBlocks and bastionSecurityGroupIds", { ...networks, ...groups }],
  ] as const) {
    it(`are warned of by ${named}, and not where there are operators`, () => {
      assert.equal(
        told({ ...change, operators: [] }),
        `${named}: without effect, since operators is empty. Nothing listens on port 22, nobody can sign in, and so nobody can run ` +
          "`verify` on the hosts. Name the operators, or leave this out.",
      );
      assert.equal(told(change), undefined);
    });
  }

  it("are not warned of where there are none", () => {
    assert.equal(told({ operators: [] }), undefined);
  });
});
