import { once } from "node:events";
import { createConnection, type Socket } from "node:net";

/** A connection to a local port on which Redis has taken the password of the environment. */
export async function openAuthenticated(port: number): Promise<Socket> {
  const socket = createConnection({ host: "127.0.0.1", port });
  socket.write(`AUTH ${process.env.REDIS_PASSWORD ?? ""}\r\n`);
  const closed = new AbortController();
  socket.once("close", () => {
    closed.abort(new Error("The connection was closed before Redis answered."));
  });
  const [answer] = (await once(socket, "data", { signal: closed.signal })) as [Buffer];
  if (answer.toString() !== "+OK\r\n") throw new Error(`Redis did not take the password: ${answer.toString()}`);
  return socket;
}
