import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { execa } from "execa";
import { readJournal, type JournalEntry } from "../../lab/hosts/journal.js";
import { ownLab } from "../../lab/hosts/labs.js";
import { outlivingLocalStacks } from "../../lab/localstack/leftovers.js";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { engineProgram, engines } from "../../src/plan/engine.js";
import { bySeed } from "../support/dimensions.js";
import { labTraces, present } from "../support/labTraces.js";

/** What a run of the lab could leave on this machine. */
async function traces(): Promise<object> {
  return {
    ...(await labTraces()),
    folders: ["demo", ownLab()].filter((name) => existsSync(join(repositoryRoot, ".lab", name))),
    // Others are of layers that run beside this one.
    localStacks: outlivingLocalStacks(),
    settings: existsSync(join(repositoryRoot, "Pulumi.demo.yaml")),
  };
}

// Its type is left to be found: to compare execa's own with it takes the compiler seconds.
const demo = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
  execa(process.execPath, ["--import", "tsx", "lab/demo/main.ts", ...args], {
    cwd: repositoryRoot,
    reject: false,
    all: true,
    env,
  });

describe("npm run demo", () => {
  let before: object;
  let made: JournalEntry[];
  beforeEach(async () => {
    await demo(["--down"]);
    before = await traces();
    made = [];
  });
  afterEach(async () => {
    await demo(["--down"]);
    assert.deepEqual(await traces(), before);
    assert.ok(made.filter(({ kind }) => kind === "namespace").length >= 3);
    assert.deepEqual(present(made), []);
  });

  for (const engine of bySeed(engines)) {
    it(`with --engine ${engine} ends in 0, with the records written and read and every attempt refused, and --down takes all away`, async () => {
      const { exitCode, all } = await demo(["--engine", engine]);
      assert.equal(exitCode, 0, all);
      assert.match(all, /1000 records written in \d+ ms, 1000 read back as they went/);
      assert.match(all, /All \d{2,} attempts were refused\./);
      assert.match(all, /^ {2}Certificates +\d+ refused$/m);
      assert.match(all, /0 changes/);
      assert.match(all, /^\[10\/10 \d+:\d\d\] ✔ Compare what runs/m);
      for (const host of ["sessions-0", "web"]) {
        assert.match(all, new RegExp(`^  ${host}: [1-9]\\d checks, no findings\\.$`, "m"));
      }
      const [reportFile] = /\S+\/report\.md$/m.exec(all) ?? [];
      const report = readFileSync(String(reportFile), "utf8");
      assert.match(report, new RegExp(`^# Security of the ${engineProgram(engine).title} cache “sessions”\n`));
      const annex = readFileSync(join(dirname(String(reportFile)), "report-annex.md"), "utf8");
      assert.match(annex, new RegExp(`\\| \`${engineProgram(engine).packageName}\` \\| \\d`));
      assert.notDeepEqual(await traces(), before);
      made = readJournal();
      assert.ok(present(made).length > 10);

      const attempts = readFileSync(join(dirname(String(reportFile)), "attempts.txt"), "utf8");
      assert.match(attempts, /^Certificates: \d+ refused\n {2}refused: /m);
      const { all: ended } = await demo(["--down"]);
      assert.match(ended, /^Nothing of the demo is left running\.\nIts report stays: \S+\/demo-report$/m);
      assert.ok(existsSync(String(reportFile)));
    });
  }

  // Tests of hosts have booted both: here one is enough.
  const ofSeveralNodes = {
    replicas: () => {
      it("with --replicas 2 shows how another node takes over, with the records still there", async () => {
        const { exitCode, all } = await demo(["--replicas", "2"]);
        assert.equal(exitCode, 0, all);
        assert.match(all, /sessions-[012] is the primary/);
        assert.match(
          all.replaceAll(/\s+/g, " "),
          /sessions-[012] took over: for \d+ ms .* All 1000 records were still there/,
        );
        assert.match(all, /^\[10\/10 \d+:\d\d\] ✔ Compare what runs/m);
        for (const host of ["sessions-0", "sessions-1", "sessions-2", "web"]) {
          assert.match(all, new RegExp(`^  ${host}: [1-9]\\d+ checks, no findings\\.$`, "m"));
        }
        made = readJournal();
      });
    },
    shards: () => {
      it("with --shards 3 shows how a shard's replica takes over, with the records of all shards still there", async () => {
        const { exitCode, all } = await demo(["--shards", "3"]);
        assert.equal(exitCode, 0, all);
        assert.match(
          all.replaceAll(/\s+/g, " "),
          /sessions-(\d)-0 was the primary of the shard .* sessions-\1-1 took over: for \d+ ms .* All 1000 records, of all shards, were still there/,
        );
        for (const shard of [0, 1, 2]) {
          for (const place of [0, 1]) {
            assert.match(all, new RegExp(`^  sessions-${shard}-${place}: [1-9]\\d+ checks, no findings\\.$`, "m"));
          }
        }
        assert.match(all, /^ {2}web: [1-9]\d checks, no findings\.$/m);
        made = readJournal();
      });
    },
  };
  for (const kind of bySeed(["replicas", "shards"] as const)) ofSeveralNodes[kind]();

  it("leaves nothing behind after Ctrl-C while hosts boot", async () => {
    const running = demo([], { DEMO_HOLD_AT: "while hosts boot" });
    assert.ok(running.all);
    for await (const line of createInterface({ input: running.all })) {
      // The first machine runs and the demo goes no further; the others may still be on their way. At that line alone: once
      // it is being taken away, its journal is soon empty.
      if (made.length > 0 || !line.includes("held: while hosts boot")) continue;
      made = readJournal();
      assert.ok(made.some((entry) => entry.kind === "process" && entry.runs === "machine"));
      running.kill("SIGINT");
    }
    const { exitCode, all } = await running;
    assert.equal(exitCode, 130);
    assert.match(all, /^Stopping: taking away the test hosts/m);
    assert.deepEqual(await traces(), before);
  });
});
