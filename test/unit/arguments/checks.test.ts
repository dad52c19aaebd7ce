import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { flag, list, once } from "../../../src/arguments/check.js";
import { idOf, isLater, tags } from "../../../src/arguments/leaves.js";
import { clientProblems } from "../../../src/arguments/clientProblems.js";
import { sampleConnection } from "../../support/sample.js";
import { lines, problemsWith } from "./lines.js";

describe("flags", () => {
  it("are true, false or left out, and nothing else", () => {
    for (const sound of [true, false, undefined]) assert.deepEqual(flag("allow", sound), []);
    for (const bad of ["true", 1, null]) {
      assert.deepEqual(lines(flag("allow", bad)), [`allow: got ${JSON.stringify(bad)}. Give true or false.`]);
    }
  });
});

describe("ids of AWS resources", () => {
  for (const prefix of ["ami", "nat", "sg", "vpc"] as const) {
    it(`of kind ${prefix} are 1 to 17 hexadecimal digits, or known later`, () => {
      const check = idOf(prefix);
      const later = [output("x"), Promise.resolve("x")];
      for (const sound of [`${prefix}-1`, `${prefix}-0123456789abcdef0`, ...later]) {
        assert.deepEqual(check("path", sound), []);
      }
      const allowed = `Give an id such as "${prefix}-0123456789abcdef0".`;
      for (const bad of ["", prefix, `${prefix}-`, `${prefix}-g`, `x${prefix}-1`, `${prefix}-1 `, "eni-1", 5]) {
        assert.deepEqual(lines(check("path", bad)), [`path: got ${JSON.stringify(bad)}. ${allowed}`]);
      }
      assert.deepEqual(lines(check("path", undefined)), [`path: got nothing. ${allowed}`]);
      assert.deepEqual(lines(check("path", { id: `${prefix}-1` })), [`path: got an object. ${allowed}`]);
      assert.equal(check("path", `${prefix}-0123456789abcdef01`).length, 1);
    });
  }

  it("are given once in a list of security groups", () => {
    for (const name of ["appSecurityGroupIds", "bastionSecurityGroupIds"]) {
      assert.deepEqual(lines(problemsWith({ [name]: ["sg-1", "sg-2", "sg-1"] })), [
        `${name}[2]: got "sg-1". It is already at ${name}[0]: give each only once.`,
      ]);
    }
  });
});

describe("values that are given twice", () => {
  it("are refused at each later place, which names the first", () => {
    assert.deepEqual(lines(once()("clients", ["web", "jobs", "web", "web"])), [
      'clients[2]: got "web". It is already at clients[0]: give each only once.',
      'clients[3]: got "web". It is already at clients[0]: give each only once.',
    ]);
    assert.deepEqual(once()("clients", ["a", "b", "c", "d"]), []);
  });

  it("are nothing to say where they are no texts", () => {
    const one = output("sg-1");
    assert.deepEqual(once()("list", [one, one]), []);
  });

  it("are looked at where each is sound by itself", () => {
    const check = list(idOf("sg"), once());
    assert.deepEqual(
      check("list", ["x", "x"]).map(({ path }) => path),
      ["list[0]", "list[1]"],
    );
  });
});

describe("what is known later", () => {
  it("is an output or a promise, and no other object", () => {
    assert.deepEqual([output(1), Promise.resolve(1)].map(isLater), [true, true]);
    assert.deepEqual([{}, [], null, undefined, "x", () => 1, { apply: 1 }].map(isLater), Array(7).fill(false));
  });
});

describe("tags", () => {
  it("are texts, or texts that are known later", () => {
    for (const sound of [undefined, {}, { Owner: "clinic" }, { Owner: output("clinic") }]) {
      assert.deepEqual(tags("tags", sound), []);
      assert.deepEqual(problemsWith({ tags: sound }), []);
    }
  });

  it("are nothing else, and no value is shown", () => {
    assert.deepEqual(lines(tags("tags", { Owner: "clinic", CostCenter: 4712, Live: true, None: null })), [
      "tags.CostCenter: got a number. A tag's value is a string: put it in quotes.",
      "tags.Live: got a boolean. A tag's value is a string: put it in quotes.",
      "tags.None: got null. A tag's value is a string: put it in quotes.",
    ]);
    for (const [bad, kind] of [
      ["Owner=clinic", "a string"],
      [["Owner"], "a list"],
    ] as const) {
      assert.deepEqual(lines(tags("tags", bad)), [`tags: got ${kind}. Give an object whose values are strings.`]);
    }
  });
});

describe("the connection of a client", () => {
  const paths = (connection: unknown): string[] =>
    clientProblems("web", { connection, appUser: "web" }).map(({ path }) => path);

  it("is looked at before anything is registered, but where it is known later", () => {
    assert.deepEqual(paths(undefined), ["connection"]);
    assert.deepEqual(paths({ ...sampleConnection, schemaVersion: 2 }), ["connection.schemaVersion"]);
    assert.deepEqual([...paths(sampleConnection), ...paths(output(sampleConnection))], []);
  });

  it("is told with those that there are, where none is given", () => {
    const told = (connection: unknown, existing: readonly string[]): string =>
      lines(clientProblems("web", { connection, appUser: "web" }, existing)).join();
    assert.match(told(undefined, ["connections.web"]), /not export\. This program has connections\.web\.$/);
    assert.doesNotMatch(told(undefined, []), /This program/);
    assert.doesNotMatch(told("web", ["connections.web"]), /This program/);
  });
});
