import assert from "node:assert/strict";
import { CustomResource } from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { refresh, up } from "../../lab/engine/operations.js";
import { changes, exportedState, sharedStack } from "./support.js";

class Raw extends CustomResource {}

const password = (keeper: string) => () => {
  const made = new random.RandomPassword("password", {
    length: 64,
    special: false,
    minNumeric: 3,
    keepers: { keeper },
  });
  const id = new random.RandomId("id", { byteLength: 4, prefix: "x-" });
  const text = new random.RandomString("text", { length: 12, overrideSpecial: "_", minSpecial: 2 });
  return Promise.resolve({ password: made.result, hash: made.bcryptHash, hex: id.hex, text: text.result });
};

describe("plugin random", () => {
  const stack = sharedStack("random", password("one"));

  it("makes secrets that stay the same until a keeper changes", async () => {
    await up(stack());
    const first = await stack().outputs();
    assert.match(String(first.password?.value), /^[A-Za-z0-9]{64}$/);
    assert.match(String(first.hash?.value), /^\$2[aby]\$10\$/);
    assert.match(String(first.hex?.value), /^x-[0-9a-f]{8}$/);
    assert.match(String(first.text?.value), /^[A-Za-z0-9_]{12}$/);
    assert.equal(first.password?.secret, true);
    assert.equal(first.hash?.secret, true);
    assert.equal(first.text?.secret, false);
    const state = await exportedState(stack());
    assert.ok(state.includes("random:index/randomPassword:RandomPassword"));
    assert.ok(!state.includes(String(first.password.value)), "the exported state has the password in clear");

    assert.deepEqual(changes(await up(stack())), {});
    assert.equal((await stack().outputs()).password?.value, first.password.value);
    assert.deepEqual(changes(await refresh(stack())), {});

    assert.deepEqual(changes(await up(stack(), { program: password("two") })), { replace: 1 });
    assert.notEqual((await stack().outputs()).password?.value, first.password.value);
  });

  it("refuses an input that it does not know", async () => {
    const program = () => {
      // The class of the SDK would drop it before the plugin could see it.
      new Raw("random:index/randomPassword:RandomPassword", "bad", { length: 8, lenght: 9 });
      return Promise.resolve();
    };
    await assert.rejects(up(stack(), { program }), /unknown property.*lenght|lenght.*unknown property/s);
  });
});
