import type { Duplex } from "node:stream";
import type { Redis } from "ioredis";

/** What a client's socket hands to the kernel from now on, a text for each time (stream.Duplex, `_write` and `_writev`). */
export function watchWrites(redis: Redis): { readonly writes: readonly string[]; readonly stop: () => void } {
  const socket = redis.stream as unknown as Required<Pick<Duplex, "_write" | "_writev">>;
  const writes: string[] = [];
  const write = socket._write.bind(socket);
  const writev = socket._writev.bind(socket);
  socket._write = (chunk: Buffer | string, ...rest) => {
    writes.push(chunk.toString());
    write(chunk, ...rest);
  };
  socket._writev = (chunks, done) => {
    writes.push(chunks.map(({ chunk }) => String(chunk)).join(""));
    writev(chunks, done);
  };
  return {
    writes,
    stop: () => {
      Object.assign(socket, { _write: write, _writev: writev });
    },
  };
}
