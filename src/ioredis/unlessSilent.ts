import type { Socket } from "node:net";

/**
 * The tunnel's near end takes a connection whether the node is there or not, which may have gone just now: one on which nothing comes
 * back in the time that a connection may take is given up, for another look at who leads.
 */
export function unlessSilent(socket: Socket, timeoutMs: number | undefined): Socket {
  if (timeoutMs === undefined) return socket;
  const timer = setTimeout(() => socket.destroy(), timeoutMs);
  const answered = (): void => {
    clearTimeout(timer);
  };
  return socket.once("data", answered).once("close", answered);
}
