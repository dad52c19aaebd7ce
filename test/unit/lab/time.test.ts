import assert from "node:assert/strict";
import { answerTime } from "../../../lab/hosts/services/time.js";

const now = new Date("2026-11-29T10:00:00.500Z");

/** What a client sends: version and mode, poll interval, and its own time, by which it knows the answer. */
function query(first = 0b00_100_011): Buffer {
  const bytes = Buffer.alloc(48);
  bytes[0] = first;
  bytes[2] = 4;
  bytes.writeBigUInt64BE(0x0123_4567_89ab_cdefn, 40);
  return bytes;
}

describe("the lab's time server", () => {
  it("answers with the machine's time and the query's own, as a server that follows another", () => {
    const answer = answerTime(query(), now) ?? assert.fail();
    assert.equal(answer.length, 48);
    assert.deepEqual([...answer.subarray(0, 3)], [0b00_100_100, 3, 4]);
    assert.equal(answer.readBigUInt64BE(24), 0x0123_4567_89ab_cdefn);
    for (const at of [16, 32, 40]) {
      // Seconds since 1900, and half of one.
      assert.equal(answer.readUInt32BE(at) - 2_208_988_800, Date.parse("2026-11-29T10:00:00Z") / 1000);
      assert.equal(answer.readUInt32BE(at + 4), 0x8000_0000);
    }
  });

  it("answers nothing but queries of version 4", () => {
    for (const other of [Buffer.alloc(0), query().subarray(0, 47), query(0b00_100_100), query(0b00_011_011)]) {
      assert.equal(answerTime(other, now), undefined);
    }
  });
});
