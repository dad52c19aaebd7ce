import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import type { LocalStack } from "./localStack.js";
import { findPython, pythonOfToolRoot, type Python } from "../python/findPython.js";
import { endLeftLocalStacks } from "./leftovers.js";
import { runInDocker, dockerAnswers } from "./runInDocker.js";
import { runOnHost } from "./runOnHost.js";
import { countStart } from "../starts.js";
import { installLocalStack, leastPythonMinor } from "./installLocalStack.js";

export interface LocalStackOptions {
  /** A free one by default. */
  port?: number;
  /** Whether it goes on when this process ends, until `endLeftLocalStacks` ends it. */
  outlive?: boolean;
  progress?: (line: string) => void;
}

/**
 * Starts LocalStack and waits until it answers: the user's own when `AWS_ENDPOINT_URL` names one; else on this machine
 * with a Python that can run it; else in Docker; else with the Python of the tool root. It always listens on loopback
 * only and starts empty.
 */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const progress = options.progress ?? (() => undefined);
  const users = process.env.AWS_ENDPOINT_URL;
  if (users !== undefined && users !== "") {
    return {
      endpoint: users,
      isUsers: true,
      description: "the one that AWS_ENDPOINT_URL names",
      stop: () => Promise.resolve(),
    };
  }
  await endLeftLocalStacks({ outliving: false });
  const outlive = options.outlive ?? false;
  const port = options.port ?? (await freePort());
  countStart("localStacks");
  const own = await findPython(leastPythonMinor);
  if (own === undefined && (await dockerAnswers())) return runInDocker(port, outlive, progress);
  const python = await installLocalStack(own ?? (await fallbackPython(progress)), progress);
  return runOnHost(python, port, outlive);
}

async function fallbackPython(progress: (line: string) => void): Promise<Python> {
  try {
    return await pythonOfToolRoot(progress);
  } catch (error) {
    throw new Error(
      "LocalStack needs Python 3.13 or newer with its venv module (tried python3.13, python3.14, python3 and pyenv's " +
        "versions), or a Docker engine: none is here. Install one of them (`apt-get install python3 python3-venv` on " +
        "Debian 13, `pyenv install 3.13`), or set AWS_ENDPOINT_URL to a LocalStack that runs. " +
        `The lab tried to make a Debian 13 root with Python in it: ${String(error)}`,
      { cause: error },
    );
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
