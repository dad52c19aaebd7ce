import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import Mocha from "mocha";
import { repositoryRoot } from "../../lab/stateFolder.js";
import { cpuMsIn } from "../runner/cpuGroup.js";
import { durationVariables, recordDuration } from "../runner/durations.js";
import type { Counts } from "../runner/counts.js";
import { endAtLast } from "./endAtLast.js";

const { EVENT_HOOK_BEGIN, EVENT_HOOK_END, EVENT_RUN_END, EVENT_TEST_BEGIN, EVENT_TEST_END, EVENT_TEST_FAIL } =
  Mocha.Runner.constants;

/**
 * mocha's own report for people; the counts and what has failed in the file that `TEST_COUNTS_FILE` names for whoever
 * sums them; and how long each test and hook took, as test/runner/durations.ts writes it.
 */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env.TEST_COUNTS_FILE;
    if (file === undefined) return;
    this.#measure(runner);
    const whatFailed: string[] = [];
    runner.on(EVENT_TEST_FAIL, (test: Mocha.Runnable, error: Error) => {
      whatFailed.push(`${test.fullTitle()}\n${error.stack ?? String(error)}`);
    });
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const counts: Counts = { passed: passes, failed: failures, skipped: pending, whatFailed };
      writeFileSync(file, JSON.stringify(counts));
      endAtLast();
    });
  }

  #measure(runner: Mocha.Runner): void {
    for (const [kind, begins, ends] of [
      ["test", EVENT_TEST_BEGIN, EVENT_TEST_END],
      ["hook", EVENT_HOOK_BEGIN, EVENT_HOOK_END],
    ] as const) {
      let began = { wallMs: 0, cpuMs: null as number | null };
      runner.on(begins, () => {
        began = now();
      });
      runner.on(ends, (runnable: Mocha.Runnable) => {
        const ended = now();
        recordDuration({
          file: relative(repositoryRoot, runnable.file ?? ""),
          kind,
          title: runnable.fullTitle(),
          wallMs: ended.wallMs - began.wallMs,
          cpuMs: ended.cpuMs === null || began.cpuMs === null ? null : ended.cpuMs - began.cpuMs,
        });
      });
    }
  }
}

function now(): { wallMs: number; cpuMs: number | null } {
  const usage = process.env[durationVariables.cpuUsage];
  return { wallMs: performance.now(), cpuMs: usage === undefined || usage === "" ? null : cpuMsIn(usage) };
}
