/**
 * Runs the layers of the tests, or those that are named as arguments, and ends with one line that sums them all.
 * A layer that this machine cannot run is skipped aloud; in CI that is a failure.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { inParallel } from "../lab/inParallel.js";
import { ensureDebianPackages } from "../lab/prerequisites.js";
import { repositoryRoot, stateFolder } from "../lab/stateFolder.js";
import { layers, type Layer } from "./layers.js";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => layers.every((layer) => layer.name !== name));
if (unknown.length > 0) {
  throw new Error(
    `No such layer: ${unknown.join(", ")}. There are: ${layers.map(({ name }) => name).join(", ")}.`,
  );
}

const inherit = { cwd: repositoryRoot, preferLocal: true, stdio: "inherit", reject: false } as const;
const env = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  // A config file of the machine's user, or a LocalStack of theirs, is not what is tested.
  AWS_ENDPOINT_URL: undefined,
  AWS_PROFILE: undefined,
};

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const layer of layers.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n=== ${layer.name}: ${layer.what}`);
  const started = Date.now();
  const counts = await runLayer(layer);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`=== ${layer.name}: ${line(counts)} (${seconds} s)`);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
writeFileSync(join(stateFolder(), "test-counts"), `${line(total)}\n`);
console.log(`\n${line(total)}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

async function runLayer(layer: Layer): Promise<Counts> {
  if (layer.needsRoot === true && (process.platform !== "linux" || process.getuid?.() !== 0)) {
    const inCi = process.env.CI === "true";
    console.log(`${inCi ? "FAILED" : "SKIPPED"}: this layer boots hosts, which takes root on Linux.`);
    return { passed: 0, failed: inCi ? 1 : 0, skipped: inCi ? 0 : 1 };
  }
  const counts = await runCommands(layer.commands ?? []);
  return layer.files === undefined ? counts : await runMocha(layer.files);
}

async function runCommands(commands: NonNullable<Layer["commands"]>): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  if (commands.some(([file]) => file === "shellcheck")) await ensureDebianPackages(["shellcheck"]);
  // Two at a time, for two processors; what one has to say is said when it has ended.
  await inParallel(commands, 2, async ([file, ...args]) => {
    const { failed, all } = await execa(file, args, { ...inherit, stdio: "pipe", all: true, env });
    console.log(`${all}${all === "" ? "" : "\n"}  ${failed ? "✖" : "✔"} ${[file, ...args].join(" ")}`);
    counts[failed ? "failed" : "passed"] += 1;
  });
  return counts;
}

async function runMocha(files: readonly string[]): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), "test-counts-"));
  const countsFile = join(folder, "counts.json");
  try {
    const reporter = ["--reporter", "./test/support/countingReporter.ts"];
    const { failed } = await execa("mocha", [...reporter, ...files], {
      ...inherit,
      env: { ...env, TEST_COUNTS_FILE: countsFile },
    });
    const counts = JSON.parse(readFileSync(countsFile, "utf8")) as Counts;
    // mocha that ends badly without a failed test has failed all the same.
    return failed && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } catch (error) {
    console.error(`mocha did not come to its end: ${String(error)}`);
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function line({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
