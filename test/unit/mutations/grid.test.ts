import assert from "node:assert/strict";
import fc from "fast-check";
import { layInRows, layOut } from "../../mutations/grid.js";

/** Things that are told apart, each with its claims. */
const things = fc
  .array(fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { maxLength: 3 }), { maxLength: 40 })
  .map((all) => all.map((claims, id) => ({ id, claims })));

describe("a grid", () => {
  it("has each thing in one row and one column, with nothing that shares a claim, and with nothing twice", () => {
    fc.assert(
      fc.property(things, (all) => {
        const { rows, columns } = layOut(all, ({ claims }) => claims);
        for (const lines of [rows, columns]) {
          assert.deepEqual(
            lines
              .flat()
              .map(({ id }) => id)
              .sort((one, other) => one - other),
            all.map(({ id }) => id),
          );
          for (const line of lines) {
            const claims = line.flatMap((thing) => thing.claims);
            assert.equal(new Set(claims).size, claims.length);
          }
        }
        for (const row of rows)
          for (const column of columns) assert.ok(row.filter((thing) => column.includes(thing)).length <= 1);
      }),
    );
  });

  it("comes out the same way from the same things", () => {
    fc.assert(
      fc.property(things, (all) => {
        assert.deepEqual(
          layOut(all, ({ claims }) => claims),
          layOut([...all], ({ claims }) => claims),
        );
      }),
    );
  });

  it("is as small as can be where nothing shares a claim", () => {
    const all = Array.from({ length: 81 }, (_, id) => id);
    const { rows, columns } = layOut(all, () => []);
    assert.deepEqual([rows.length, columns.length], [9, 9]);
  });

  it("of things that all share a claim has each alone", () => {
    const { rows, columns } = layOut([1, 2, 3], () => ["same"]);
    assert.deepEqual(
      [rows, columns],
      [
        [[1], [2], [3]],
        [[1], [2], [3]],
      ],
    );
  });

  it("of nothing has no rows", () => {
    assert.deepEqual(
      layOut([], () => []),
      { rows: [], columns: [] },
    );
  });

  it("has rows alone, with each thing in one of them, where one will do", () => {
    fc.assert(
      fc.property(things, (all) => {
        const rows = layInRows(all, ({ claims }) => claims);
        assert.deepEqual(
          rows
            .flat()
            .map(({ id }) => id)
            .sort((one, other) => one - other),
          all.map(({ id }) => id),
        );
        for (const row of rows) {
          const claims = row.flatMap((thing) => thing.claims);
          assert.equal(new Set(claims).size, claims.length);
        }
      }),
    );
    assert.deepEqual(
      layInRows([1, 2, 3], () => []),
      [[1, 2, 3]],
    );
  });
});
