import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { isOfAws } from "../../../src/evidence/account.js";
import { evidenceDigest } from "../../../src/evidence/digest.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import { sampleEvidence } from "../../support/sample.js";

type Json = Readonly<Record<string, unknown>>;

/** The same, each object's fields in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reversed(part)]),
  );
}

/** Every text or number in it, by its path. */
function leaves(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, [...path, key]));
}

function changedAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return `${String(value)}x`;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = changedAt(copy[key], rest);
  return copy;
}

describe("the digest of an evidence", () => {
  const evidence = sampleEvidence();

  it("is SHA-256 of what jq --compact-output --sort-keys prints", () => {
    const small = { b: [2, { d: null, c: "ä" }], a: true } as unknown as Evidence;
    const text = '{"a":true,"b":[2,{"c":"ä","d":null}]}';
    assert.equal(evidenceDigest(small), createHash("sha256").update(text).digest("hex"));
  });

  it("is the same however its file is written", () => {
    const again = JSON.parse(JSON.stringify(reversed(evidence), null, 4)) as Evidence;
    assert.notEqual(JSON.stringify(again), JSON.stringify(evidence));
    assert.equal(evidenceDigest(again), evidenceDigest(evidence));
  });

  it("is another one for each change", () => {
    const paths = leaves(JSON.parse(JSON.stringify(evidence)) as Json);
    assert.ok(paths.length > 30);
    fc.assert(
      fc.property(fc.constantFrom(...paths), (path) => {
        assert.notEqual(evidenceDigest(changedAt(evidence, path) as Evidence), evidenceDigest(evidence));
      }),
    );
  });
});

describe("an address that answers for AWS", () => {
  for (const [endpoint, expected] of [
    ["https://sts.amazonaws.com", true],
    ["https://sts.us-gov-west-1.amazonaws.com", true],
    ["https://sts.cn-north-1.amazonaws.com.cn", true],
    ["https://sts.us-east-1.api.aws", true],
    ["https://vpce-0a.sts.us-east-1.vpce.amazonaws.com", true],
    ["https://vpce-0a-us-east-1a.sts.us-east-1.vpce.amazonaws.com", true],
    ["https://sts-fips.us-east-1.amazonaws.com", true],
    ["https://sts.eusc-de-east-1.amazonaws.eu", true],
    ["https://ec2-1-2-3-4.compute-1.amazonaws.com", false],
    ["https://a1b2c3.execute-api.us-east-1.amazonaws.com", false],
    ["https://sts.s3.us-east-1.amazonaws.com", false],
    ["https://sts.execute-api.us-east-1.amazonaws.com", false],
    ["https://vpce-0a.execute-api.us-east-1.vpce.amazonaws.com", false],
    ["https://x.sts.us-east-1.amazonaws.com", false],
    ["http://sts.amazonaws.com", false],
    ["http://localhost:4566", false],
    ["https://localhost.localstack.cloud:4566", false],
    ["https://amazonaws.com", false],
    ["https://sts.amazonaws.com:4566", false],
    ["https://sts.amazonaws.com.example.com", false],
    ["https://example.com/.amazonaws.com", false],
    ["https://notamazonaws.com", false],
  ] as const) {
    it(`is ${expected ? "" : "not "}${endpoint}`, () => {
      assert.equal(isOfAws(endpoint), expected);
    });
  }
});
