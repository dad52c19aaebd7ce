import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { flag, list, once } from "../../../src/arguments/check.js";
import { idOf, isLater } from "../../../src/arguments/leaves.js";
import { tags } from "../../../src/arguments/tags.js";
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

  for (const name of ["appSecurityGroupIds", "bastionSecurityGroupIds"]) {
    it(`of ${name} have a name each, and are given once`, () => {
      const told = (value: unknown): string[] => lines(problemsWith({ [name]: value }));
      const later = output("sg-1");
      assert.deepEqual(told({ web: "sg-1", jobs: "sg-2" }), []);
      assert.deepEqual(told({ web: later, jobs: later }), []);
      assert.deepEqual(told({ web: "sg-1", jobs: "sg-2", api: "sg-1" }), [
        `${name}.api: got "sg-1". It is already at ${name}.web: give each only once.`,
      ]);
      assert.deepEqual(told({ Web: "sg-1" }), [
        `${name}, a name: got "Web". Give it a name of 1 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last.`,
      ]);
      assert.deepEqual(told({}), [`${name}: got an empty object. Give at least one.`]);
      assert.deepEqual(told(["sg-1"]), [`${name}: got a list. Give an object with a name for each.`]);
      assert.deepEqual(told("sg-1"), [`${name}: got "sg-1". Give an object with a name for each.`]);
      assert.equal(told(later).length, 1);
    });
  }
});

describe("values that are given twice", () => {
  it("are refused at each later place, which names the first", () => {
    assert.deepEqual(lines(once()("clients", ["web", "jobs", "web", "web"])), [
      'clients[2]: got "web". It is already at clients[0]: give each only once.',
      'clients[3]: got "web". It is already at clients[0]: give each only once.',
    ]);
    assert.deepEqual(once()("clients", ["a", "b", "c", "d"]), []);
  });

  it("are not looked for among values that are known later", () => {
    const one = output("sg-1");
    assert.deepEqual(once()("list", [one, one]), []);
  });

  it("are looked for only where each value is valid by itself", () => {
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
  it("may have values that are strings, or strings that are known later", () => {
    for (const sound of [undefined, {}, { Owner: "clinic" }, { Owner: output("clinic") }]) {
      assert.deepEqual(tags("tags", sound), []);
      assert.deepEqual(problemsWith({ tags: sound }), []);
    }
  });

  it("are refused where AWS would refuse them (it allows fifty, Name among them); the error shows no name or value", () => {
    const many = (count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, ""]));
    assert.deepEqual(tags("tags", many(49)), []);
    assert.deepEqual(lines(tags("tags", many(50))), [
      "tags: got 50 tags. Give at most 49: AWS allows 50, and Name is one.",
    ]);
    const sound = ["a".repeat(128), "Kostenstelle für Ärzte", "a.b:c/d=e+f-g@h_1", "AWS"];
    assert.deepEqual(tags("tags", Object.fromEntries(sound.map((name) => [name, "a".repeat(256)]))), []);
    for (const bad of ["", "a".repeat(129), "aws:x", "AWS:x", "a;b", "a\nb", "a{b"]) {
      assert.deepEqual(lines(tags("tags", { Owner: "x", [bad]: "x" })), [
        "tags: got another name as number 2. A tag's name has 1 to 128 letters, digits, spaces and _ . : / = + - @, and does not begin with aws: (these are AWS's own).",
      ]);
    }
    for (const bad of ["a".repeat(257), "a;b", "a\nb", "<a>"]) {
      assert.deepEqual(lines(tags("tags", { Owner: bad })), [
        "tags.Owner: got another string. A tag's value has at most 256 letters, digits, spaces and _ . : / = + - @.",
      ]);
    }
  });

  it("are refused where a value is no string; the error shows no value", () => {
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

  it("is checked before anything is registered, unless it is known later", () => {
    assert.deepEqual(paths(undefined), ["connection"]);
    assert.deepEqual(paths({ ...sampleConnection, schemaVersion: 2 }), ["connection.schemaVersion"]);
    assert.deepEqual([...paths(sampleConnection), ...paths(output(sampleConnection))], []);
  });

  it("is asked for where none is given, and the error lists the connections of this program", () => {
    const told = (connection: unknown, existing: readonly string[]): string =>
      lines(clientProblems("web", { connection, appUser: "web" }, existing)).join();
    assert.match(told(undefined, ["connections.web"]), /gives nothing\. This program has connections\.web\.$/);
    assert.doesNotMatch(told(undefined, []), /This program/);
    assert.doesNotMatch(told("web", ["connections.web"]), /This program/);
  });
});
