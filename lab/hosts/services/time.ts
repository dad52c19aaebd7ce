/** An NTP packet without extensions (RFC 5905, section 7.3). */
const packetBytes = 48;
const [version, client, server] = [4, 3, 4];
const secondsFrom1900To1970 = 2_208_988_800n;

/** Answers an NTP query as a server would whose clock is the machine's; what is no query of version 4 gets no answer. */
export function answerTime(query: Buffer, now: Date): Buffer | undefined {
  const first = query[0] ?? 0;
  if (query.length < packetBytes || (first & 7) !== client || ((first >> 3) & 7) !== version) return undefined;
  const answer = Buffer.alloc(packetBytes);
  const time = ntpTime(now);
  answer[0] = (version << 3) | server;
  // Stratum, the query's poll interval, and the precision of a millisecond, as a power of two.
  answer[1] = 3;
  answer[2] = query[2] ?? 0;
  answer.writeInt8(-10, 3);
  answer.writeUInt32BE(0x7f7f0101, 12);
  answer.writeBigUInt64BE(time, 16);
  query.copy(answer, 24, 40, packetBytes);
  answer.writeBigUInt64BE(time, 32);
  answer.writeBigUInt64BE(time, 40);
  return answer;
}

/** Seconds since 1900 in the upper half, parts of a second in the lower one. */
function ntpTime(now: Date): bigint {
  const milliseconds = BigInt(now.getTime());
  const seconds = milliseconds / 1000n + secondsFrom1900To1970;
  return ((seconds & 0xffffffffn) << 32n) | (((milliseconds % 1000n) << 32n) / 1000n);
}
