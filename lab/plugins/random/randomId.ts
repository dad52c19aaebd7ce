import { randomBytes } from "node:crypto";
import type { Unwrap } from "@pulumi/pulumi";
import type { RandomIdArgs } from "@pulumi/random";
import { map } from "../framework/kinds.js";
import { resourceType } from "../framework/resourceType.js";

/** Random bytes in the usual notations. */
export const randomId = resourceType<Unwrap<RandomIdArgs>>({
  properties: { byteLength: "number", keepers: map("string"), prefix: "string" },
  required: ["byteLength"],
  replaceOn: "every",
  create({ byteLength, prefix = "" }) {
    if (!Number.isInteger(byteLength) || byteLength < 1) {
      throw new Error(`byteLength is ${byteLength}, must be a whole number of at least 1`);
    }
    const bytes = randomBytes(byteLength);
    const id = bytes.toString("base64url");
    const hex = bytes.toString("hex");
    const outputs = {
      b64Std: prefix + bytes.toString("base64"),
      b64Url: prefix + id,
      dec: prefix + BigInt(`0x${hex}`).toString(),
      hex: prefix + hex,
    };
    return Promise.resolve({ id, outputs });
  },
});
