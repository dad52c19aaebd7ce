import assert from "node:assert/strict";
import { withDefaults, type OwnOptions } from "../../../src/ioredis/ownOptions.js";
import { timeouts } from "../../../src/ioredis/timeouts.js";

const message = (own: object): string => {
  try {
    withDefaults(own);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};

describe("the options of connect()", () => {
  it("are these where nothing is given, or undefined", () => {
    const all = { ...timeouts, autoResendUnfulfilledCommands: false };
    assert.deepEqual(withDefaults({}), all);
    const nothing = { commandTimeout: undefined, socketTimeout: undefined } as OwnOptions;
    assert.deepEqual(withDefaults(nothing), all);
  });

  it("are the caller's where they are given", () => {
    const own = { commandTimeout: 1, socketTimeout: 2 ** 31 - 1, connectTimeout: 5, maxRetriesPerRequest: null, db: 1 };
    assert.deepEqual(withDefaults(own), { ...timeouts, autoResendUnfulfilledCommands: false, ...own });
  });

  it("are of one of ioredis's own words for the role, or none", () => {
    for (const role of ["master", "slave", undefined]) assert.equal(message({ role }), "");
    for (const [role, got] of [
      ["replica", "a string"],
      [null, "null"],
      [1, "1"],
    ] as const) {
      assert.equal(message({ role }), `connect(): role: got ${got}. Give "master" or "slave", or leave it out.`);
    }
  });

  it("are no limit for a command, and none for its attempts, on a blocking connection", () => {
    const { commandTimeout, maxRetriesPerRequest, socketTimeout } = withDefaults({ blocking: true });
    assert.deepEqual([commandTimeout, maxRetriesPerRequest, socketTimeout], [undefined, null, 2000]);
    assert.equal(withDefaults({ blocking: true, maxRetriesPerRequest: 3 }).maxRetriesPerRequest, 3);
    assert.deepEqual(withDefaults({ blocking: false }).commandTimeout, 400);
  });

  for (const [value, got] of [
    [0, "0"],
    [null, "null"],
    [Infinity, "Infinity"],
    [Number.NaN, "NaN"],
    [-1, "-1"],
    [0.5, "0.5"],
    [2 ** 31, "2147483648"],
    ["400", "a string"],
    [false, "a boolean"],
  ] as const) {
    it(`refuse ${got} for a time, and say what to do for commands that wait`, () => {
      for (const name of ["commandTimeout", "socketTimeout"] as const) {
        assert.equal(
          message({ [name]: value }),
          `connect(): ${name}: got ${got}. Give whole milliseconds from 1 to 2147483647, or leave it out for ` +
            `${timeouts[name]}. For commands that wait at the cache (BLPOP, XREAD with BLOCK) give blocking: true.`,
        );
      }
      assert.equal(
        message({ connectTimeout: value }),
        `connect(): connectTimeout: got ${got}. Give whole milliseconds from 1 to 2147483647, or leave it out for 300.`,
      );
      assert.match(message({ blocking: true, socketTimeout: value }), /socketTimeout: got/);
    });
  }

  it("refuse a limit for commands on a blocking connection, and what is no flag", () => {
    assert.match(message({ blocking: true, commandTimeout: 5000 }), /commandTimeout: got 5000\. Leave it out/);
    assert.equal(message({ blocking: "yes" }), "connect(): blocking: got a string. Give true or false.");
    assert.equal(message({ blocking: true }), "");
  });
});
