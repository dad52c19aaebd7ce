import { hash } from "bcryptjs";
import type { Unwrap } from "@pulumi/pulumi";
import type { RandomPasswordArgs, RandomStringArgs } from "@pulumi/random";
import { map } from "../framework/kinds.js";
import type { Kind } from "../framework/kinds.js";
import { resourceType } from "../framework/resourceType.js";
import { randomText } from "./text.js";
import type { TextRules } from "./text.js";

const properties = {
  keepers: map("string"),
  length: "number",
  lower: "boolean",
  minLower: "number",
  minNumeric: "number",
  minSpecial: "number",
  minUpper: "number",
  numeric: "boolean",
  overrideSpecial: "string",
  special: "boolean",
  upper: "boolean",
} satisfies Record<string, Kind>;

const defaults = {
  lower: true,
  minLower: 0,
  minNumeric: 0,
  minSpecial: 0,
  minUpper: 0,
  numeric: true,
  special: true,
  upper: true,
};

/** A random text that may be shown. */
export const randomString = resourceType<Unwrap<RandomStringArgs>>({
  properties,
  required: ["length"],
  defaults,
  replaceOn: "every",
  create(inputs) {
    const result = randomText(inputs as TextRules);
    return Promise.resolve({ id: result, outputs: { result, number: inputs.numeric } });
  },
});

/** A random text that is a secret. Its id must not tell it: it is "none", as the official provider's. */
export const randomPassword = resourceType<Unwrap<RandomPasswordArgs>>({
  properties,
  required: ["length"],
  defaults,
  replaceOn: "every",
  secretOutputs: ["result", "bcryptHash"],
  async create(inputs) {
    const result = randomText(inputs as TextRules);
    return { id: "none", outputs: { result, bcryptHash: await hash(result, 10), number: inputs.numeric } };
  },
});
