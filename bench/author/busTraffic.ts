// Runs on a machine of peerTunnels.ts in place of its Redis: answers what is called on one address with what it was sent, and sends each
// of the others a message a second. argv: JSON of what to do. With a process to look at, it ends after so many seconds, and tells what
// that process took meanwhile.
import { createServer, connect, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { anonymousKibibytes, cpuMicroseconds } from "../../lab/machines/usage.js";

export interface BusTraffic {
  /** Where it answers. */
  readonly answersOn: { readonly host: string; readonly port: number };
  readonly calls: readonly { readonly host: string; readonly port: number }[];
  readonly bytes: number;
  readonly look?: { readonly pid: number; readonly seconds: number; readonly callers: number };
}

/** What a process has taken. */
export interface Taken {
  readonly anonymousKibibytes: number;
  readonly cpuMicroseconds: number;
  /** Messages that came back whole. */
  readonly answers: number;
}

const everyMs = 1000;
const againMs = 200;
const { answersOn, calls, bytes, look } = JSON.parse(process.argv[2] ?? "") as BusTraffic;
const message = Buffer.alloc(bytes, 1);
const callers = new Set<Socket>();
let answered = 0;
const reached = new Set<number>();

const server = createServer((socket) => {
  callers.add(socket);
  socket.on("error", () => undefined).on("close", () => callers.delete(socket));
  socket.pipe(socket);
});
server.listen(answersOn.port, answersOn.host);
calls.forEach((_, index) => {
  setTimeout(call, (everyMs * index) / calls.length, index);
});
if (look !== undefined) await lookAt(look);

function call(index: number): void {
  const target = calls[index];
  if (target === undefined) return;
  let received = 0;
  const socket = connect(target);
  const timer = setInterval(() => socket.write(message), everyMs);
  socket.write(message);
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    received += chunk.length;
    for (; received >= bytes; received -= bytes) {
      answered += 1;
      reached.add(index);
    }
  });
  socket.on("close", () => {
    clearInterval(timer);
    setTimeout(call, againMs, index);
  });
}

async function lookAt({ pid, seconds, callers: expected }: NonNullable<BusTraffic["look"]>): Promise<void> {
  while (reached.size < calls.length || callers.size < expected) await wait(everyMs);
  const [cpuBefore, before] = [cpuMicroseconds(pid), answered];
  await wait(seconds * 1000);
  const taken: Taken = {
    cpuMicroseconds: cpuMicroseconds(pid) - cpuBefore,
    anonymousKibibytes: anonymousKibibytes(pid),
    answers: answered - before,
  };
  console.log(JSON.stringify(taken));
  process.exit();
}
