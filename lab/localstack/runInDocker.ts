import { rmSync } from "node:fs";
import { execa } from "execa";
import { writeImages } from "./images.js";
import { localStackVersion } from "./installLocalStack.js";
import { newFolder, recordLocalStack, removeContainer } from "./leftovers.js";
import type { LocalStack } from "./localStack.js";
import { waitForHealth } from "./waitForHealth.js";
import { warmUp } from "./warmUp.js";

/** Whether a Docker engine answers; a client alone is not enough. */
export async function dockerAnswers(): Promise<boolean> {
  const { failed } = await execa("docker", ["version", "--format", "{{.Server.Version}}"], {
    reject: false,
    timeout: 10_000,
  });
  return !failed;
}

/** Runs LocalStack in a container that is published on loopback only. */
export async function runInDocker(
  port: number,
  outlive: boolean,
  progress: (line: string) => void,
): Promise<LocalStack> {
  progress(`starting LocalStack ${localStackVersion} in Docker`);
  const image = `localstack/localstack:${localStackVersion}`;
  const amisInside = "/etc/lab-amis.json";
  const settings = {
    GATEWAY_LISTEN: "0.0.0.0:4566",
    LOCALSTACK_HOST: `127.0.0.1:${port}`,
    DISABLE_EVENTS: "1",
    SKIP_SSL_CERT_DOWNLOAD: "1",
    MOTO_AMIS_PATH: amisInside,
  };
  const folder = newFolder();
  const { stdout: id } = await execa("docker", [
    "run",
    "--detach",
    "--rm",
    "--publish",
    `127.0.0.1:${port}:4566`,
    "--volume",
    `${writeImages(folder)}:${amisInside}:ro`,
    ...Object.entries(settings).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
    image,
  ]);
  recordLocalStack(folder, id, outlive);
  const stop = async (): Promise<void> => {
    await removeContainer(id);
    rmSync(folder, { recursive: true, force: true });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await waitForHealth(endpoint);
    await warmUp(endpoint);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, isUsers: false, description: `in Docker, ${image}`, stop };
}
