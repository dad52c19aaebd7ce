import { join } from "node:path";
import { execa } from "execa";
import { hostPaths } from "../../src/host/hostPaths.js";
import { redisPort } from "../../src/plan/ports.js";
import type { Scene } from "./scene.js";

/** Bytes to send on one connection, as latin1; what comes back is told in the same way. */
export type Conversation = string;

/** As the application, through both tunnels; by default behind the right password. */
export async function talk(
  { appHost }: Scene,
  conversations: readonly Conversation[],
  { password = true }: { password?: boolean } = {},
): Promise<string[]> {
  const request = {
    to: { host: "127.0.0.1", port: redisPort },
    ...(password ? { user: "web", passwordFile: hostPaths.password } : {}),
    conversations,
  };
  const { exitCode, stdout, stderr } = await appHost.exec(["/opt/app/node", "/opt/app/talk.mjs"], {
    user: "web",
    input: JSON.stringify(request),
    timeoutMs: 120_000,
  });
  if (exitCode !== 0) throw new Error(`The application could not talk to Redis: ${stderr}`);
  return JSON.parse(stdout) as string[];
}

/** To a Redis on a Unix socket that this machine can open. */
export async function talkTo(path: string, conversations: readonly Conversation[]): Promise<string[]> {
  const script = join(import.meta.dirname, "onHost", "talk.mjs");
  const input = JSON.stringify({ to: { path }, conversations });
  const { stdout } = await execa(process.execPath, [script], { input });
  return JSON.parse(stdout) as string[];
}

/** A command as Redis's own clients send it (redis.io, "RESP protocol spec"). */
export function resp(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join("")}`;
}
