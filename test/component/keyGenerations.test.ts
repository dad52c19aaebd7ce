import assert from "node:assert/strict";
import type { HipaaRedisCacheArgs } from "../../src/args.js";
import type { Registered } from "./mocks.js";
import { quickstart, theQuickstart } from "./programs.js";
import { ofCache } from "./specification.js";

/** The private key of each host, as its secret has it. */
function keysOfHosts(resources: readonly Registered[]): Record<string, unknown> {
  const versions = Object.entries(ofCache(resources, /:SecretVersion$/));
  return Object.fromEntries(
    versions.map(([name, version]) => {
      const { secretString } = version as { secretString: { secret: { privateKey: unknown } } };
      return [name, secretString.secret.privateKey];
    }),
  );
}

/** All keys and passwords that Pulumi's state holds, those that are announced ahead among them. */
function inState(resources: readonly Registered[]): string[] {
  return Object.keys(ofCache(resources, /:(PrivateKey|RandomPassword)$/));
}

type Change = Partial<HipaaRedisCacheArgs<"web">>;

describe("the keys of hosts, against mocks", () => {
  let original: readonly Registered[];
  const resourcesWith = async (change: Change): Promise<readonly Registered[]> => (await quickstart(change)).resources;
  before(async () => {
    original = (await theQuickstart()).resources;
  });

  for (const [what, rotation] of [
    ["the authority is", { authority: 2 }],
    ["the keys are", { keys: 2 }],
    ["both are", { authority: 2, keys: 2 }],
  ] as const) {
    it(`are all others when ${what} raised`, async () => {
      const [was, is] = [keysOfHosts(original), keysOfHosts(await resourcesWith({ rotation }))];
      assert.deepEqual(Object.keys(is), Object.keys(was));
      assert.equal(Object.keys(is).length, 2);
      for (const [host, key] of Object.entries(is)) assert.ok(!Object.values(was).includes(key), host);
    });
  }

  it("stay when certificates are renewed, passwords raised or authorities retired", async () => {
    for (const change of [
      { certificates: { validityHours: 2161 } },
      { rotation: { passwords: 2, retiredPasswords: 1 } },
      { rotation: { authority: 1, retiredAuthority: 0, keys: 1 } },
    ] satisfies Change[]) {
      assert.deepEqual(keysOfHosts(await resourcesWith(change)), keysOfHosts(original));
    }
  });

  it("leave nothing of a state that has leaked in use, nor accepted, after two generations at once", async () => {
    const held = inState(original);
    assert.ok(held.length > 5);
    const rotation = { authority: 3, retiredAuthority: 2, passwords: 3, retiredPasswords: 2 };
    const recovered = inState(await resourcesWith({ rotation }));
    assert.equal(recovered.length, held.length);
    assert.deepEqual(
      recovered.filter((name) => held.includes(name)),
      [],
    );
  });

  it("leave something of it when only one generation is raised: the control case", async () => {
    const held = inState(original);
    const rotation = { authority: 2, retiredAuthority: 1, passwords: 2, retiredPasswords: 1 };
    const kept = inState(await resourcesWith({ rotation })).filter((name) => held.includes(name));
    assert.deepEqual(kept, ["PrivateKey sessions-ca-2", "RandomPassword sessions-client-web-2"]);
  });
});
