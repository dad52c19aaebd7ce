import { chmodSync, cpSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Host } from "../hosts/index.js";
import { waitFor } from "../until.js";
import { forkedProgram } from "./forkedProgram.js";

const folder = "/usr/share/lab-aws-cli";
const socket = "/run/lab-aws-cli";
const python = "/usr/bin/python3";

/**
 * From now on a booted host's AWS CLI is forked from a process of the host's that has loaded it, and runs the same code: for
 * hosts that look for new secrets again and again. Their boot, and the hosts of all other tests, use Debian's program as it is.
 */
export async function forkOnHost(host: Host): Promise<void> {
  const inside = join(host.rootFolder, folder);
  mkdirSync(inside);
  cpSync(join(import.meta.dirname, "server.py"), join(inside, "server.py"));
  // It ends with its standard input, which does not end.
  const server = `tail --follow /dev/null | exec ${python} ${folder}/server.py ${socket} secretsmanager`;
  const started = await host.exec(["systemd-run", "--quiet", "--unit=lab-aws-cli", "sh", "-c", server]);
  if (started.exitCode !== 0) throw new Error(`${host.name}: ${started.stderr}`);

  const program = join(host.rootFolder, "/usr/bin/aws");
  writeFileSync(`${program}.forked`, forkedProgram(socket));
  chmodSync(`${program}.forked`, 0o755);
  await waitFor(
    `the AWS CLI of ${host.name} answers`,
    async () => (await host.exec(["aws.forked", "--version"])).exitCode === 0,
  );
  // The host's timer may be starting the plain program right now.
  renameSync(`${program}.forked`, program);
}
