import assert from "node:assert/strict";
import { output, secret } from "@pulumi/pulumi";
import { InvalidArgumentsError } from "../../src/arguments/problems.js";
import { HipaaNetwork } from "../../src/hipaaNetwork.js";
import { HipaaRedisCache } from "../../src/hipaaRedisCache.js";
import { HipaaRedisClient } from "../../src/hipaaRedisClient.js";
import { leaves, withLeaf, type Leaves } from "../unit/arguments/argumentLeaves.js";
import { laterRefusals } from "./laterRefusals.js";
import { register } from "./mocks.js";

/** Of two ways to give a role, one is taken. */
const besides = ["appPolicies.web"];

for (const [make, { base, sound }] of [
  [HipaaNetwork, leaves.NetworkArguments],
  [HipaaRedisCache, leaves.CacheArguments],
  [HipaaRedisClient, leaves.ClientArguments],
] as const) {
  const Make = make as new (name: string, args: object) => unknown;
  const refused = async (args: object): Promise<string[]> => {
    const reasons = await laterRefusals(() =>
      register(() => {
        new Make("one", args);
      }),
    );
    return reasons.map((reason) => {
      assert.ok(reason instanceof InvalidArgumentsError, String(reason));
      return reason.message;
    });
  };

  describe(`${make.name}, given outputs`, () => {
    it("takes sound ones: the control case", async () => {
      const args = Object.entries(sound)
        .filter(([path]) => !besides.includes(path))
        .reduce<Leaves["base"]>((given, [path, value]) => withLeaf(given, path, output(value)), base);
      assert.deepEqual(await refused(args), []);
    });

    for (const path of Object.keys(sound)) {
      it(`refuses ${path} by its name when it turns out to be nothing, once`, async () => {
        const [message = "", ...more] = await refused(withLeaf(base, path, output(undefined)));
        assert.deepEqual(more, []);
        assert.match(message, new RegExp(`^${make.name} "one": 1 argument problem:\n  \\* `));
        assert.ok(message.includes(`\n  * ${path}: got an output of nothing, such as one that another stack`), message);
      });
    }

    it("does not show a secret that it refuses", async () => {
      const [path = ""] = Object.keys(sound);
      const [message = ""] = await refused(withLeaf(base, path, secret("swordfish\n")));
      assert.match(message, /: got a secret value\. /);
      assert.doesNotMatch(message, /swordfish/);
    });
  });
}
