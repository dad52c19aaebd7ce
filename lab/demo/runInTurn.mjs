// Plain JavaScript without packages, as options.mjs.
import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs commands one after the other until one fails; resolves to the exit code of the last that ran. A signal to this
 * process goes on to the command, which ends by itself in its own time; after it no other command begins.
 */
export async function runInTurn(commands, { cwd, env }) {
  let signalled;
  let running;
  const passOn = (signal) => {
    signalled = signal;
    if (running !== undefined) running.kill(signal);
  };
  const signals = ["SIGHUP", "SIGINT", "SIGTERM"];
  for (const signal of signals) process.on(signal, passOn);
  try {
    for (const [file, ...args] of commands) {
      running = spawn(file, args, { cwd, env, stdio: "inherit" });
      const code = await exitCodeOf(running);
      if (code !== 0) return code;
      if (signalled !== undefined) return codeOf(signalled);
    }
    return 0;
  } finally {
    for (const signal of signals) process.off(signal, passOn);
  }
}

function exitCodeOf(child) {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(signal === null ? code : codeOf(signal)));
  });
}

/** As shells say which signal ended a program. */
function codeOf(signal) {
  return 128 + constants.signals[signal];
}
