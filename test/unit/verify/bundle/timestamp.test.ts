import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requestTimestamp, timestampOf } from "../../../../src/verify/bundle/timestamp.js";
import { startTimestampAuthority, type TimestampAuthority } from "../../../support/timestampAuthority.js";

describe("a timestamp (RFC 3161)", () => {
  let folder: string;
  let authority: TimestampAuthority;
  let other: TimestampAuthority;
  const at = (name: string): string => join(folder, name);
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "timestamps-"));
    const folders = ["one", "other"].map((name) => mkdtempSync(join(folder, name)));
    [authority, other] = (await Promise.all(folders.map(startTimestampAuthority))) as [
      TimestampAuthority,
      TimestampAuthority,
    ];
    writeFileSync(at("manifest.json"), "{}\n");
    writeFileSync(at("reply"), requestTimestamp(at("manifest.json"), authority.url, authority.caFile));
  });
  after(() => {
    authority.stop();
    other.stop();
    rmSync(folder, { recursive: true });
  });

  it("says when the authority has seen the file", () => {
    const seen = Date.parse(timestampOf(at("manifest.json"), at("reply"), authority.caFile));
    // Its clock is this machine's; it tells whole seconds.
    assert.ok(Math.abs(seen - Date.now()) < 3_600_000);
  });

  it("is none of a file that was changed, of another authority, or of a reply that was", () => {
    writeFileSync(at("changed.json"), "{ }\n");
    assert.throws(() => timestampOf(at("changed.json"), at("reply"), authority.caFile), {
      message: /^openssl ended with 1: /,
    });
    assert.throws(() => timestampOf(at("manifest.json"), at("reply"), other.caFile), {
      message: /^openssl ended with 1: /,
    });
    writeFileSync(at("broken"), "x");
    assert.throws(() => timestampOf(at("manifest.json"), at("broken"), authority.caFile), {
      message: /^openssl ended with 1: /,
    });
  });

  it("is not taken from an authority that the certificates don't know, one that fails, or one that there isn't", () => {
    const request = (url: string, caFile: string): Buffer => requestTimestamp(at("manifest.json"), url, caFile);
    assert.ok(request(other.url, other.caFile).length > 0);
    assert.throws(() => request(other.url, authority.caFile), { message: /^openssl ended with 1: / });
    assert.throws(() => request(`${authority.url}broken`, authority.caFile), { message: /^curl ended with 22: .*500/ });
    assert.throws(() => request(`file://${at("reply")}`, authority.caFile), { message: /^curl ended with 1: / });
    assert.throws(() => request("--output=x", authority.caFile), { message: /^curl ended with \d+: / });
  });

  it("leaves nothing behind", () => {
    // A folder of this test's own: others have theirs in the machine's.
    const [own, { TMPDIR }] = [mkdtempSync(join(folder, "temporary")), process.env];
    process.env.TMPDIR = own;
    try {
      requestTimestamp(at("manifest.json"), authority.url, authority.caFile);
      assert.equal(tmpdir(), own);
    } finally {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
    assert.deepEqual(readdirSync(own), []);
  });
});
