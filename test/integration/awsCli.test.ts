import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa, type ResultPromise } from "execa";
import { forkedProgram } from "../../lab/awsCli/forkedProgram.js";
import { startAwsCli, type AwsCli } from "../../lab/awsCli/startAwsCli.js";
import { ensureDebianPackages } from "../../lab/prerequisites.js";
import { emulatorCredentials } from "../../lab/scenario/credentials.js";
import { localStack, region } from "./support.js";

/** What is run, as a line for sh(1), and how it ends: by its arguments, its input, its folder or its environment. */
const commands: readonly (readonly [string, number, string])[] = [
  ["success", 0, "aws ec2 describe-vpcs"],
  ["one of success that is asked for something of it", 0, "aws ec2 describe-vpcs --query 'Vpcs[].VpcId' --output text"],
  ["its version", 0, "aws --version"],
  ["a refusal by AWS", 254, "aws ec2 describe-instances --instance-ids i-0123456789abcdef0"],
  ["a command that there is not", 252, "aws ec2 describe-everything"],
  ["an argument that is missing", 252, "aws kms get-key-rotation-status"],
  [
    "an endpoint where nobody answers",
    255,
    "AWS_MAX_ATTEMPTS=1 aws --endpoint-url http://127.0.0.1:1 ec2 describe-vpcs",
  ],
  [
    "standard input",
    0,
    `echo '[{"Name":"is-default","Values":["true"]}]' | aws ec2 describe-vpcs --filters file:///dev/stdin`,
  ],
  ["standard input that is not what it wants", 252, "echo '{' | aws ec2 describe-vpcs --filters file:///dev/stdin"],
  ["a file of its folder", 0, "aws ec2 describe-vpcs --cli-input-json file://input.json"],
  ["its environment", 0, "AWS_DEFAULT_OUTPUT=yaml aws ec2 describe-vpcs"],
  ["an environment without a region", 253, "env -u AWS_REGION -u AWS_DEFAULT_REGION aws ec2 describe-vpcs"],
  ["output that can't be written", 120, "aws ec2 describe-vpcs >/dev/full"],
  ["several at once", 0, "for one in 1 2 3 4; do aws ec2 describe-vpcs --query 'length(Vpcs)' & done; wait"],
];

describe("the AWS CLI that is loaded once", function () {
  // The AWS CLI takes a second for each question, and much more on a busy machine.
  this.timeout(300_000);
  let folder: string;
  let cli: AwsCli;
  before(async () => {
    await ensureDebianPackages(["awscli"]);
    const { endpoint } = await localStack();
    folder = mkdtempSync(join(tmpdir(), "hipaa-redis-aws-"));
    writeFileSync(join(folder, "input.json"), '{"MaxResults": 5}');
    cli = await startAwsCli({ endpoint, folder, services: ["ec2"] });
  });
  after(async () => {
    await cli.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (line: string, programs: string): ResultPromise<{ reject: false }> =>
    execa("sh", ["-c", line], {
      cwd: folder,
      env: {
        ...emulatorCredentials,
        AWS_DEFAULT_REGION: region,
        AWS_CONFIG_FILE: "/dev/null",
        // What Python itself goes by it reads when it starts.
        PYTHONUNBUFFERED: undefined,
        PATH: `${programs}:${process.env.PATH ?? ""}`,
      },
      reject: false,
    });

  for (const [what, code, line] of commands) {
    it(`answers as the plain program does: ${what}`, async () => {
      const [plain, forked] = await Promise.all([run(line, cli.plain), run(line, cli.forked)]);
      const { exitCode, stdout, stderr } = plain;
      assert.equal(exitCode, code, stderr);
      assert.deepEqual([forked.exitCode, forked.stdout, forked.stderr], [exitCode, stdout, stderr]);
    });
  }

  it("takes the place of the plain program while that starts: the kernel has begun Python by the old file, which opens the new one", async () => {
    const program = join(folder, "aws");
    writeFileSync(program, forkedProgram(cli.socket), { mode: 0o755 });
    const version = await run("/usr/bin/aws --version", cli.plain);
    assert.equal(version.exitCode, 0);
    for (const start of [program, `/usr/bin/python3 ${program}`]) {
      const { exitCode, stdout, stderr } = await run(`${start} --version`, cli.plain);
      assert.deepEqual([exitCode, stdout, stderr], [0, version.stdout, ""]);
    }
    // So it begins Debian's.
    assert.match(readFileSync("/usr/bin/aws", "utf8"), /^#! ?\/usr\/bin\/python3\n/);
  });

  it("ends a command whose caller was ended", async () => {
    await withSilentEndpoint(async (endpoint, asked) => {
      const caller = run(`exec aws --endpoint-url ${endpoint} ec2 describe-vpcs`, cli.forked);
      const gone = once(await asked, "close");
      caller.kill();
      await gone;
    });
  });

  it("ends with who has started it, and so does what it runs", async () => {
    const own = mkdtempSync(join(folder, "own-"));
    const { forked, stop } = await startAwsCli({ endpoint: "http://127.0.0.1:1", folder: own, services: [] });
    await withSilentEndpoint(async (endpoint, asked) => {
      const caller = run(`aws --endpoint-url ${endpoint} ec2 describe-vpcs`, forked);
      const gone = once(await asked, "close");
      await stop();
      await gone;
      const { exitCode, stderr } = await caller;
      assert.equal(exitCode, 70);
      assert.match(stderr, /The server of the AWS CLI ended before the command did/);
    });
  });
});

/** An AWS that takes connections and never answers; `asked` is the first of them. */
async function withSilentEndpoint(use: (endpoint: string, asked: Promise<Socket>) => Promise<void>): Promise<void> {
  const server = createServer((socket) => socket.resume().on("error", () => undefined));
  const asked = once(server, "connection").then(([socket]) => socket as Socket);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked);
  } finally {
    server.close();
  }
}
