import assert from "node:assert/strict";
import { z } from "zod";
import { schemaProblems } from "../../../src/evidence/schemaProblems.js";

const schema = z.object({
  version: z.literal(1),
  name: z.string().regex(/^[a-z]+$/),
  line: z
    .string()
    .regex(/^[a-z]+$/, "Give one line.")
    .optional(),
  role: z.enum(["cache", "client", "aws"]).optional(),
  nodes: z.array(z.object({ address: z.ipv4(), since: z.iso.datetime() })).min(1),
  more: z.strictObject({ even: z.number().refine((number) => number % 2 === 0, "Give an even number.") }).optional(),
});
const sound = { version: 1, name: "web", nodes: [{ address: "10.0.0.1", since: "2026-11-26T12:00:00Z" }] };

function problems(value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return error === undefined ? [] : schemaProblems(error, value).split("\n");
}

describe("what is wrong with a value from a file", () => {
  it("is nothing where it is sound", () => {
    assert.deepEqual(problems(sound), []);
  });

  it("is told in a line for each field, with what is allowed, and never with the value", () => {
    const value = {
      version: 2,
      name: "SECRET",
      line: "SECRET",
      role: "SECRET",
      nodes: [{ address: "SECRET", since: "SECRET" }],
      more: { even: 1, odd: 1 },
    };
    assert.deepEqual(problems(value), [
      "  * version: got a number. Give 1.",
      "  * name: got a string. This is not the form in which this library writes it.",
      "  * line: got a string. Give one line.",
      '  * role: got a string. Give "cache", "client" or "aws".',
      "  * nodes[0].address: got a string. Give an IPv4 address.",
      '  * nodes[0].since: got a string. Give a date and time (RFC 3339), such as "2026-11-26T12:00:00Z".',
      "  * more.even: Give an even number.",
      '  * more: there is no such field as "odd".',
    ]);
  });

  it("says what is missing, empty or of another kind", () => {
    assert.deepEqual(problems({ name: [], nodes: [] }), [
      "  * version: is missing. Give 1.",
      "  * name: got a list. Give a string.",
      "  * nodes: got a list. Give at least 1.",
    ]);
    assert.deepEqual(problems(null), ["  * the whole: got null. Give an object."]);
  });
});
