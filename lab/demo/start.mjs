// What `npm run demo` runs first: plain JavaScript without packages, so that it can say what is missing before anything is built.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readFacts } from "./facts.mjs";
import { helpText, readOptions } from "./options.mjs";
import { durationText, problemsOf } from "./requirements.mjs";
import { runInTurn } from "./runInTurn.mjs";

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

start(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(`npm run demo: ${error.message}`);
    process.exitCode = 1;
  },
);

async function start(args) {
  const { options, problem } = readOptions(args);
  if (problem !== undefined) return refuse([problem, "npm run demo -- --help shows what there is."]);
  if (options.help) {
    console.log(helpText());
    return 0;
  }
  const facts = await readFacts(repository);
  const problems = options.skipChecks ? [] : problemsOf(facts, options);
  if (problems.length > 0)
    return refuse(["The demo needs, and does not find here:", ...problems.map((line) => `  - ${line}`)]);
  if (!options.down) console.log(durationText(facts));
  const build = ["npm", "run", "--silent", "build"];
  const demo = [process.execPath, "--import", "tsx", join("lab", "demo", "main.ts"), ...args];
  const where = { cwd: repository, env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" } };
  const built = options.down ? 0 : await runInTurn([build], where);
  if (built === 0) return runInTurn([demo], where);
  console.error(`${built > 128 ? "Stopped while it was built" : "The build failed"}: nothing of the demo was started.`);
  return built;
}

function refuse(lines) {
  console.error([...lines, "Nothing was built or started."].join("\n"));
  return 1;
}
