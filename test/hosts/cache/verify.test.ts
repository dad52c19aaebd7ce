import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa, type Result } from "execa";
import type { ExecResult, Host } from "../../../lab/hosts/index.js";
import { answersOf, lookAt } from "../../../lab/scenario/lookAt.js";
import { waitFor } from "../../../lab/until.js";
import type { Evidence } from "../../../src/evidence/evidence.js";
import type { VerificationRecord } from "../../../src/evidence/record.js";
import { hostPaths } from "../../../src/host/hostPaths.js";
import { engineProgram } from "../../../src/plan/engine.js";
import type { Extract } from "../../../src/verify/extract/extract.js";
import { periodOf } from "../../../src/verify/extract/period.js";
import { extractLook, patchesLook } from "../../../src/verify/look.js";
import type { Patches } from "../../../src/verify/patches/patches.js";
import { commandLine } from "../../support/commandLine.js";
import { evidenceOf } from "./brokenChecks.js";
import { shell, withoutTheAgent } from "./onHost.js";
import { describeOnHosts, type TestScene } from "./scene.js";

/** What Systems Manager keeps of a command's output (SSM API reference, StandardOutputContent). */
const ssmOutputLimit = 24_000;

const [program, ...programArgs] = commandLine;

describeOnHosts([], "the command verify", (scene, _tunnel, { engine }) => {
  const { packageName } = engineProgram(engine);
  let here: TestScene;
  let evidence: Evidence;
  let folder: string;
  const at = (name: string): string => join(folder, name);
  before(async () => {
    here = await scene();
    evidence = await evidenceOf(here);
    folder = mkdtempSync(join(tmpdir(), "hipaa-redis-verify-"));
    writeFileSync(at("evidence.json"), JSON.stringify(evidence));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const node = (): string => `${here.operator.name}@${here.node.privateIp}`;

  /** The operator, on the bastion host, with ssh's own options. */
  const fromBastion = (keyFile: string, ...more: readonly string[]): Promise<ExecResult> =>
    onBastion(keyFile, "--target", "cache", "--ssh", node(), ...more);

  const onBastion = (keyFile: string, ...more: readonly string[]): Promise<ExecResult> => {
    const options = [`IdentityFile=${keyFile}`, "IdentitiesOnly=yes", "BatchMode=yes", "StrictHostKeyChecking=no"];
    const quiet = [...options, "UserKnownHostsFile=/dev/null", "LogLevel=ERROR"];
    const ssh = quiet.flatMap((option) => ["--ssh-option", option]);
    const what = ["--evidence", at("evidence.json")];
    return here.bastion.exec([program, ...programArgs, "verify", ...what, ...ssh, ...more], {
      timeoutMs: 120_000,
    });
  };

  it("looks at a node through an operator's own sign-in, and writes what they sign", async () => {
    const { privateKeyFile, name } = here.operator;
    const signed = ["--out", at("record.json"), "--sign-with", privateKeyFile];
    const { exitCode, stdout, stderr } = await fromBastion(privateKeyFile, ...signed);
    assert.equal(exitCode, 0, `${stdout}${stderr}`);
    assert.match(stdout, /│ live-configuration +│ holds +│ ✔ CONFIG is gone/);
    assert.match(stdout, /No findings: all 2\d controls that were looked at hold/);
    // A cell of the table has several lines.
    const said = stdout.replaceAll(/[│\s]+/g, " ");
    assert.match(said, new RegExp(`${packageName} \\d\\S+`));
    assert.match(said, /the certificate in use has so many hours left \((215[0-9]|2160)\)/);
    const record = JSON.parse(readFileSync(at("record.json"), "utf8")) as VerificationRecord;
    assert.deepEqual(
      [record.target, record.findings, record.place],
      ["cache", [], `ssh ${name}@${here.node.privateIp}`],
    );
    const signature = await execa(program, [
      ...programArgs,
      "signature",
      at("record.json"),
      "--evidence",
      at("evidence.json"),
    ]);
    assert.match(signature.stdout, new RegExp(`signed by ${name}; cache sessions, target cache, .*; no findings`));
  });

  it("puts what runs, what the journals tell and what waits into one bundle, which anybody can check", async () => {
    const { privateKeyFile, name } = here.operator;
    await fromBastion(here.strangersKeyFile);
    // The period of an extract ends with a whole second: what is of the second that runs is not in it yet.
    const itsSecond = Math.floor(Date.now() / 1000);
    await waitFor("the second of the refusal is over", () => Math.floor(Date.now() / 1000) > itsSecond);
    const all = ["--all", "--host", `cache=${node()}`, "--out", at("bundle"), "--sign-with", privateKeyFile];
    const { exitCode, stdout, stderr } = await onBastion(privateKeyFile, ...all);
    // The journals of a node that has just been made don't reach back 31 days.
    assert.equal(exitCode, 1, `${stdout}${stderr}`);
    const text = (record: string): string => readFileSync(join(at("bundle"), record), "utf8");
    assert.deepEqual((JSON.parse(text("01-cache-checks.json")) as VerificationRecord).findings, []);
    const { entries, sources } = JSON.parse(text("02-cache-extract.json")) as Extract;
    const told = entries.map(({ kind, source, who, what }) => `${kind} ${source} ${who} ${what}`).join("\n");
    assert.match(told, new RegExp(`^sign-in sshd ${name} signed in with the key ED25519 SHA256:`, "m"));
    assert.match(told, new RegExp(`^sudo sudo ${name} ran /usr/bin/sh with arguments \\(left out\\) as root$`, "m"));
    assert.match(told, new RegExp(`^refusal sshd ${name} publickey refused: `, "m"));
    for (const { name: source, gaps } of sources)
      for (const gap of gaps) assert.match(gap, /^it begins at |^the journal is empty$/, source);
    const { packages } = JSON.parse(text("03-cache-patches.json")) as Patches;
    const versions = packages.map(({ name: one, installed }) => `${one} ${installed}`).join("\n");
    for (const one of [`${packageName} `, "openssl 3", "unattended-upgrades "])
      assert.ok(versions.includes(one), versions);
    for (const secret of await secretsOf(here)) assert.ok(!text("02-cache-extract.json").includes(secret));
    const check = ["verify", "--check-bundle", at("bundle"), "--evidence", at("evidence.json")];
    const checked = await execa(program, [...programArgs, ...check]);
    assert.match(
      checked.stdout,
      /3 records of sessions, put together \S+: all are there, in their order, unchanged\.$/,
    );
  });

  it("ends with 2, and without a table, when it can't sign in", async () => {
    const { exitCode, stdout, stderr } = await fromBastion(here.strangersKeyFile);
    assert.deepEqual([exitCode, stdout], [2, ""]);
    assert.match(stderr, /could not be run on ssh ada@\S+: ssh ended with 255/);
  });

  /** The package that the application was installed with, on its host. */
  const onAppHost = (user?: string): Promise<ExecResult> => {
    const installed = "/opt/app/node_modules/pulumi-hipaa-redis/dist/cli/main.js";
    const command = ["/opt/app/node", installed, "verify", "--target", "client", "--evidence", "-"];
    const options = { input: JSON.stringify(evidence), timeoutMs: 120_000 };
    return here.appHost.exec(command, user === undefined ? options : { ...options, user });
  };

  it("looks at an app host from there, as root; the application itself may not", async () => {
    const { exitCode, stdout, stderr } = await onAppHost();
    assert.equal(exitCode, 0, `${stdout}${stderr}`);
    assert.match(stdout, /│ wall +│ holds/);
    const asApplication = await onAppHost("web");
    assert.equal(asApplication.exitCode, 2);
    assert.match(asApplication.stderr, /sign in with --ssh, or have root run the script/);
  });

  it("ends with 1 and names the control when something is not as it was planned", async () => {
    await shell(here.appHost, `chmod o+r "$(realpath ${hostPaths.privateKey})"`);
    try {
      const { exitCode, stdout } = await onAppHost();
      assert.equal(exitCode, 1);
      assert.match(stdout, /Finding: wall: Applications can't read keys \(45 CFR 164\.312\(a\)\(1\)\)/);
      assert.match(stdout, /found: 644 root/);
      assert.match(stdout, /1 finding: wall\./);
    } finally {
      await shell(here.appHost, `chmod o-r "$(realpath ${hostPaths.privateKey})"`);
    }
  });

  it("gives out a script whose results fit into what Systems Manager keeps, and judges them elsewhere", async () => {
    for (const [target, host] of [
      ["cache", here.node],
      ["client", here.appHost],
    ] as const) {
      const args = ["verify", "--target", target, "--evidence", at("evidence.json")];
      const { stdout: script } = await execa(program, [...programArgs, ...args, "--print-script"]);
      writeFileSync(at("verify.sh"), `${script}\n`);
      const { stdout } = await host.exec(["sh", "-s"], { input: script, timeoutMs: 120_000 });
      assert.ok(stdout.length < ssmOutputLimit, `${target}: ${stdout.length}`);
      const judge = (as: readonly string[]): Promise<Result> => {
        const judging = [...programArgs, ...as, "--results", "-", "--script", at("verify.sh")];
        return execa(program, judging, { input: stdout, reject: false });
      };
      const judged = await judge(args);
      assert.match(String(judged.stdout), /No findings/);
      const inCertificate = target === "client" ? String.raw`web\.client\.sessions\.hipaa-redis\.internal ` : "";
      const id = await shell(host, "cat /var/lib/cloud/data/instance-id");
      assert.match(
        String(judged.stdout),
        new RegExp(`, on ${id.trim()} ${inCertificate}\\S+, by results that were handed over, `),
      );
      const otherTarget = target === "cache" ? "client" : "cache";
      const wrong = await judge(["verify", "--target", otherTarget, "--evidence", at("evidence.json")]);
      assert.deepEqual([wrong.exitCode, wrong.stdout], [2, ""]);
      assert.match(String(wrong.stderr), /is not what --print-script prints for the target/);
      // What answered the last script is no answer to the next.
      const next = await execa(program, [...programArgs, ...args, "--print-script"]);
      writeFileSync(at("verify.sh"), `${next.stdout}\n`);
      const old = await judge(args);
      assert.deepEqual([old.exitCode, old.stdout], [2, ""]);
      assert.match(String(old.stderr), /results of another run/);
    }
  });

  it("changes no file of a host but its logs", async () => {
    for (const [target, host] of [
      ["cache", here.node],
      ["client", here.appHost],
    ] as const) {
      const changed = (): Promise<string> => shell(host, "find / /run -xdev -newer /run/before-verify -type f");
      const strange = await withoutTheAgent(host, async () => {
        await shell(host, "touch /run/before-verify");
        await lookAt(host, target, evidence);
        await answersOf(host, extractLook(target, periodOf(undefined, undefined, new Date())));
        await answersOf(host, patchesLook(target, evidence.arguments));
        return (await changed()).split("\n").filter((path) => !mayChange.test(path));
      });
      assert.deepEqual(strange, []);
      // The control case: what is changed is found.
      await shell(host, "touch /etc/changed");
      assert.ok((await changed()).split("\n").includes("/etc/changed"));
      await shell(host, "rm /etc/changed /run/before-verify");
    }
  });

  it("prints no secret, and keeps none in its record", async () => {
    const secrets = await secretsOf(here);
    for (const [target, host] of [
      ["cache", here.node],
      ["client", here.appHost],
    ] as const) {
      const text = JSON.stringify(await lookAt(host, target, evidence));
      for (const secret of secrets) assert.ok(!text.includes(secret));
      // The control case: the search would find what is there.
      assert.ok(text.includes("holds"));
    }
  });
});

/** systemd's own records of what runs, and logs. */
const mayChange =
  /^(\/run\/before-verify|\/run\/systemd\/.*|\/run\/utmp|\/run\/log\/.*|\/var\/log\/.*|\/run\/hipaa-redis\/(status\.json|redis\/.*))?$/;

async function secretsOf({ node, appHost }: TestScene): Promise<string[]> {
  const read = async (host: Host, path: string): Promise<string[]> =>
    (await shell(host, `cat ${path}`)).split(/\s/).filter((word) => word.length >= 32);
  const { password, privateKey, redisCommands, redisUsers, redisStartFolder } = hostPaths;
  const secrets = await Promise.all([
    read(appHost, password),
    read(appHost, privateKey),
    ...[privateKey, redisCommands, redisUsers, `${redisStartFolder}/agent`].map((path) => read(node, path)),
  ]);
  assert.ok(secrets.every(({ length }) => length > 0));
  return secrets.flat();
}
