import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { readJournal } from "../../lab/hosts/journal.js";
import { repositoryRoot } from "../../lab/stateFolder.js";

/** What a run of the lab could leave on this machine. */
async function traces(): Promise<object> {
  const lines = async (file: string, ...args: string[]): Promise<string[]> =>
    (await execa(file, args)).stdout.split("\n").filter((line) => line !== "");
  const mounts = await lines("findmnt", "--noheadings", "--list", "--output", "TARGET");
  const processes = await lines("ps", "-ww", "-eo", "args=");
  return {
    mounts: mounts.filter((target) => target.startsWith(repositoryRoot)),
    // Another checkout's are not ours; a process that is only waiting to be reaped has no arguments.
    processes: processes.filter(
      (command) => command.includes(repositoryRoot) && /lab\/hosts|nspawn/.test(command),
    ),
    folders: ["demo", "hosts"].filter((name) => existsSync(join(repositoryRoot, ".lab", name))),
    localStacks: readdirSync(join(repositoryRoot, ".lab")).filter((name) => name.startsWith("localstack-")),
    settings: existsSync(join(repositoryRoot, "Pulumi.demo.yaml")),
  };
}

/** The network namespaces of the demo that is up or coming up: other checkouts may have their own meanwhile. */
function namespaces(): string[] {
  return readJournal().flatMap((entry) => (entry.kind === "namespace" ? [`/run/netns/${entry.name}`] : []));
}

function demo(...args: string[]): ReturnType<typeof execa> {
  const main = ["--import", "tsx", "lab/demo/main.ts", ...args];
  return execa(process.execPath, main, { cwd: repositoryRoot, reject: false, all: true });
}

describe("npm run demo", () => {
  let before: object;
  let made: string[];
  beforeEach(async () => {
    await demo("--down");
    before = await traces();
  });
  afterEach(async () => {
    await demo("--down");
    assert.deepEqual(await traces(), before);
    assert.ok(made.length >= 3);
    assert.deepEqual(
      made.filter((path) => existsSync(path)),
      [],
    );
  });

  it("ends in 0, with the records written and read and every attempt refused, and --down takes all away", async () => {
    const { exitCode, all } = await demo();
    assert.equal(exitCode, 0, String(all));
    assert.match(String(all), /1000 records written in \d+ ms, 1000 read back as they went/);
    assert.match(String(all), /All \d{2,} attempts were refused\./);
    assert.match(String(all), /0 changes/);
    for (const host of ["sessions-0", "web"]) {
      assert.match(String(all), new RegExp(`^  ${host}: [1-9]\\d checks, no findings\\.$`, "m"));
    }
    const [reportFile] = /\S+\/report\.md$/m.exec(String(all)) ?? [];
    const report = readFileSync(String(reportFile), "utf8");
    assert.match(report, /^# Security of the Redis cache “sessions”\n/);
    assert.match(report, /\| `redis-server` \| \d:/);
    assert.notDeepEqual(await traces(), before);
    made = namespaces();
    assert.ok(made.every((path) => existsSync(path)));
  });

  it("leaves nothing behind after Ctrl-C while hosts boot", async () => {
    const running = demo();
    assert.ok(running.all);
    for await (const line of createInterface({ input: running.all })) {
      if (!line.includes("booting")) continue;
      made = namespaces();
      running.kill("SIGINT");
    }
    assert.equal((await running).exitCode, 130);
    assert.deepEqual(await traces(), before);
  });
});
