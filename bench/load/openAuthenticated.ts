import { once } from "node:events";
import { createConnection, type Socket } from "node:net";

/** A connection to a local port or the path of a Unix socket, on which Redis has taken the password of the environment. */
export async function openAuthenticated(local: string): Promise<Socket> {
  const socket = local.startsWith("/") ? createConnection(local) : createConnection(Number(local), "127.0.0.1");
  socket.write(`AUTH ${process.env.REDIS_PASSWORD ?? ""}\r\n`);
  const closed = new AbortController();
  socket.once("close", () => {
    closed.abort(new Error("The connection was closed before Redis answered."));
  });
  const [answer] = (await once(socket, "data", { signal: closed.signal })) as [Buffer];
  if (answer.toString() !== "+OK\r\n") throw new Error(`Redis did not take the password: ${answer.toString()}`);
  return socket;
}
