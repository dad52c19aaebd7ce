/** What a message on the bus begins with. */
export const busSignature = "RCmb";

const headerBytes = 2256;
/** What it tells of another node; with one of them no byte of the length is above 127, and all is text. */
const gossipBytes = 104;

/** What a node asks another one on the bus (redis/src/cluster.h, "clusterMsg"), as from a node that nobody knows. */
export function busPing(): string {
  const message = Buffer.alloc(headerBytes + gossipBytes);
  message.write(busSignature);
  message.writeUInt32BE(message.length, 4);
  // Version, port, type and count.
  for (const [index, value] of [1, 0, 0, 1].entries()) message.writeUInt16BE(value, 8 + 2 * index);
  message.write("0".repeat(40), 40);
  return message.toString("ascii");
}
