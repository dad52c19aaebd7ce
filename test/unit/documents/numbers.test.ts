import assert from "node:assert/strict";
import { assess } from "../../../src/evidence/assess.js";
import { sampleEvidence } from "../../support/sample.js";
import { textOf, type Documented } from "./numberRows.js";
import { documented } from "./numbers.js";

/** What a document says where it matches, which has to be one thing however often it is said. */
function saidIn(text: string, { pattern }: Documented): string[] {
  return [...new Set([...text.matchAll(new RegExp(pattern, "g"))].map(([, said = ""]) => said))];
}

describe("numbers that documents repeat", () => {
  for (const one of documented) {
    it(`${one.file}: ${String(one.pattern)} is ${one.value}`, () => {
      const said = saidIn(textOf(one.file), one);
      assert.notDeepEqual(
        said,
        [],
        `${one.file} no longer has such a sentence: change the pattern, or take the row away.`,
      );
      assert.deepEqual(said, [one.value], `The source says ${one.value}: correct ${one.file}.`);
    });
  }

  it("are found also where a line ends, and a wrong one beside a right one is told", () => {
    const one: Documented = { file: "", pattern: /takes (\d+)/, value: "1" };
    assert.deepEqual(saidIn("it takes 1, and takes 2, and takes 1", one), ["1", "2"]);
    assert.deepEqual(saidIn("it gives 1", one), []);
  });
});

describe("README's costs", () => {
  it("add up to their sum, for 730 hours and for the quickstart's two secrets and two keys", () => {
    const table = /\| list price \|.*?\*\*\$[\d,.]+\*\*/.exec(textOf("README.md"))?.[0] ?? "";
    const rows = [...table.matchAll(/\$([\d.]+) an? (hour|month) \| \$([\d,.]+)/g)].map(
      ([, price, per, month = ""]) => ({
        planned: Number(price) * (per === "hour" ? 730 : 2),
        month: Number(month.replace(",", "")),
      }),
    );
    assert.equal(rows.length, 5);
    for (const { planned, month } of rows) assert.equal(month, Number(planned.toFixed(2)));
    const sum = rows.reduce((all, { month }) => all + month, 0);
    assert.equal(/\*\*\$([\d,.]+)\*\*$/.exec(table)?.[1]?.replace(",", ""), sum.toFixed(2));
  });
});

describe("what several nodes cost more", () => {
  const priceOf = (part: string): number => {
    const found = new RegExp(`${part}.*?\\$([\\d.]+) an? (hour|month)`).exec(textOf("README.md"));
    return Number(found?.[1]) * (found?.[2] === "hour" ? 730 : 1);
  };
  const zone = priceOf("A \\[NAT gateway\\]") + priceOf("Its Elastic IP");
  const secret = priceOf("\\[Secrets\\]");

  for (const [file, nodes] of [
    ["docs/replicas.md", 2],
    ["docs/cluster.md", 5],
  ] as const) {
    it(`is in ${file} README's prices, for two more zones and ${nodes} nodes, and their sum, as README has it`, () => {
      const table = /\| more than the quickstart \|.*?\*\*\$[\d,.]+\*\*/.exec(textOf(file))?.[0] ?? "";
      const said = [...table.matchAll(/\| (\d) × \$([\d.]+) \| \$([\d.]+) \|/g)].map(([, ...cells]) => cells);
      const rows = [
        [2, zone],
        [nodes, secret],
      ] as const;
      assert.deepEqual(
        said,
        rows.map(([count, price]) => [String(count), price.toFixed(2), (count * price).toFixed(2)]),
      );
      const sum = rows.reduce((all, [count, price]) => all + count * price, 0).toFixed(2);
      assert.equal(/\*\*\$([\d,.]+)\*\*$/.exec(table)?.[1], sum);
      assert.ok(textOf("README.md").includes(`cost $${sum} more`));
    });
  }
});

describe("the list of docs/verify.md of what only a person can see", () => {
  it("has exactly the controls with such a check", () => {
    const listed =
      /These controls have something that only a person can see: ([^.]*)\./.exec(textOf("docs/verify.md"))?.[1] ?? "";
    const wanted = assess(sampleEvidence()).controls.filter(({ checks }) =>
      checks.some((check) => check.by === "person"),
    );
    assert.deepEqual([...listed.matchAll(/`([\w-]+)`/g)].map(([, id]) => id).sort(), wanted.map(({ id }) => id).sort());
  });
});
