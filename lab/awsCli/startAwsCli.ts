import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { countStart, countStartInShell } from "../starts.js";

/** Two programs called `aws` that ask an AWS of this machine: folders for PATH. */
export interface AwsCli {
  /** Debian's, as it is. */
  readonly plain: string;
  /** The same, forked from a process that has loaded it. */
  readonly forked: string;
  /** Where what is forked is asked for. */
  readonly socket: string;
  readonly stop: () => Promise<void>;
}

const python = "/usr/bin/python3";

/** Puts both into a folder. The process ends with this one, whatever becomes of it. */
export async function startAwsCli(options: {
  readonly endpoint: string;
  readonly folder: string;
  /** The services, by the AWS CLI's own names, whose models are loaded in advance. */
  readonly services: readonly string[];
}): Promise<AwsCli> {
  const { endpoint, folder, services } = options;
  const socket = join(folder, "aws.socket");
  // As the scripts of `verify` run it; no configuration of this machine's user takes part in what all share.
  const env = { LC_ALL: "C", PATH: process.env.PATH, AWS_CONFIG_FILE: "/dev/null" };
  const server = spawn(python, [join(import.meta.dirname, "server.py"), socket, ...services], {
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  countStart("awsCliRuns");
  const ended = once(server, "close");
  const [said] = (await Promise.race([once(server.stdout, "data"), ended])) as [unknown];
  if (String(said) !== "ready\n") throw new Error(`The server of the AWS CLI did not start: ${String(said)}`);
  // Debian's AWS CLI does not know AWS_ENDPOINT_URL.
  const program = (name: string, ...lines: readonly string[]): string => {
    const path = join(folder, name);
    mkdirSync(path);
    writeFileSync(join(path, "aws"), ["#!/bin/sh", ...lines].join("\n") + ` --endpoint-url ${endpoint} "$@"\n`);
    chmodSync(join(path, "aws"), 0o755);
    return path;
  };
  const client = join(import.meta.dirname, "client.py");
  return {
    plain: program("plain", countStartInShell("awsCliRuns"), "exec /usr/bin/aws"),
    forked: program("forked", `exec ${python} -IS '${client}' '${socket}'`),
    socket,
    stop: async () => {
      server.stdin.end();
      await ended;
    },
  };
}
