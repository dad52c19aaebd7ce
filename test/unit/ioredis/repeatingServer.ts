import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a server answers to the words of a command: bytes as they go over the line, or the end of the connection. */
export type Answer = string | typeof hangUp;
export type Answers = (words: readonly string[], index: number) => Answer;

export const hangUp = Symbol("the end of the connection");

/** One on a port of the loopback, and the connection file that names it. */
export interface RepeatingCache {
  readonly server: RepeatingServer;
  readonly connectionFile: string;
  readonly remove: () => Promise<void>;
}

export async function startRepeatingCache(): Promise<RepeatingCache> {
  const folder = mkdtempSync(join(tmpdir(), "repeating-cache-"));
  const server = await RepeatingServer.start();
  const [passwordFile, connectionFile] = [join(folder, "password"), join(folder, "connection.json")];
  writeFileSync(passwordFile, "password-of-a-test");
  const where = { host: "127.0.0.1", port: server.port, username: "web", passwordFile };
  writeFileSync(connectionFile, JSON.stringify({ schemaVersion: 1, ...where }));
  const remove = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true });
  };
  return { server, connectionFile, remove };
}

/**
 * Speaks as much of Redis's protocol as ioredis needs to be ready, and answers everything else as it is told. The words
 * are those of the command as Latin-1, so that each byte stays what it was; `index` counts the commands that were answered.
 */
export class RepeatingServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  answers: Answers = () => ok;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** On a free port, or at a Unix socket. */
  static async start(path?: string): Promise<RepeatingServer> {
    const server = path === undefined ? createServer().listen(0, "127.0.0.1") : createServer().listen(path);
    await once(server, "listening");
    const repeating = new RepeatingServer(server);
    server.on("connection", (socket) => {
      repeating.#serve(socket);
    });
    return repeating;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => this.#sockets.delete(socket));
    let unread = "";
    let index = 0;
    socket.on("data", (data) => {
      unread += data.toString("latin1");
      for (let next = takeCommand(unread); next !== undefined; next = takeCommand(unread)) {
        unread = next.rest;
        const answer = this.answers(next.words, index);
        if (answer === hangUp) {
          socket.end();
          return;
        }
        socket.write(answer, "latin1");
        index += 1;
      }
    });
  }
}

export const ok = "+OK\r\n";
export const queued = "+QUEUED\r\n";

/** What a connection needs to become ready; undefined for every other command. */
export function ready([name = ""]: readonly string[]): string | undefined {
  const answers: Readonly<Record<string, string>> = {
    hello: "%1\r\n+server\r\n+redis\r\n",
    auth: ok,
    client: ok,
    info: "$20\r\nredis_version:7.0.15\r\n",
  };
  return answers[name.toLowerCase()];
}

/** An error of Redis that repeats all that it was sent; what would end the line is a blank, as Redis has it. */
export function error(code: string, words: readonly string[]): string {
  return `-${code} ${words.map((word) => `'${word.replace(/[\r\n]/g, " ")}'`).join(" ")}\r\n`;
}

export function list(...items: readonly string[]): string {
  return `*${items.length}\r\n${items.join("")}`;
}

function takeCommand(text: string): { words: string[]; rest: string } | undefined {
  const head = /^\*(\d+)\r\n/.exec(text);
  if (head === null) return undefined;
  const words: string[] = [];
  let at = head[0].length;
  for (let count = Number(head[1]); count > 0; count -= 1) {
    const length = /^\$(\d+)\r\n/.exec(text.slice(at, at + 24));
    if (length === null) return undefined;
    const start = at + length[0].length;
    const end = start + Number(length[1]);
    if (text.length < end + 2) return undefined;
    words.push(text.slice(start, end));
    at = end + 2;
  }
  return { words, rest: text.slice(at) };
}
